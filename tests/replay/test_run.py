"""Dialogs through a whole session, with a little world instead of engines."""

from pathlib import Path

import numpy as np
import pytest

from rueckgrat.recordings.wav import write_wav
from rueckgrat.replay.run import Result, run_dialog, run_recording
from skill.errors import ContentError
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ
from skill.messages.events import CommandHeard, Event, Said, StateEntered
from tests.replay.fakes import HEIGHTS, make_session, recording


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*HEIGHTS, "hm"):
        write_wav(tmp_path / f"{name}.wav", EAR_RATE_HZ, recording(name))
    return tmp_path


def run(folder: Path, text: str) -> Result:
    path = folder / "test.dialog.yaml"
    path.write_text(text, encoding="utf-8")
    return run_dialog(path, make_session)


TALK = """
title: Ein kurzes Gespräch
steps:
  - when: {said: menu.ask, after: 0.3 s}
    user: next
    expect:
      - heard: next
        within: 150 ms
      - state: exercise
      - coach: bruecke.introduction
  - when: {saying: bruecke.introduction, after: 0.4 s}
    user: stop
    expect:
      - cut: bruecke.introduction
      - silence: 1 s
        within: 0.3 s
    never:
      - coach: any
  - when: {after: 1 s}
    user: hm
    expect: [rejected: unknown words]
  - when: {after: 1 s}
    user: quit
    expect: [coach: Tschüss]
end:
  finished: true
"""


def test_a_whole_dialog_passes(folder: Path) -> None:
    result = run(folder, TALK)
    assert result.failures == ()
    assert result.take.finished
    assert [str(e.command) for e in result.take.events if isinstance(e, CommandHeard)] == [
        "next",
        "stop",
        "quit",
    ]


def test_both_tracks_lie_on_the_clock(folder: Path) -> None:
    take = run(folder, TALK).take
    assert take.microphone.size == round(take.seconds * EAR_RATE_HZ)
    assert take.coach.size == round((take.seconds + 0.1) * VOICE_RATE_HZ)
    sounding = np.flatnonzero(take.coach) / VOICE_RATE_HZ
    first = next(event for event in take.events if isinstance(event, Said))
    assert sounding[0] == pytest.approx(first.seconds, abs=1e-4)


def test_the_same_file_gives_the_same_take(folder: Path) -> None:
    noisy = TALK.replace("steps:", "noise: {file: hm, snr: 20 dB}\nsteps:", 1)
    one, other = run(folder, noisy).take, run(folder, noisy).take
    assert one.events == other.events
    assert np.array_equal(one.microphone, other.microphone)


def test_a_dialog_that_goes_wrong_says_where(folder: Path) -> None:
    result = run(folder, TALK.replace("heard: next", "heard: stop"))
    assert not result.passed
    assert [failure.place for failure in result.failures] == [("steps", 0, "expect", 0)]
    assert result.script.source.line(result.failures[0].place) == 7


def test_a_session_that_would_never_end_is_ended_by_the_limit(folder: Path) -> None:
    result = run(folder, TALK.replace("said: menu.ask", "said: menu.age") + "limit: 20 s\n")
    assert result.take.timed_out
    assert result.take.seconds == pytest.approx(20.0)
    assert "hat der Coach „menu.age“ nie zu Ende gesagt" in result.failures[0].sentence


@pytest.mark.parametrize(
    ("right", "wrong", "line", "mend"),
    [
        ("user: stop", "user: stpo", 12, "Meinst du „stop“?"),
        ("after: 0.3 s", "after: 0.3", 4, "mit Einheit"),
        ("heard: next", "heard: nxt", 7, "Meinst du „next“?"),
        ("state: exercise", "state: exercize", 9, "Meinst du „exercise“?"),
        ("saying: bruecke.introduction", "saying: a, said: b", 11, "Behalte eines davon"),
        ("- state: exercise", "- {}", 9, "Schreib genau eines von heard"),
        ("title:", "titel:", 2, "Meinst du „title“?"),
    ],
)
def test_a_wrong_file_is_told_by_line_and_mend(
    folder: Path, right: str, wrong: str, line: int, mend: str
) -> None:
    with pytest.raises(ContentError) as caught:
        run(folder, TALK.replace(right, wrong, 1))
    assert f"test.dialog.yaml, Zeile {line}:" in caught.value.problem
    assert mend in caught.value.mend


def test_a_recording_that_is_broken_is_told_by_line(folder: Path) -> None:
    (folder / "stop.wav").write_bytes(b"RIFF")
    with pytest.raises(ContentError, match=r"Zeile 12.*geht so nicht"):
        run(folder, TALK)


def test_a_recording_of_a_few_samples_is_only_short(folder: Path) -> None:
    write_wav(folder / "hm.wav", EAR_RATE_HZ, recording("hm")[:100])
    assert run(folder, TALK.replace("    expect: [rejected: unknown words]\n", "")).passed


def test_a_plain_recording_is_played_until_the_coach_falls_silent() -> None:
    talk = np.concatenate([recording("hm") * 0, recording("next"), recording("hm") * 0])
    seen: list[Event] = []
    take = run_recording(talk, make_session, seen.append)
    assert [str(e.command) for e in take.events if isinstance(e, CommandHeard)] == ["next"]
    last_line = [e for e in take.events if isinstance(e, Said)][-1]
    assert take.seconds == pytest.approx(last_line.end_seconds + 5.0, abs=0.11)
    assert {type(e) for e in seen} == {Said, CommandHeard, StateEntered}
