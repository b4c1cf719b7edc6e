"""The plan of a simulation: the same for the same seed, and with something of everything."""

from datetime import timedelta
from itertools import pairwise

import pytest

from workbench.soak.day import HOUR_SECONDS, PEOPLE, Kind, beginning, happenings


def whole_day(seed: int) -> list:
    return [one for hour in range(24) for one in happenings(seed, hour)]


def test_the_same_seed_gives_the_same_life() -> None:
    assert whole_day(3) == whole_day(3)
    assert whole_day(3) != whole_day(4)


def test_an_hour_is_planned_by_itself_and_in_order() -> None:
    for hour in range(24):
        times = [one.at_seconds for one in happenings(5, hour)]
        assert times == sorted(times)
        assert all(hour * HOUR_SECONDS <= at < (hour + 1) * HOUR_SECONDS for at in times)


@pytest.mark.parametrize("seed", range(8))
def test_a_short_run_tries_everything(seed: int) -> None:
    first = {one.kind for one in happenings(seed, 0)}
    assert first == set(Kind)


@pytest.mark.parametrize("seed", range(8))
def test_people_come_in_turns_and_mostly_by_day(seed: int) -> None:
    visits = [one for one in whole_day(seed) if one.kind is Kind.VISIT]
    assert 12 <= len(visits) <= 30
    assert {one.what for one in visits} >= set(PEOPLE)
    for one, other in pairwise(visits):
        assert one.at_seconds + one.seconds <= other.at_seconds
    hours = {(beginning(seed) + timedelta(seconds=one.at_seconds)).hour for one in visits}
    assert not hours & {23, 0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize(("seed", "jump"), [(2, -3600.0), (3, 3600.0)])
def test_the_clocks_change_once_at_night(seed: int, jump: float) -> None:
    jumps = [one for one in whole_day(seed) if one.kind is Kind.CLOCK_JUMPS]
    (change,) = [one for one in jumps if abs(one.seconds) > 300.0]
    assert change.seconds == jump
    at = beginning(seed) + timedelta(seconds=change.at_seconds)
    assert (at.hour, at.minute) == ((3, 0) if jump < 0 else (2, 0))
