"""What was trained, week by week, from Monday to Sunday. Pure: no files, no clock."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skill.messages.notes import Feeling, HistoryEntry, Hurt, Outcome, SessionBegan, SetDone
from skill.progress.profile import profile_of
from skill.progress.set_records import SetRecord

_WEEK = timedelta(weeks=1)
_EARLIEST = date(2020, 1, 1)
_FURTHEST_AHEAD = timedelta(days=365)
"""A clock that shows less or more is wrong: one that is not set yet begins in 1970."""


@dataclass(frozen=True)
class CalendarWeek:
    """Sums of one week. Repetitions are those of all sides together.

    ``feelings`` counts the sets that were rated; ``days`` those with a training; ``pains`` how
    often an exercise hurt.
    """

    monday: date
    sessions: int
    days: int
    sets: int
    repetitions: int
    feelings: Mapping[Feeling, int]
    pains: int = 0


def sets_of(entries: Iterable[HistoryEntry]) -> tuple[SetRecord, ...]:
    """Return one person's sets with how they felt; those without a repetition are left out."""
    return profile_of(entries, lambda _: None).sets  # sums need no exercise's limits


def weeks_of(entries: Sequence[HistoryEntry], today: date) -> list[CalendarWeek]:
    """Return one person's weeks, oldest first, up to the present one.

    Weeks without a training are among them: a gap is part of the picture. What a clock that was
    wrong has dated belongs to no week; see ``misdated``.
    """
    entries = [entry for entry in entries if _is_credible(entry, today)]
    began: dict[date, list[date]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.note, SessionBegan):
            began[_monday(entry.at.date())].append(entry.at.date())
    done: dict[date, list[SetRecord]] = defaultdict(list)
    for one in sets_of(entries):
        done[_monday(one.at.date())].append(one)
    trained = [*began, *done]
    if not trained:
        return []
    first, last = min(trained), max(*trained, _monday(today))
    mondays = (first + number * _WEEK for number in range((last - first) // _WEEK + 1))
    hurt = Counter(_monday(at.date()) for at in _pains(entries))
    return [
        _week(monday, began.get(monday, []), done.get(monday, []), hurt[monday])
        for monday in mondays
    ]


def misdated(entries: Iterable[HistoryEntry], today: date) -> int:
    """Return how many trainings and sets have a date that cannot be."""
    return sum(
        isinstance(entry.note, SessionBegan | SetDone) and not _is_credible(entry, today)
        for entry in entries
    )


def _is_credible(entry: HistoryEntry, today: date) -> bool:
    day = entry.at.date()
    return today < _EARLIEST or _EARLIEST <= day <= today + _FURTHEST_AHEAD


def _pains(entries: Iterable[HistoryEntry]) -> Iterator[datetime]:
    """Yield when an exercise hurt; a pain noted twice (as a set, and by itself) counts once."""
    noted = ""
    for entry in entries:
        match entry.note:
            case SessionBegan():
                noted = ""
            case SetDone(exercise=exercise, outcome=Outcome.PAIN):
                noted = exercise
                yield entry.at
            case Hurt(exercise) if exercise != noted:
                yield entry.at


def _week(monday: date, begun: list[date], done: list[SetRecord], pains: int) -> CalendarWeek:
    return CalendarWeek(
        monday=monday,
        sessions=len(begun),
        days=len({*begun, *(one.at.date() for one in done)}),
        sets=len(done),
        repetitions=sum(sum(one.completed) for one in done),
        feelings=Counter(one.feeling for one in done if one.feeling),
        pains=pains,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
