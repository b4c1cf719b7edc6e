"""The program as a person starts it, on a machine without a microphone."""

import re
import signal
import wave
from pathlib import Path

import pytest

from rueckgrat.cli.app import GOODBYE
from rueckgrat.cli.live import NO_DEVICES
from skill.exit_codes import INTERRUPTED
from tests.cli.conftest import Run
from tests.programs import CHECKOUT, started

pytestmark = [pytest.mark.usefixtures("without_sound", "built_in_model"), pytest.mark.slow]

_TRANSCRIPT_LINE = re.compile(r"\d\d:\d\d\.\d  (Du   |Coach)  \S.*")


@pytest.mark.long  # tests/dialogs plays the same
def test_without_a_microphone_the_demonstration_is_played(program: Run, tmp_path: Path) -> None:
    answer = program(LC_ALL="C")
    assert (answer.returncode, answer.stderr) == (0, "")
    first, *transcript, last = answer.stdout.splitlines()
    assert first == NO_DEVICES
    assert [line for line in transcript if not _TRANSCRIPT_LINE.fullmatch(line)] == []
    assert "out/session.wav" in last
    with wave.open(str(tmp_path / "out" / "session.wav"), "rb") as recording:
        assert recording.getnchannels() == 2
        assert recording.getnframes() > 60 * recording.getframerate()
    assert (
        (tmp_path / "out" / "timeline.svg").read_text(encoding="utf-8").rstrip().endswith("</svg>")
    )


def test_ctrl_c_ends_it_with_a_short_goodbye(tmp_path: Path) -> None:
    program = ["-u", str(CHECKOUT / "main.py")]
    with started(program, tmp_path, {"LC_ALL": "C"}) as running:
        assert running.stdout is not None
        assert running.stdout.readline().rstrip() == NO_DEVICES
        assert "Coach" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate()
    assert running.returncode == INTERRUPTED
    assert output.splitlines()[-1] == GOODBYE
    assert errors == ""
