"""Recordings as they come: other rates, stereo, telephones; through the whole session."""

from pathlib import Path

import numpy as np
import pytest

from rueckgrat.recordings.files import read_recording
from rueckgrat.recordings.wav import write_wav
from rueckgrat.replay.report import report
from rueckgrat.replay.run import run_dialog, run_recording
from rueckgrat.replay.sessions import session_maker
from skill.messages.events import CommandHeard
from skill.settings import load_settings

ANNA = Path(__file__).parents[1] / "recordings" / "anna"

DIALOG = """
title: Stopp in die Begrüßung
steps:
  - when: {saying: welcome.hello, after: 0.5 s}
    user: stopp
    expect: [heard: stop, state: paused]
end:
  after: 1 s
"""


@pytest.mark.parametrize(("rate_hz", "channels"), [(44_100, 2), (8_000, 1)])
def test_any_rate_and_channels(tmp_path: Path, rate_hz: int, channels: int) -> None:
    pcm = read_recording(ANNA / "stopp.ogg", rate_hz)
    write_wav(tmp_path / "stopp.wav", rate_hz, *[pcm] * channels)
    path = tmp_path / "any.dialog.yaml"
    path.write_text(DIALOG, encoding="utf-8")
    result = run_dialog(path, session_maker(load_settings()))
    assert result.passed, report(result)


def test_a_constant_offset_takes_nothing_away() -> None:
    word = read_recording(ANNA / "stopp.ogg") // 5
    plain = np.concatenate([np.zeros(64_000, np.int16), word, np.zeros(16_000, np.int16)])
    take = run_recording((plain + 1_638).astype(np.int16), session_maker(load_settings()))
    assert [event.command.name for event in take.events if isinstance(event, CommandHeard)] == [
        "stop"
    ]


def test_a_plain_recording_is_a_session() -> None:
    wait, word = np.zeros(16_000, np.int16), read_recording(ANNA / "stopp.ogg")
    take = run_recording(np.concatenate([wait, word]), session_maker(load_settings()))
    assert [event.command.name for event in take.events if isinstance(event, CommandHeard)] == [
        "stop"
    ]
    assert take.state == "paused"
