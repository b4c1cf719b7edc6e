"""What other programs read, and that docs/following-a-session.md shows it as it is."""

import json
from pathlib import Path

from rueckgrat.observers.protocol import EVENT_KINDS, as_dict, as_json, jsonl
from skill.messages.events import CommandHeard, Said
from skill.messages.heard import Command
from tests.observers.examples import EVENTS, SNAPSHOT

PAGE = Path(__file__).parents[2] / "docs" / "following-a-session.md"


def test_an_event_is_an_object_with_its_name() -> None:
    assert as_dict(Said(0.12345, 0.9, "Hallo.", "welcome.hello")) == {
        "event": "said",
        "seconds": 0.123,
        "end_seconds": 0.9,
        "text": "Hallo.",
        "line": "welcome.hello",
        "is_cut": False,
    }
    heard = as_dict(CommandHeard(3.0, 3.5, 3.6, "acht", Command("number", "8")))
    assert heard["command"] == {"name": "number", "slot": "8", "sign": ""}


def test_a_program_reads_one_object_per_line() -> None:
    lines = jsonl(EVENTS).splitlines()
    assert [json.loads(line) for line in lines] == [as_dict(event) for event in EVENTS]


def test_there_is_an_example_of_every_event() -> None:
    assert {type(event) for event in EVENTS} == set(EVENT_KINDS)
    assert len(EVENTS) == len(EVENT_KINDS)


def test_the_page_shows_them_as_they_are() -> None:
    shown = [
        line
        for block in PAGE.read_text(encoding="utf-8").split("```json\n")[1:]
        for line in block.split("```")[0].splitlines()
    ]
    wanted = [as_json(SNAPSHOT), *map(as_json, EVENTS)]
    missing, unknown = set(wanted) - set(shown), set(shown) - set(wanted)
    assert not missing, "\n".join(["put these into the page:", *sorted(missing)])
    assert not unknown, "\n".join(["take these out of the page:", *sorted(unknown)])
