"""What was trained, week by week, from Monday to Sunday. Pure: no files, no clock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skill.progress.notes import Entry, Feeling, SessionBegan
from skill.progress.profile import profile_of
from skill.progress.sets import SetRecord

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class CalendarWeek:
    """Sums of one week. Repetitions are those of all sides together.

    ``feelings`` counts the sets that were rated; ``days`` those with a training.
    """

    monday: date
    sessions: int
    days: int
    sets: int
    repetitions: int
    feelings: Mapping[Feeling, int]


def sets_of(entries: Iterable[Entry]) -> tuple[SetRecord, ...]:
    """Return one person's sets with how they felt; those without a repetition are left out."""
    return profile_of(entries, lambda _: None).sets  # sums need no exercise's limits


def weeks_of(entries: Sequence[Entry], today: date) -> list[CalendarWeek]:
    """Return one person's weeks, oldest first, up to the present one.

    Weeks without a training are among them: a gap is part of the picture.
    """
    began = [one.at.date() for one in entries if isinstance(one.note, SessionBegan)]
    sets = sets_of(entries)
    mondays = {_monday(day) for day in (*began, *(one.at.date() for one in sets))}
    if not mondays:
        return []
    first, last = min(mondays), max(*mondays, _monday(today))
    count = (last - first) // _WEEK + 1
    return [_week(first + number * _WEEK, began, sets) for number in range(count)]


def _week(monday: date, began: Sequence[date], sets: Sequence[SetRecord]) -> CalendarWeek:
    begun = [day for day in began if _monday(day) == monday]
    done = [one for one in sets if _monday(one.at.date()) == monday]
    return CalendarWeek(
        monday=monday,
        sessions=len(begun),
        days=len({*begun, *(one.at.date() for one in done)}),
        sets=len(done),
        repetitions=sum(sum(one.completed) for one in done),
        feelings=Counter(one.feeling for one in done if one.feeling),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
