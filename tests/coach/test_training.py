import pytest

from skill.coach.actions import (
    begin_set,
    change_side,
    choose_all,
    choose_count,
    choose_exercise,
    finish,
    hold,
    next_exercise,
)
from skill.coach.guards import has_trained
from skill.coach.hurting import hurt
from skill.coach.training import Training
from skill.messages.heard import Command
from skill.messages.notes import Outcome


@pytest.fixture
def training(content, trainee):
    training = Training(content, trainee)
    training.state = "menu.ask"
    choose_all(training)
    return training


def choose(training, name, slot):
    training.command = Command(name, slot)
    (choose_exercise if name == "exercise" else choose_count)(training)


def test_all_means_the_exercises_of_the_first_programme_in_order(training, content):
    assert training.plan.exercises == content.exercises[:3]
    assert training.current.id == "bruecke"


def test_a_number_from_the_menu_counts_for_all_exercises_within_their_range(training):
    training.state = "menu.count"
    choose(training, "number", "14")
    assert [training.plan.suggested(one) for one in training.plan.exercises] == [14, 12, 14]


def test_a_number_in_position_counts_for_this_exercise_only(training):
    training.state = "exercise.position"
    choose(training, "number", "3")
    assert [training.plan.suggested(one) for one in training.plan.exercises] == [3, 5, 6]


def test_zero_becomes_the_least(training):
    training.state = "menu.count"
    choose(training, "number", "0")
    assert training.plan.suggested(training.current) == training.current.repetitions.least


def test_an_exercise_of_the_plan_is_jumped_to(training):
    training.state = "exercise.position"
    choose(training, "exercise", "bein-anheben")
    assert training.current.id == "bein-anheben"
    assert len(training.plan) == 3


def test_an_exercise_gone_by_is_trained_alone(training):
    next_exercise(training)
    training.state = "exercise.position"
    choose(training, "exercise", "bruecke")
    assert [one.id for one in training.plan.exercises] == ["bruecke"]


def test_the_other_side_gets_as_many_repetitions_as_the_first(training):
    choose(training, "exercise", "vierfuessler")
    begin_set(training)
    for _ in range(3):
        training.count_repetition()
    change_side(training)
    begin_set(training)
    assert (training.remaining, training.completed) == (3, 0)


def test_totals_add_up_over_sets_and_sides(training):
    for _ in range(2):
        begin_set(training)
        training.count_repetition()
        finish(training)
    assert [(one.id, sums) for one, sums in training.sets.totals()] == [("bruecke", [2])]


def test_a_set_without_repetitions_is_not_in_the_totals(training):
    begin_set(training)
    assert training.sets.totals() == []
    assert not has_trained(training)


def test_a_set_ends_complete_or_with_enough(training):
    begin_set(training)
    for _ in range(training.target):
        training.count_repetition()
    finish(training)
    next_exercise(training)
    begin_set(training)
    training.count_repetition()
    finish(training)
    assert [one.outcome for one in training.sets.all] == [Outcome.COMPLETE, Outcome.ENOUGH]


def test_a_set_is_complete_when_every_side_of_it_is(training):
    choose(training, "exercise", "vierfuessler")
    begin_set(training)
    for _ in range(2):
        training.count_repetition()
    change_side(training)
    choose(training, "number", "3")
    begin_set(training)
    for _ in range(3):
        training.count_repetition()
    finish(training)
    assert training.sets.all[-1].outcome is Outcome.ENOUGH


def test_pain_ends_the_set_and_asks_for_a_way_out_of_the_posture(training):
    begin_set(training)
    training.count_repetition()
    training.state = "exercise.repeat"
    hurt(training)
    assert training.sets.all[-1].outcome is Outcome.PAIN
    assert training.is_in_posture


def test_pain_in_a_pause_counts_where_the_pause_was_made(training):
    training.state = "exercise.repeat"
    hold(training)
    training.state = "paused"
    hurt(training)
    assert training.is_in_posture


def test_pain_in_the_menu_needs_no_way_out_and_drops_the_plan(training):
    hurt(training)
    assert not training.is_in_posture
    assert training.plan.exercises == ()
