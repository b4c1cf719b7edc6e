import gc
import weakref
from itertools import pairwise

import pytest

from skill.coach.machine import Machine
from skill.coach.training import Training
from skill.coach.ways import RULES, TALKING, TRIGGERS
from skill.content.dialog_files import command_names
from skill.content.states import STATES

BY_ITSELF = {"begin", "invite", "spoken", "time_up", "set_over"}
BY_ITSELF |= {"deaf", "unheard", "restored"}


@pytest.fixture
def training(content, trainee):
    return Training(content, trainee)


@pytest.fixture
def machine(training):
    return Machine(training)


def leaves(machine):
    names = machine.inner.get_nested_state_names()
    return [name for name in names if not any(other.startswith(f"{name}.") for other in names)]


def test_the_states_are_those_of_the_table(machine):
    assert leaves(machine) == list(STATES)


def test_every_trigger_is_a_command_or_happens_by_itself():
    assert {*command_names(), *BY_ITSELF} >= TRIGGERS


def test_no_rule_stands_behind_one_that_always_holds():
    always = [(rule.trigger, rule.source) for rule in RULES if not rule.when]
    assert len(always) == len(set(always))
    for earlier, later in pairwise(RULES):
        if (earlier.trigger, earlier.source) == (later.trigger, later.source):
            assert earlier.when, later


def test_every_state_can_be_reached_and_left(machine):
    ways = [(rule.source, rule.dest) for rule in RULES]
    reached = {"standby"}
    for _ in STATES:
        reached |= {
            dest
            for source, dest in ways
            if any(s == source or s.startswith(f"{source}.") for s in reached)
        }
    assert reached == set(STATES)
    assert all(
        any(s in (state, state.split(".")[0]) for s, _ in ways)
        for state in leaves(machine)
        if state != "finished"
    )


@pytest.mark.parametrize("state", TALKING)
def test_a_pause_returns_to_where_it_was_made(machine, training, state):
    machine.inner.set_state(state, training)
    machine.fire("pause")
    assert training.state == "paused"
    machine.fire("resume")
    assert training.state == state


def test_each_session_is_in_a_state_of_its_own(content, trainee, machine, training):
    other = Training(content, trainee)
    beside = Machine(other)
    other.plan.set(content.exercises)
    machine.inner.set_state("menu.ask", training)
    beside.inner.set_state("exercise.position", other)
    machine.fire("pause")
    assert (training.state, other.state) == ("paused", "exercise.position")
    beside.fire("pain")
    machine.fire("resume")
    assert (machine.state, beside.state) == ("menu.ask", "pain.leave")


def test_a_session_that_is_over_is_forgotten(content, trainee):
    training = Training(content, trainee)
    Machine(training).fire("begin")
    over = weakref.ref(training)
    del training
    gc.collect()
    assert over() is None


@pytest.mark.parametrize("state", [state for state in STATES if state != "finished"])
def test_pain_is_obeyed_everywhere(machine, training, content, state):
    training.plan.set(content.exercises)
    machine.inner.set_state(state, training)
    assert machine.may("pain")
    machine.fire("pain")
    assert training.state == "pain.leave"


@pytest.mark.parametrize("state", [state for state in STATES if state != "finished"])
def test_stop_and_quit_are_obeyed_everywhere(machine, training, state):
    machine.inner.set_state(state, training)
    assert machine.may("stop")
    assert machine.may("quit") == (state != "standby")  # there only the wake phrase counts


def test_nobody_trains_before_the_safety_question_is_answered(machine, training):
    ways_in = {
        rule
        for rule in RULES
        if rule.dest.startswith("exercise.") and rule.source in ("paused", "pain.offer", "pain")
    }
    held = {rule for rule in ways_in if any("is_held_at" in guard for guard in rule.when)}
    paused = {rule for rule in ways_in if any(guard.startswith("was_") for guard in rule.when)}
    assert all("is_cleared" in rule.when for rule in ways_in - held - paused)


def test_an_unknown_trigger_is_not_possible(machine):
    assert not machine.may("tanzen")
