import numpy as np
import pytest
from pydantic import ValidationError

from rueckgrat.observers.record import Record
from rueckgrat.replay.dialog import Dialog
from rueckgrat.replay.scripted_user import ScriptedUser, Utterance
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ
from skill.messages.events import Event, Hushed, Said, StateEntered
from skill.written.spoken import sentences

WORD = Utterance(np.full(8_000, 7, dtype=np.int16), sound_end_seconds=0.5)


def user(*steps: dict[str, object], **more: object) -> ScriptedUser:
    dialog = Dialog.model_validate({"title": "t", "steps": steps, **more})
    return ScriptedUser(dialog, {"weiter": WORD})


def said(start: float, end: float, line: str = "menu.ask") -> Event:
    return Said(start, end, "Womit fangen wir an?", line)


def start_of_speech(someone: ScriptedUser, record: Record, seconds: float) -> float | None:
    """Let time pass; return when the user begins to speak."""
    spoken = []
    for block in range(round(seconds / BLOCK_SECONDS)):
        spoken.append(someone.next_block(record, block * BLOCK_SECONDS))
    loud = np.flatnonzero(np.concatenate(spoken))
    return float(loud[0]) / EAR_RATE_HZ if loud.size else None


def test_speaks_when_the_line_is_over_and_the_time_has_passed_to_the_sample() -> None:
    record = Record()
    record.add(said(1.0, 2.345))
    someone = user({"when": {"said": "menu.ask", "after": "0.8 s"}, "user": "weiter"})
    assert start_of_speech(someone, record, 5.0) == 3.145


def test_finds_a_line_by_words_of_its_text() -> None:
    record = Record()
    record.add(said(1.0, 2.0))
    someone = user({"when": {"said": "womit fangen"}, "user": "weiter"})
    assert start_of_speech(someone, record, 5.0) == 2.4


def test_waits_until_no_further_sentence_of_a_line_follows() -> None:
    record = Record()
    record.add(said(1.0, 2.0))
    record.add(said(2.3, 3.0))
    record.add(said(3.3, 4.0, "menu.other"))
    someone = user({"when": {"said": "menu.ask", "after": "0.1 s"}, "user": "weiter"})
    assert start_of_speech(someone, record, 6.0) == 3.4


def test_part_of_a_word_is_no_match() -> None:
    record = Record()
    record.add(said(1.0, 2.0))
    someone = user({"when": {"said": "fang"}, "user": "weiter"})
    assert start_of_speech(someone, record, 5.0) is None


def test_speaks_into_a_line() -> None:
    record = Record()
    record.add(said(1.0, 4.0))
    someone = user({"when": {"saying": "menu.ask", "after": "0.8 s"}, "user": "weiter"})
    assert start_of_speech(someone, record, 5.0) == 1.8


def test_a_line_that_was_cut_has_not_been_said() -> None:
    record = Record()
    record.add(said(1.0, 4.0))
    record.pass_to(2.0)
    record.add(Hushed(2.0))
    someone = user({"when": {"said": "menu.ask"}, "user": "weiter"})
    assert start_of_speech(someone, record, 5.0) is None


def test_a_parent_state_stands_for_its_children() -> None:
    record = Record()
    record.add(StateEntered(1.5, "exercise.repeat"))
    someone = user({"when": {"state": "exercise", "after": "1 s"}, "user": "weiter"})
    assert start_of_speech(someone, record, 5.0) == 2.5


def test_what_a_step_waits_for_must_be_new() -> None:
    record = Record()
    record.add(said(0.5, 1.0))
    someone = user(
        {"when": {"said": "menu.ask"}, "user": "weiter"},
        {"when": {"said": "menu.ask"}, "user": "weiter"},
    )
    start_of_speech(someone, record, 3.0)
    assert len(someone.performed) == 1
    record.add(said(3.0, 3.2))
    for seconds in (3.0, 3.2, 3.4, 3.6):
        someone.next_block(record, seconds)
    assert [step.start_seconds for step in someone.performed] == pytest.approx([1.4, 3.6])


def test_time_alone_runs_from_the_end_of_the_recording_before() -> None:
    someone = user(
        {"when": {"after": "1 s"}, "user": "weiter"}, {"when": {"after": "2 s"}, "user": "weiter"}
    )
    start_of_speech(someone, Record(), 5.0)
    assert [step.start_seconds for step in someone.performed] == [1.0, 3.5]


def test_nobody_says_two_things_at_once() -> None:
    record = Record()
    for event in (said(0.0, 1.0), StateEntered(1.5, "menu.ask")):
        record.add(event)
    someone = user(
        {"when": {"said": "menu.ask"}, "user": "weiter"},
        {"when": {"state": "menu.ask"}, "user": "weiter"},
    )
    start_of_speech(someone, record, 3.0)
    assert [step.start_seconds for step in someone.performed] == [1.4, 1.9]


def test_leaves_some_time_after_the_last_recording() -> None:
    someone = user({"when": {"after": "1 s"}, "user": "weiter"}, end={"after": "2 s"})
    blocks = [someone.next_block(Record(), block * BLOCK_SECONDS) for block in range(40)]
    assert next(i for i, block in enumerate(blocks) if block is None) * BLOCK_SECONDS == 3.5


def test_never_leaves_before_the_goodbye_when_that_is_the_end() -> None:
    someone = user({"when": {"after": "0 s"}, "user": "weiter"}, end={"finished": "true"})
    assert all(someone.next_block(Record(), n * BLOCK_SECONDS) is not None for n in range(600))


def given_up_seconds(someone: ScriptedUser, record: Record) -> float:
    return next(
        block * BLOCK_SECONDS
        for block in range(10_000)
        if someone.next_block(record, block * BLOCK_SECONDS) is None
    )


def test_gives_up_when_a_step_does_not_come() -> None:
    someone = user({"when": {"said": "menu.never"}, "user": "weiter"}, limit="10 min")
    assert given_up_seconds(someone, Record()) == pytest.approx(120.0, abs=0.1)


def test_the_time_of_a_set_is_not_waiting() -> None:
    record = Record()
    someone = user({"when": {"said": "menu.never"}, "user": "weiter"})
    record.add(StateEntered(0.0, "exercise.repeat"))
    for block in range(9_000):
        assert someone.next_block(record, block * BLOCK_SECONDS) is not None
    record.add(StateEntered(900.0, "exercise.feedback"))
    someone.next_block(record, 900.0)
    assert someone._waited_seconds == pytest.approx(0.1)


def test_a_step_is_waited_for_as_long_as_it_says() -> None:
    someone = user(
        {"when": {"after": "1 s"}, "user": "weiter"},
        {"when": {"said": "menu.never", "within": "3 s"}},
    )
    assert given_up_seconds(someone, Record()) == pytest.approx(4.5, abs=0.1)


def test_what_comes_later_than_a_step_says_is_too_late() -> None:
    record = Record()
    record.add(said(1.0, 3.5))
    someone = user({"when": {"said": "menu.ask", "within": "3 s"}, "user": "weiter"})
    assert given_up_seconds(someone, record) == pytest.approx(3.0, abs=0.1)
    assert someone.performed == []


def test_nothing_is_waited_for_within_a_time_alone() -> None:
    with pytest.raises(ValidationError, match="wartet aber auf nichts"):
        user({"when": {"after": "1 s", "within": "3 s"}})


SENTENCES = "Womit fangen wir an? Sag die Brücke. Oder sag den Roll Up."


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [("menu.ask", 1.0), ("womit fangen", 1.0), ("Brücke", 3.6), ("Roll Up", 5.8), ("an? Sag", 1.0)],
)
@pytest.mark.parametrize("in_pieces", [True, False])
def test_speaks_into_the_sentence_whose_words_are_named(
    wanted: str, begins: float, in_pieces: bool
) -> None:
    record = Record()
    if in_pieces:
        pieces = sentences(SENTENCES)
        for text, start, end in zip(pieces, (1.0, 3.6, 5.8), (3.4, 5.5, 8.6), strict=True):
            record.add(Said(start, end, text, "menu.ask"))
    else:
        record.add(Said(1.0, 8.6, SENTENCES, "menu.ask"))
    someone = user({"when": {"saying": wanted}, "user": "weiter"}, end={"after": "9 s"})
    assert start_of_speech(someone, record, 9.0) == pytest.approx(begins, abs=0.1)


@pytest.mark.parametrize(("hushed_seconds", "is_said"), [(2.0, False), (5.0, True)])
def test_a_sentence_that_was_cut_off_before_its_turn_was_not_said(
    hushed_seconds: float, is_said: bool
) -> None:
    record = Record()
    record.add(Said(1.0, 8.6, SENTENCES, "menu.ask"))
    record.pass_to(hushed_seconds)
    record.add(Hushed(hushed_seconds))
    someone = user({"when": {"saying": "Brücke"}, "user": "weiter"}, end={"after": "9 s"})
    assert (start_of_speech(someone, record, 9.0) is not None) == is_said
