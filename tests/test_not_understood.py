"""What is not understood is kept as text, bounded, and never at the cost of a session."""

import logging
from datetime import datetime
from pathlib import Path

import pytest

from skill.messages.events import Event, Kind
from skill.not_understood import MOST_LINES, NotUnderstood, Rejected, read_rejected

NOON = datetime(2026, 11, 27, 12, 0, 0)
TRAINING = Event(0.0, Kind.STATE, detail="exercise.repeat")


def rejected(text: str, reason: str = "unknown words") -> Event:
    return Event(1.0, Kind.REJECTED, text, reason)


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
        [Event(1.0, Kind.HEARD, "weiter", "next")],
        [Event(1.0, Kind.SAID, "Los geht es.")],
        [rejected("")],
        [rejected("[other] [other]")],
        [rejected("und heben", "masked by the coach's own line")],
        [Event(0.5, Kind.STATE, detail="standby"), rejected("was gibt es zu essen")],
        [Event(0.5, Kind.HEARD, "als gast", "guest"), rejected("pack mas")],
    ],
)
def test_what_is_not_kept(path: Path, events: list[Event]) -> None:
    kept = keeper(path)
    for event in events:
        kept.add(event)
    assert not path.exists()


def test_after_a_guest_others_train_again(path: Path) -> None:
    kept = keeper(path)
    kept.add(Event(0.5, Kind.HEARD, "als gast", "guest"))
    kept.add(Event(0.6, Kind.HEARD, "anna", "person(anna)"))
    kept.add(rejected("pack mas"))
    kept.add(Event(0.7, Kind.HEARD, "als gast", "guest"))
    kept.add(rejected("nicht das"))
    kept.add(Event(0.8, Kind.STATE, detail="standby"))
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
