import json
from dataclasses import replace

import pytest

from skill.messages.events import Event, Kind
from skill.replay.transcript import clock, detailed, jsonl, transcript, transcript_line

SAID = Event(127.43, Kind.SAID, "Gut so.", "praise", 128.0)
HEARD = Event(3.0, Kind.HEARD, "weiter", "next", 3.5, {"decided_seconds": 3.6})


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (SAID, "02:07.4  Coach  Gut so."),
        (replace(SAID, extra={"cut": "hush"}), "02:07.4  Coach  Gut so. –"),
        (HEARD, "00:03.0  Du     weiter"),
        (Event(0.0, Kind.REJECTED, "was", "why"), "00:00.0  Du     was (nicht verstanden)"),
        (Event(0.0, Kind.REJECTED, "", "too soft"), "00:00.0  Du     (nicht verstanden)"),
        (Event(9.0, Kind.PROBLEM, "Kein Ton."), "00:09.0  !      Kein Ton."),
    ],
)  # fmt: skip
def test_a_person_reads_who_said_what(event: Event, line: str) -> None:
    assert str(transcript_line(event)) == line


def test_what_was_not_spoken_is_left_out() -> None:
    silent = [Event(0.0, kind) for kind in (Kind.STATE, Kind.BREATH, Kind.EARCON, Kind.HUSH)]
    assert transcript([*silent, HEARD]) == "00:03.0  Du     weiter\n"


def test_the_clock_carries_over() -> None:
    assert [clock(59.96), clock(3_599.96)] == ["01:00.0", "60:00.0"]


def test_a_developer_reads_everything() -> None:
    assert detailed(HEARD) == '    3.00 s  heard    next "weiter" decided 3.60'
    assert detailed(SAID) == '  127.43 s  said     praise "Gut so." until 128.00'


def test_a_program_reads_one_object_per_line() -> None:
    lines = jsonl([SAID, HEARD]).splitlines()
    assert [json.loads(line)["detail"] for line in lines] == ["praise", "next"]
    assert json.loads(lines[1])["extra"]["decided_seconds"] == 3.6
