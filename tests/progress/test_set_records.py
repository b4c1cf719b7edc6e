from datetime import date, datetime, timedelta

import pytest

from skill.messages.notes import Outcome
from skill.progress.set_records import SetRecord, Totals, Week, more_repetitions, week_of
from tests.progress.person import load

TODAY = date(2026, 1, 25)


def a_set(
    completed: tuple[int, ...] = (6,),
    *,
    days_ago: int = 0,
    hour: int = 12,
    outcome: Outcome = Outcome.COMPLETE,
    of: str = "6",
) -> SetRecord:
    at = datetime(TODAY.year, TODAY.month, TODAY.day, hour) - timedelta(days=days_ago)
    return SetRecord("hebe", at, completed, load(of), outcome)


def test_a_week_is_today_and_the_six_days_before() -> None:
    sets = [
        a_set(days_ago=14, hour=23),
        a_set(days_ago=13, hour=0),
        a_set((3, 3), days_ago=7, hour=23),
        a_set((4, 5), days_ago=6, hour=0),
        a_set((2,), days_ago=6, hour=23),
        a_set((1,), hour=8, outcome=Outcome.PAIN),
        a_set(days_ago=-1),
    ]
    assert week_of(sets, TODAY) == Week(2, 3, 12, before=Totals(2, 2, 12))


def test_a_week_without_training_is_empty() -> None:
    assert week_of([], TODAY) == Week(0, 0, 0, before=Totals(0, 0, 0))


@pytest.mark.parametrize(
    ("oldest_first", "more"),
    [
        ([], None),
        ([a_set()], None),
        ([a_set((6,)), a_set((8,))], 2),
        ([a_set((9,)), a_set((6,)), a_set((6,))], 0),
        ([a_set((6,)), a_set((4,), outcome=Outcome.ENOUGH)], -2),
        ([a_set((5, 5)), a_set((6, 7))], 1),
        ([a_set((12,)), a_set((4,), of="4 harder")], None),
        # Who skipped the last set, or was hurt, is not praised for it; nor in comparison to it.
        ([a_set((6,)), a_set((8,), outcome=Outcome.PAIN)], None),
        ([a_set((6,)), a_set((8,), outcome=Outcome.OPEN)], None),
        ([a_set((6,)), a_set((1,), outcome=Outcome.OPEN), a_set((7,))], 1),
    ],
)
def test_a_set_is_compared_with_the_one_before(
    oldest_first: list[SetRecord], more: int | None
) -> None:
    assert more_repetitions(reversed(oldest_first), "hebe") == more


def test_other_exercises_are_not_compared() -> None:
    assert more_repetitions([a_set(), a_set()], "roll-up") is None


@pytest.mark.parametrize(
    ("completed", "outcome", "is_whole"),
    [
        ((6,), Outcome.COMPLETE, True),
        ((6, 6), Outcome.ENOUGH, True),
        ((6, 5), Outcome.ENOUGH, False),
        ((5,), Outcome.OPEN, False),
    ],
)
def test_a_set_is_whole_with_all_its_repetitions(
    completed: tuple[int, ...], outcome: Outcome, is_whole: bool
) -> None:
    assert a_set(completed, outcome=outcome).is_whole is is_whole
