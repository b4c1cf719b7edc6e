"""Sides that take turns: right, left, right, left, and one count for both."""

import pytest

from skill.coach.actions import begin_set, finish
from skill.coach.guards import has_other_side
from skill.coach.training import Training
from skill.messages.notes import Load, Outcome, SetDone
from tests.coach.stage import nobody, stage_in


@pytest.fixture
def training(content):
    made = Training(content, nobody(content))
    made.plan.set((content.exercise("bein-anheben"),))
    begin_set(made)
    made.target = 2
    return made


@pytest.fixture
def stage(content):
    made = stage_in("menu.ask", content)
    made.say("exercise", "bein-anheben")
    made.until_quiet().say("number", "2")
    made.until("exercise.position").until_quiet().say("next")
    return made


def calls(stage):
    wanted = ("bein-anheben.rechts", "bein-anheben.links", "repeat.count", "repeat.last")
    return [line.rpartition(".")[2] for line in stage.line_ids if line in wanted]


def test_the_sides_take_turns_until_each_has_all(training):
    turns = []
    while training.remaining:
        turns.append(training.side_index)
        training.count_repetition()
        assert not has_other_side(training)
    assert turns == [0, 1, 0, 1]
    finish(training)
    assert training.sets.last.completed == [2, 2]


def test_a_set_begun_anew_begins_with_the_first_side(training):
    training.count_repetition()
    assert training.side_index == 1
    assert training.planned == training.plan.suggested(training.current)
    begin_set(training)
    assert (training.side_index, training.sets.last.completed) == (0, [0, 0])


def test_each_side_is_called_and_both_are_counted_as_one(stage):
    stage.until("exercise.feedback")
    assert calls(stage) == ["rechts", "links", "count", "last", "rechts", "links", "count"]
    assert "exercise.change" not in stage.states
    assert stage.line_ids.count("repeat.breathe_in") == 1
    assert SetDone("bein-anheben", (2, 2), Load(2), Outcome.COMPLETE) in stage.notes


def test_it_tells_which_leg_is_moved(stage):
    stage.until_said("bein-anheben.links").wait(1.0).say("which_exercise")
    assert stage.texts[-1] == "Bein anheben, linkes Bein."


def test_a_pause_goes_on_with_the_same_side(stage):
    stage.until_said("bein-anheben.links").wait(1.0).say("pause")
    stage.until_quiet().say("next")
    stage.until("exercise.feedback")
    assert calls(stage) == ["rechts", "links", "links", "count", "last", "rechts", "links", "count"]


def test_enough_in_between_ends_the_set(stage):
    stage.until_said("repeat.count").wait(1.0)
    stage.until_said("bein-anheben.links").say("done")
    assert stage.state == "exercise.feedback"
    assert SetDone("bein-anheben", (2, 1), Load(2), Outcome.ENOUGH) in stage.notes


def test_with_one_foot_standing_one_side_comes_after_the_other(content):
    easier = content.exercise("bein-anheben").easier
    assert [side.name for side in easier.sides] == ["rechts", "links"]
    assert not easier.alternating
