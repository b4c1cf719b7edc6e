from dataclasses import replace

import pytest

from rueckgrat.observers.transcript import clock, transcript, transcript_line
from skill.messages.events import (
    CommandHeard,
    Event,
    Hushed,
    Problem,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)
from skill.messages.heard import ECHO, MASKED, TALKED_OVER, Command

SAID = Said(127.43, 128.0, "Gut so.", "praise")
HEARD = CommandHeard(3.0, 3.5, 3.6, "weiter", Command("next"))


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (SAID, "02:07.4  Coach  Gut so."),
        (replace(SAID, is_cut=True), "02:07.4  Coach  Gut so. –"),
        (HEARD, "00:03.6  Du     weiter"),
        (SpeechRejected(0.0, 0.0, 0.0, "was", "why"), "00:00.0  Du     was (nicht verstanden)"),
        (SpeechRejected(0.0, 0.0, 0.0, "", "too soft"), "00:00.0  Du     (nicht verstanden)"),
        (SpeechDropped(0.0, 0.0, 0.0, "weiter", ECHO),
         "00:00.0  Echo?  weiter (für den Coach selbst gehalten)"),
        (SpeechDropped(0.0, 0.0, 0.0, "weiter", MASKED),
         "00:00.0  Echo?  weiter (das sagte der Coach gerade selbst)"),
        (SpeechRejected(0.0, 0.0, 0.0, "weiter", TALKED_OVER),
         "00:00.0  Du     weiter (zu dicht hinter dem Coach)"),
        (Problem(9.0, "Kein Ton."), "00:09.0  !      Kein Ton."),
    ],
)  # fmt: skip
def test_a_person_reads_who_said_what(event: Event, line: str) -> None:
    assert str(transcript_line(event)) == line


def test_what_was_not_spoken_is_left_out() -> None:
    silent = [StateEntered(0.0, "who"), Hushed(0.0), ToneSounded(0.0, 0.1, "ready")]
    assert transcript([*silent, HEARD]) == "00:03.6  Du     weiter\n"


def test_times_only_ever_rise() -> None:
    said = Said(3.3, 3.5, "Sag weiter.", "ask")
    lines = transcript([HEARD, said]).splitlines()
    assert lines == ["00:03.3  Coach  Sag weiter.", "00:03.6  Du     weiter"]


def test_the_clock_carries_over() -> None:
    assert [clock(59.96), clock(3_599.96)] == ["01:00.0", "60:00.0"]
