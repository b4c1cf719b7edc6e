from datetime import date, datetime

from rueckgrat.history.weeks import misdated, sets_of, weeks_of
from skill.messages.notes import (
    Feeling,
    HistoryEntry,
    Hurt,
    Load,
    Note,
    Outcome,
    Rated,
    SessionBegan,
    SetDone,
)

SUNDAY, MONDAY = date(2026, 1, 4), date(2026, 1, 5)


def _at(day: date, *notes: Note) -> list[HistoryEntry]:
    return [HistoryEntry("", datetime(day.year, day.month, day.day, 18), note) for note in notes]


def _done(*completed: int, outcome: Outcome = Outcome.COMPLETE) -> SetDone:
    return SetDone("bridge", completed, Load(8), outcome)


def test_without_a_training_there_are_no_weeks() -> None:
    assert weeks_of([], MONDAY) == []


def test_a_week_sums_sessions_days_sets_repetitions_and_feelings() -> None:
    entries = [
        *_at(MONDAY, SessionBegan(), _done(8), Rated("bridge", Feeling.GOOD), SessionBegan()),
        *_at(MONDAY, _done(6, 4), Rated("bridge", Feeling.GOOD)),
        *_at(date(2026, 1, 11), SessionBegan(), _done(7), Rated("bridge", Feeling.HARD)),
    ]
    (week,) = weeks_of(entries, MONDAY)
    assert (week.monday, week.sessions, week.days) == (MONDAY, 3, 2)
    assert (week.sets, week.repetitions) == (3, 8 + 10 + 7)
    assert week.feelings == {Feeling.GOOD: 2, Feeling.HARD: 1}


def test_a_week_begins_on_monday() -> None:
    entries = [*_at(SUNDAY, _done(3)), *_at(MONDAY, _done(4))]
    weeks = weeks_of(entries, MONDAY)
    assert [(week.monday, week.repetitions) for week in weeks] == [
        (date(2025, 12, 29), 3),
        (MONDAY, 4),
    ]


def test_weeks_without_a_training_are_shown_up_to_today() -> None:
    entries = [*_at(MONDAY, _done(3)), *_at(date(2026, 1, 19), _done(4))]
    weeks = weeks_of(entries, date(2026, 2, 1))
    assert [week.repetitions for week in weeks] == [3, 0, 4, 0]


def test_a_clock_that_was_not_set_fills_no_weeks() -> None:
    """A Raspberry Pi without a network begins in 1970, and a wrong one may be a century ahead."""
    wrong = [date(1970, 1, 1), date(2001, 2, 3), date(2130, 1, 1)]
    entries = [one for day in [*wrong, MONDAY] for one in _at(day, SessionBegan(), _done(3))]
    assert [week.monday for week in weeks_of(entries, MONDAY)] == [MONDAY]
    assert misdated(entries, MONDAY) == 2 * len(wrong)


def test_where_the_clock_is_still_wrong_its_weeks_count() -> None:
    (week,) = weeks_of(_at(date(1970, 1, 1), _done(3)), date(1970, 1, 2))
    assert week.repetitions == 3


def test_a_clock_that_was_ahead_is_no_trouble() -> None:
    weeks = weeks_of(_at(date(2026, 1, 19), _done(4)), MONDAY)
    assert [week.repetitions for week in weeks] == [4]


def test_a_session_without_a_set_is_a_day_of_training() -> None:
    (week,) = weeks_of(_at(MONDAY, SessionBegan(), _done(0, outcome=Outcome.OPEN)), MONDAY)
    assert (week.sessions, week.days, week.sets) == (1, 1, 0)


def test_sets_carry_how_they_felt() -> None:
    entries = _at(MONDAY, _done(8), Rated("bridge", Feeling.EASY), _done(8))
    assert [one.feeling for one in sets_of(entries)] == [Feeling.EASY, None]


def test_a_week_counts_how_often_an_exercise_hurt_once_each() -> None:
    entries = [
        *_at(MONDAY, SessionBegan(), _done(3, outcome=Outcome.PAIN), Hurt("bridge")),
        *_at(MONDAY, Hurt("roll-up"), SessionBegan(), Hurt("bridge")),
        *_at(date(2026, 1, 12), SessionBegan(), _done(8)),
    ]
    assert [week.pains for week in weeks_of(entries, MONDAY)] == [3, 0]
