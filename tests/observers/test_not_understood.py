"""What is not understood is kept as text, bounded, and never at the cost of a session."""

import logging
from datetime import datetime
from pathlib import Path

import pytest

from rueckgrat.observers.not_understood import MOST_LINES, NotUnderstood, Rejected, read_rejected
from skill.messages.events import CommandHeard, Event, Said, SpeechRejected, StateEntered
from skill.messages.heard import Command

NOON = datetime(2026, 11, 27, 12, 0, 0)
TRAINING = StateEntered(0.0, "exercise.repeat")


def rejected(text: str, reason: str = "unknown words") -> Event:
    return SpeechRejected(1.0, 1.0, 1.0, text, reason)


def keeper(path: Path, state: Event = TRAINING) -> NotUnderstood:
    kept = NotUnderstood(path, lambda: NOON)
    kept.add(state)
    return kept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "not-understood.tsv"


def texts(path: Path) -> list[str]:
    return [one.text for one in read_rejected(path)]


def test_text_date_state_and_reason_are_kept(path: Path) -> None:
    keeper(path).add(rejected("pack mas"))
    assert read_rejected(path) == [Rejected(NOON, "exercise.repeat", "unknown words", "pack mas")]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "events",
    [
        [CommandHeard(1.0, 1.0, 1.0, "weiter", Command.parsed("next"))],
        [Said(1.0, 1.0, "Los geht es.", "")],
        [rejected("")],
        [rejected("[other] [other]")],
        [rejected("und heben", "masked by the coach's own line")],
        [StateEntered(0.5, "standby"), rejected("was gibt es zu essen")],
        [CommandHeard(0.5, 0.5, 0.5, "als gast", Command.parsed("guest")), rejected("pack mas")],
    ],
)
def test_what_is_not_kept(path: Path, events: list[Event]) -> None:
    kept = keeper(path)
    for event in events:
        kept.add(event)
    assert not path.exists()


def test_after_a_guest_others_train_again(path: Path) -> None:
    kept = keeper(path)
    kept.add(CommandHeard(0.5, 0.5, 0.5, "als gast", Command.parsed("guest")))
    kept.add(CommandHeard(0.6, 0.6, 0.6, "anna", Command.parsed("person(anna)")))
    kept.add(rejected("pack mas"))
    kept.add(CommandHeard(0.7, 0.7, 0.7, "als gast", Command.parsed("guest")))
    kept.add(rejected("nicht das"))
    kept.add(StateEntered(0.8, "standby"))
    kept.add(TRAINING)
    kept.add(rejected("auf gehts"))
    assert texts(path) == ["pack mas", "auf gehts"]


def test_the_latest_are_kept(path: Path) -> None:
    kept = keeper(path)
    for number in range(3 * MOST_LINES):
        kept.add(rejected(f"satz {number}"))
    assert path.read_text("utf-8").count("\n") <= MOST_LINES + 100
    assert texts(path) == [f"satz {number}" for number in range(2 * MOST_LINES, 3 * MOST_LINES)]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_power_cut_has_left_costs_only_itself(path: Path) -> None:
    keeper(path).add(rejected("pack mas"))
    with path.open("ab") as file:
        file.write(b"2026-11-27T12:00:00\texercise.rep\xff")
    keeper(path).add(rejected("auf gehts"))
    assert texts(path) == ["pack mas", "auf gehts"]


def test_a_text_with_tabs_and_lines_is_one_line(path: Path) -> None:
    keeper(path).add(rejected("a\tb\nc", "low\tconfidence"))
    (one,) = read_rejected(path)
    assert (one.text, one.reason) == ("a b c", "low confidence")


def test_no_failure_ends_a_session(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.mkdir()  # where the file should be
    kept = keeper(path)
    with caplog.at_level(logging.WARNING):
        kept.add(rejected("pack mas"))
        kept.add(rejected("auf gehts"))
    assert len(caplog.records) == 1


def test_nothing_is_there_before(path: Path) -> None:
    assert read_rejected(path) == []
