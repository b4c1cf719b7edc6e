import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from rueckgrat.cli.app import app
from rueckgrat.cli.views.listening import Why, show_hearing
from rueckgrat.cli.views.transcript import heard_line, hearing_now
from rueckgrat.recordings.files import read_recording
from skill.content.loader import load_content
from skill.ear import Ear, SpeechModel, open_ear
from skill.ear.judge import DOUBTED, LOW_CONFIDENCE, NO_VOICE
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence
from skill.messages.heard import MASKED, TALKED_OVER, Command, Decision, Heard
from skill.understanding.meant import NEGATED, NOT_ASKED, UNKNOWN_WORDS
from tests.programs import CHECKOUT

COMMANDS = frozenset(load_content().commands)


def _heard(text: str, command: Command | None, reason: str = "") -> Heard:
    return Heard(command, text, 0.9, 1.0, 1.5, 2.0, Decision.FINAL, reason)


@pytest.fixture
def ear(built_in_model: Path) -> Ear:
    return open_ear(SpeechModel(built_in_model), load_content())


@pytest.fixture
def blocks() -> list[Pcm]:
    recording = read_recording(CHECKOUT / "tests/recordings/anna/weiter.ogg")
    cuts = range(0, recording.size - EAR_BLOCK_SAMPLES, EAR_BLOCK_SAMPLES)
    return [
        *(recording[cut : cut + EAR_BLOCK_SAMPLES] for cut in cuts),
        *[silence(EAR_BLOCK_SAMPLES)] * round(2 * EAR_RATE_HZ / EAR_BLOCK_SAMPLES),
    ]


def _shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_in_a_pipe_every_utterance_is_one_line(ear: Ear, blocks: list[Pcm]) -> None:
    console = Console(file=io.StringIO(), width=20)
    show_hearing(blocks, ear, COMMANDS, console)
    (line,) = _shown(console).splitlines()
    assert "weiter" in line
    assert line.endswith("next")
    assert "%" in line


def test_why_tells_words_template_and_other_states(ear: Ear, blocks: list[Pcm]) -> None:
    console = Console(file=io.StringIO(), width=20)
    show_hearing(blocks, ear, COMMANDS, console, Why(load_content(), COMMANDS))
    first, *lines = _shown(console).splitlines()
    assert first.endswith("next")
    told = [line.strip() for line in lines]
    assert re.match(r"Wörter: weiter \(\d,\d\d bis \d,\d\d s, \d+ %(, -\d+ dB)?\)", told[0])
    assert "Vorlage: weiter" in told
    assert any(line.startswith("next: ") and "exercise" in line for line in told)
    assert any(line.startswith("nichts: standby") for line in told)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (_heard("quarkbällchen", None, "unknown words"), "In keinem meiner Sätze steht"),
        (_heard("eine kurze pause", None, "unknown words"), "Das heißt pause, und das geht"),
        (_heard("weiter", None, "masked by the coach's own line"), "gerade selbst gesagt"),
        (_heard("weiter", None, "low confidence"), "nicht sicher genug"),
        (_heard("so weiter", Command("next")), "Übergangen: „so“ (Füllwort)"),
    ],
)
def test_why_of_a_single_utterance(heard: Heard, expected: str) -> None:
    live = load_content().live_commands("exercise.repeat") - {"pause"}
    assert expected in "\n".join(Why(load_content(), live).lines(heard))


def test_nothing_heard_needs_no_reason() -> None:
    assert list(Why(load_content(), COMMANDS).lines(_heard("", None, "unknown words"))) == []


def test_an_unknown_state_is_told_before_anything_is_opened() -> None:
    answer = CliRunner().invoke(app, ["listen", "--why", "--state", "exercise.repet"])
    assert answer.exit_code == 2
    assert "Meinst du „exercise.repeat“?" in answer.stderr


def test_on_a_terminal_the_level_is_shown_too(ear: Ear, blocks: list[Pcm]) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    show_hearing(blocks, ear, COMMANDS, console)
    assert "█" in _shown(console)
    assert _shown(console).rindex("\x1b[?25h") > _shown(console).rindex("\x1b[?25l")  # cursor


@pytest.mark.parametrize(
    ("level_dbfs", "filled"), [(-75.0, 0), (-60.0, 0), (-30.0, 15), (0.0, 30), (3.0, 30)]
)
def test_the_bar_reaches_from_minus_60_to_0_db(level_dbfs: float, filled: int) -> None:
    bar = hearing_now(level_dbfs, "weiter").plain
    assert bar.count("█") == filled
    assert len(bar.split()[0]) == 30
    assert bar.endswith("weiter")


@pytest.mark.parametrize(
    "reason",
    [UNKNOWN_WORDS, NOT_ASKED, NEGATED, LOW_CONFIDENCE, NO_VOICE, DOUBTED, MASKED, TALKED_OVER],
)
def test_why_the_ear_refuses_is_said_in_german(reason: str) -> None:
    assert re.search(r"abgelehnt: \w.+$", heard_line(_heard("was", None, reason)).plain)
    assert reason not in heard_line(_heard("was", None, reason)).plain
