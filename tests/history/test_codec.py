import json
import logging
from typing import get_args

import pytest

from rueckgrat.history.codec import decode, encode
from skill.messages.notes import (
    Feeling,
    Level,
    Load,
    Note,
    Outcome,
    PlanAt,
    Rated,
    SetDone,
    TempoChosen,
)
from tests.history.entries import NOTES


def test_there_is_an_example_of_every_note() -> None:
    assert {type(note) for note in NOTES} == set(get_args(Note))


@pytest.mark.parametrize("note", NOTES, ids=lambda note: type(note).__name__)
def test_every_note_comes_back_as_it_was(note: Note) -> None:
    read = decode(*encode(note))
    assert read == note
    assert repr(read) == repr(note)  # also the types of what is in it: enums, tuples


def test_what_old_histories_hold_is_still_understood() -> None:
    """Literal rows of the first version: who renames anything must write a migration."""
    rows = {
        ("SetDone", '{"exercise":"b","completed":[8,6],"load":{"repetitions":8,"hold_steps":1,'
         '"level":"easier"},"outcome":"enough"}'):
            SetDone("b", (8, 6), Load(8, 1, Level.EASIER), Outcome.ENOUGH),
        ("PlanAt", '{"exercises":["b","c"],"index":1,"programme":"p"}'):
            PlanAt(("b", "c"), 1, "p"),
        ("Rated", '{"exercise":"b","feeling":"hard"}'): Rated("b", Feeling.HARD),
        ("TempoChosen", '{"tempo":1.25}'): TempoChosen(1.25),
    }  # fmt: skip
    for (kind, fields), note in rows.items():
        assert decode(kind, fields) == note
        assert encode(note) == (kind, fields)


def test_a_missing_field_with_a_default_gets_it() -> None:
    assert decode("PlanAt", '{"exercises":["b"],"index":0}') == PlanAt(("b",), 0)


def test_unknown_fields_are_left_out_and_named_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kind, fields = encode(SetDone("b", (8,), Load(8), Outcome.COMPLETE))
    newer = json.loads(fields)
    newer["pulse"] = 120
    newer["load"]["weight"] = {"kg": 2}
    with caplog.at_level(logging.INFO):
        assert decode(kind, json.dumps(newer)) == decode(kind, fields)
    assert caplog.messages == ["A note of the kind SetDone was read without load.weight, pulse."]


@pytest.mark.parametrize(
    ("kind", "fields", "logged"),
    [
        ("Yodelled", "{}", "'Yodelled'"),
        ("Rated", '{"exercise":"b","feeling":"heavenly"}', "feeling"),
        ("Rated", '{"exercise":"b"}', "feeling"),
        ("Rated", "[1]", "Rated"),
        ("Rated", "no json", "Rated"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_a_line_in_the_log(
    kind: str, fields: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert decode(kind, fields) is None
    (message,) = caplog.messages
    assert logged in message
    assert "skipped" in message
