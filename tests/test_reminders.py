"""Invitations: once for each set time, never at a wrong one, whatever the clock does."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.reminders import Reminders
from skill.settings.invitations import (
    GRACE,
    Invitation,
    QuietHours,
    parse_invitation,
    parse_quiet_hours,
)
from skill.written.mistakes import RuleError

DAILY = frozenset(range(7))
NIGHT = QuietHours(time(22), time(7))
SIX = datetime(2026, 11, 25, 18)  # a Wednesday
SECOND = timedelta(seconds=1)


def _reminders(*texts: str, quiet: QuietHours | None = NIGHT) -> Reminders:
    return Reminders(map(parse_invitation, texts), quiet)


def _invited(reminders: Reminders, moments: Iterable[datetime]) -> list[datetime]:
    return [now for now in moments if reminders.take_due(now)]


def _seconds(start: datetime, minutes: float) -> list[datetime]:
    return [start + SECOND * count for count in range(round(minutes * 60))]


@pytest.mark.parametrize(
    ("text", "weekdays", "at"),
    [
        ("Mo Mi Fr 18:00", {0, 2, 4}, time(18)),
        ("Mo, Mi und Fr um 18 Uhr", {0, 2, 4}, time(18)),
        ("montags 9.05", {0}, time(9, 5)),
        ("jeden Dienstag 9:05 Uhr", {1}, time(9, 5)),
        ("Mo-Fr 18:30", {0, 1, 2, 3, 4}, time(18, 30)),
        ("Sa–Mo 8:00", {5, 6, 0}, time(8)),
        ("täglich 7:30", set(DAILY), time(7, 30)),
        ("7:30", set(DAILY), time(7, 30)),
        ("Mo - Fr 7:30", {0, 1, 2, 3, 4}, time(7, 30)),
        ("Montag bis Freitag um 7 Uhr 30", {0, 1, 2, 3, 4}, time(7, 30)),
        ("Mo. – Mi., Sonnabend 9h", {0, 1, 2, 5}, time(9)),
        ("werktags 18 Uhr", {0, 1, 2, 3, 4}, time(18)),
        ("am Wochenende, 10:00", {5, 6}, time(10)),
        ("jeden Tag 18.30 Uhr", set(DAILY), time(18, 30)),
    ],
)
def test_set_times_as_a_person_writes_them(text: str, weekdays: set[int], at: time) -> None:
    assert parse_invitation(text) == Invitation(frozenset(weekdays), at)


@pytest.mark.parametrize("text", ["", "Mo", "Mo 24:00", "Mo 18:60", "Moin 18:00", "Mo- 18:00 x"])
def test_what_is_no_set_time_is_refused_with_a_mend(text: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_invitation(text)
    assert caught.value.mend


@pytest.mark.parametrize("text", ["22:00-07:00", "22 – 7 Uhr", "22 Uhr bis 7:00", "22.00 - 7.00"])
def test_quiet_hours_as_a_person_writes_them(text: str) -> None:
    assert parse_quiet_hours(text) == NIGHT


def test_an_empty_text_means_no_quiet_hours() -> None:
    assert parse_quiet_hours(" ") is None


@pytest.mark.parametrize("text", ["22:00", "22:00-", "7-7", "nachts", "1-2-3"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        parse_quiet_hours(text)


def test_quiet_hours_span_midnight_and_end_before_their_end() -> None:
    assert [NIGHT.contain(time(hour)) for hour in (21, 22, 0, 6, 7)] == [0, 1, 1, 1, 0]
    noon = QuietHours(time(12), time(14))
    assert [noon.contain(time(hour)) for hour in (11, 12, 13, 14)] == [0, 1, 1, 0]


def test_it_invites_once_at_the_set_time() -> None:
    assert _invited(_reminders("Mi 18:00"), _seconds(SIX - SECOND * 60, 30)) == [SIX]


def test_it_invites_again_on_the_next_day_that_is_set() -> None:
    hours = [SIX + timedelta(hours=count) for count in range(24 * 14)]
    invited = _invited(_reminders("Mo Mi 18:00"), hours)
    assert [(now.strftime("%a"), now.hour) for now in invited] == [
        ("Wed", 18),
        ("Mon", 18),
        ("Wed", 18),
        ("Mon", 18),
    ]


def test_a_little_late_is_fine_but_an_hour_is_not() -> None:
    assert _reminders("Mi 18:00").take_due(SIX + timedelta(minutes=4))
    assert not _reminders("Mi 18:00").take_due(SIX + timedelta(hours=1))


def test_who_has_trained_in_another_room_since_the_start_is_left_alone() -> None:
    known: list[datetime] = []
    reminders = Reminders([parse_invitation("18:00")], None, lambda: known)
    assert reminders.take_due(SIX)
    known.append(SIX + timedelta(hours=20))
    assert not reminders.take_due(SIX + timedelta(days=1))
    assert reminders.take_due(SIX + timedelta(days=2))


def test_who_has_trained_today_is_left_alone() -> None:
    reminders = _reminders("täglich 18:00")
    reminders.trained(SIX.replace(hour=9))
    assert not reminders.take_due(SIX)
    assert reminders.take_due(SIX + timedelta(days=1))


def test_a_set_time_in_the_quiet_hours_is_not_made_up_for_at_their_end() -> None:
    reminders = _reminders("6:58")
    assert _invited(reminders, _seconds(SIX.replace(hour=6, minute=57), 10)) == []


def test_two_times_that_came_together_make_one_invitation() -> None:
    reminders = _reminders("18:00", "18:02", "Mi 18:00")
    assert _invited(reminders, _seconds(SIX + timedelta(minutes=3), 10)) == [
        SIX + timedelta(minutes=3)
    ]


def test_shortly_before_midnight_counts_for_the_day_that_ends() -> None:
    late = SIX.replace(hour=23, minute=58)
    assert _reminders("Mi 23:58", quiet=None).take_due(late + timedelta(minutes=4))
    reminders = _reminders("Mi 23:58", quiet=None)
    reminders.trained(SIX)
    assert not reminders.take_due(late + timedelta(minutes=4))


def test_the_hour_that_comes_twice_in_autumn_invites_once() -> None:
    reminders = _reminders("So 2:30", quiet=None)
    first = _seconds(datetime(2026, 10, 25, 2, 0), 60)
    assert len(_invited(reminders, first + first)) == 1


def test_the_hour_that_is_left_out_in_spring_is_left_out() -> None:
    reminders = _reminders("So 2:30", "So 3:10", quiet=None)
    before, after = datetime(2026, 3, 29, 1, 59), datetime(2026, 3, 29, 3, 0)
    moments = _seconds(before, 1) + _seconds(after, 30)
    assert _invited(reminders, moments) == [after.replace(minute=10)]


def test_a_clock_that_was_years_ahead_costs_no_later_invitation() -> None:
    reminders = _reminders("18:00")
    assert _invited(reminders, [SIX.replace(year=2036), SIX]) == [SIX.replace(year=2036), SIX]


times = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
invitations = st.builds(Invitation, st.frozensets(st.integers(0, 6), min_size=1), times)
quiet_hours = st.none() | st.builds(QuietHours, times, times).filter(lambda q: q.start != q.end)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 21))


@st.composite
def wandering_clocks(draw: st.DrawFn) -> list[datetime]:
    """Clocks that run, stand still, sleep, and are put ahead and back."""
    now, shown = draw(moments), []
    steps = st.integers(0, 400) | st.sampled_from([3_600, -3_600, -86_400, 86_400, -7, 39_600])
    for step in draw(st.lists(steps, max_size=60)):
        now += timedelta(seconds=step)
        shown.append(now)
    return shown


@given(
    st.lists(invitations, max_size=4),
    quiet_hours,
    st.lists(moments, max_size=3),
    wandering_clocks(),
)
def test_every_invitation_has_a_set_time_of_its_own(
    set_times: list[Invitation],
    quiet: QuietHours | None,
    trained: list[datetime],
    clock: list[datetime],
) -> None:
    reminders = Reminders(set_times, quiet)
    for at in trained:
        reminders.trained(at)
    used: set[datetime] = set()
    for now in clock:
        if not reminders.take_due(now):
            continue
        reasons = {at for one in set_times if (at := one.latest(now))} - used
        assert reasons, "not twice for the same time"
        assert all(timedelta(0) <= now - at < GRACE for at in reasons)
        assert any(at.weekday() in one.weekdays for one in set_times for at in reasons)
        assert not (quiet and quiet.contain(now.time()))
        assert now.date() not in {at.date() for at in trained}
        used |= reasons


@given(invitations, moments, st.integers(60, 299))
def test_a_clock_that_runs_misses_no_set_time(
    set_time: Invitation, start: datetime, step_seconds: int
) -> None:
    """Each set time of the first day is invited at: exactly once, at the first look after it."""
    reminders = Reminders([set_time])
    looks = [start + timedelta(seconds=step_seconds) * n for n in range(86_400 // step_seconds)]
    at = datetime.combine(start.date(), set_time.at)
    if at < start:
        at += timedelta(days=1)
    expected = [now for now in looks if now >= at][:1] if at.weekday() in set_time.weekdays else []
    invited = [now for now in _invited(reminders, looks) if now >= at]
    assert invited == expected
