"""The table of states."""

import pytest

from rueckgrat.observers.light import Light
from skill.content.states import FIRST, STATES, Waits

ROWS = pytest.mark.parametrize("state", STATES.values(), ids=STATES)


def test_a_session_begins_in_the_first_row():
    assert next(iter(STATES)) == FIRST


@ROWS
def test_what_waits_has_a_time_and_what_has_a_time_waits(state):
    has_time = state.seconds > 0 or state.exercise_seconds != ""
    assert has_time == (state.waits is not Waits.NOTHING)


@ROWS
def test_what_asks_waits(state):
    assert state.waits is not Waits.NOTHING or not (state.asks or state.must_be_heard)


@ROWS
def test_every_light_can_be_shown(state):
    assert Light[state.light.upper()]


@ROWS
def test_something_can_be_said_wherever_it_listens(state):
    assert bool(state.options) == (not (state.is_asleep or state.is_over))


def test_the_family_of_a_state_stands_together():
    parents = [state.parent for state in STATES.values()]
    together = dict.fromkeys(parents)
    assert parents == sorted(parents, key=list(together).index)
