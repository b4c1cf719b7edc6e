"""Sets as they were trained: the record of one, the sums of a week, the difference of two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from skill.messages.notes import Feeling, Load, Outcome, SetDone

WEEK_DAYS = 7


@dataclass(frozen=True)
class SetRecord:
    """One set as it was trained, for weeks and pictures: at least one repetition was made."""

    exercise: str
    at: datetime
    completed: tuple[int, ...]
    load: Load
    outcome: Outcome
    feeling: Feeling | None = None

    @classmethod
    def of(cls, done: SetDone, at: datetime) -> "SetRecord":
        """Return the record of a set that has ended at this time."""
        return cls(done.exercise, at, done.completed, done.load, done.outcome)

    @property
    def is_whole(self) -> bool:
        """Tell whether all was made that was to be made."""
        return (
            self.outcome is Outcome.COMPLETE
            or min(self.completed, default=0) >= self.load.repetitions
        )


@dataclass(frozen=True)
class Totals:
    """What was trained in some days: on how many of them, how many sets and repetitions.

    Repetitions are those of all sides together.
    """

    days: int
    sets: int
    repetitions: int


@dataclass(frozen=True)
class Week(Totals):
    """The last seven days, today included, and the seven days ``before`` them."""

    before: Totals


def week_of(sets: Iterable[SetRecord], today: date) -> Week:
    """Return the sums of the seven days that end with today, and of the seven before."""
    by_week: tuple[list[SetRecord], list[SetRecord]] = ([], [])
    for one in sets:
        weeks_ago = (today - one.at.date()).days // WEEK_DAYS
        if 0 <= weeks_ago < len(by_week):
            by_week[weeks_ago].append(one)
    last, before = (_totals(week) for week in by_week)
    return Week(last.days, last.sets, last.repetitions, before)


def more_repetitions(sets: Iterable[SetRecord], exercise_id: str) -> int | None:
    """Return how many repetitions more (less than 0: fewer) the last set had than the one before.

    Counted on each side, the weaker one where they differ. ``sets`` are of any exercise, newest
    first. None where there is nothing to compare: fewer than two sets, two of different levels, or
    a last set that was skipped or ended in pain (others such as these are passed over).
    """
    of_exercise = (one for one in sets if one.exercise == exercise_id)
    last = next(of_exercise, None)
    if last is None or not _counts(last):
        return None
    earlier = next((one for one in of_exercise if _counts(one)), None)
    if earlier is None or earlier.load.level is not last.load.level:
        return None
    return min(last.completed) - min(earlier.completed)


def _counts(one: SetRecord) -> bool:
    return one.outcome in (Outcome.COMPLETE, Outcome.ENOUGH)


def _totals(sets: list[SetRecord]) -> Totals:
    return Totals(
        days=len({one.at.date() for one in sets}),
        sets=len(sets),
        repetitions=sum(sum(one.completed) for one in sets),
    )
