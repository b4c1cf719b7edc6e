"""Programmes: chosen by name, with what has to be asked before, and gone through to the end."""

from datetime import timedelta

import pytest

from skill.messages.notes import AgeTold, HistoryEntry, PlanAt, PlanOver
from tests.coach.stage import EVENING, stage_for, stage_in

PROGRAMMES = (
    *("rueckentraining", "rueckentraining-kurz", "rueckentraining-lang", "intervalltraining"),
    *("widerstand", "beweglichkeit", "entspannung"),
)


def chosen(content, programme, **options):
    stage = stage_for(content, **options)
    stage.until("safety.ask").until_quiet().say("yes")
    stage.until_quiet().say("programme", programme)
    return stage


def test_all_programmes_are_known_here(content):
    assert {one.id for one in content.programmes} == set(PROGRAMMES)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_programme_is_trained_to_its_end(content, programme):
    stage = chosen(content, programme)
    answers = {"menu.age": ("age", "middle"), "menu.material": ("no", "")}
    wanted = len(content.programme(programme).exercises) * content.programme(programme).rounds
    for _ in range(2_000):
        if stage.state == "summary":
            break
        if stage.state in answers:
            stage.until_quiet().say(*answers[stage.state])
        elif stage.state == "exercise.position":
            stage.until_quiet().say("next")
        stage.wait(2.0)
    assert stage.state == "summary"
    assert stage.states.count("exercise.feedback") == wanted
    assert f"{programme}.introduction" in stage.line_ids
    assert PlanOver() in stage.notes
    stage.until("finished")


def test_the_age_is_asked_once(content):
    stage = chosen(content, "intervalltraining")
    assert stage.state == "menu.age"
    stage.until_quiet().say("age", "older")
    assert AgeTold("older") in stage.notes
    assert stage.state == "exercise.introduce"
    told = [HistoryEntry("", EVENING - timedelta(days=3), AgeTold("older"))]
    assert chosen(content, "intervalltraining", entries=told).state == "exercise.introduce"


def test_the_age_scales_rounds_and_phases(content):
    def position(group):
        stage = chosen(content, "intervalltraining")
        stage.until_quiet().say("age", group)
        return stage.until("exercise.position").until_quiet()

    ages = content.exercise("intervalle").ages
    assert ages["young"].repetitions != ages["older"].repetitions
    young, older = (position(group).coach._training for group in ("young", "older"))
    assert young.planned == ages["young"].repetitions
    assert older.planned == ages["older"].repetitions
    lengths = [[phase.seconds for phase in one.current.phases] for one in (young, older)]
    assert lengths[0] != lengths[1]


def test_who_keeps_the_age_secret_gets_the_gentle_way(content):
    stage = chosen(content, "intervalltraining")
    stage.until_quiet().say("no")
    assert AgeTold("older") in stage.notes


def test_without_a_band_other_exercises_take_its_place(content):
    programme = content.programme("widerstand")
    for answer in ("yes", "no"):
        stage = chosen(content, "widerstand")
        assert stage.state == "menu.material"
        assert "Gummiband" in stage.texts[-1]
        stage.until_quiet().say(answer)
        assert stage.state == "exercise.introduce"
        plan = [one.id for one in stage.coach._training.plan.exercises]
        assert set(plan).isdisjoint(programme.instead) == (answer == "no")


def test_a_programme_may_be_named_in_the_middle_of_another(content):
    stage = stage_in("exercise.rest", content)
    stage.say("programme", "entspannung")
    assert stage.state == "exercise.introduce"
    assert stage.notes[-1] == PlanAt(("muskelentspannung",), 0, "entspannung")


def test_a_pause_in_a_long_exercise_goes_on_with_the_phase_that_was_running(content):
    stage = chosen(content, "entspannung")
    stage.until("exercise.position").until_quiet().say("next")
    stage.until_said("muskelentspannung.hände-anspannen", limit_seconds=200).wait(1.0)
    said = stage.line_ids.count("muskelentspannung.ankommen")
    stage.say("pause")
    stage.until_quiet().wait(30).say("next")
    stage.until_said("muskelentspannung.hände-anspannen", limit_seconds=20)
    assert stage.line_ids.count("muskelentspannung.ankommen") == said


# --- resuming --------------------------------------------------------------------------------


def broken_off(hours_ago, index=1):
    at = EVENING - timedelta(hours=hours_ago)
    plan = PlanAt(("bruecke", "roll-up", "bein-anheben"), index, "rueckentraining")
    return [HistoryEntry("", at, plan)]


def asked(content, entries):
    stage = stage_for(content, entries)
    stage.until("safety.ask").until_quiet().say("yes")
    return stage.until_quiet()


def test_what_was_broken_off_is_gone_on_with(content):
    stage = asked(content, broken_off(2))
    assert stage.state == "menu.resume"
    assert "Roll Up" in stage.texts[-1]
    stage.say("yes")
    assert stage.state == "exercise.introduce"
    plan = [one.id for one in stage.coach._training.plan.exercises]
    assert plan == ["roll-up", "bein-anheben"]


def test_a_no_is_not_asked_again(content):
    stage = asked(content, broken_off(2))
    stage.say("no")
    assert stage.state == "menu.ask"
    assert PlanOver() in stage.notes
    assert asked(content, [*broken_off(2), *stage.entries]).state == "menu.ask"


@pytest.mark.parametrize("entries", [[], broken_off(30)])
def test_nothing_is_to_be_gone_on_with(content, entries):
    assert asked(content, entries).state == "menu.ask"


def test_a_session_cut_off_anywhere_can_be_resumed(content):
    """What was noted until then is all that the next session knows."""
    stage = stage_in("exercise.rest", content)
    assert asked(content, stage.entries).state == "menu.resume"
    stage.until("exercise.introduce").until("exercise.position")
    resumed = asked(content, stage.entries)
    assert "Roll Up" in resumed.texts[-1]


def test_a_plan_trained_to_its_end_is_over(content):
    stage = stage_in("summary", content)
    assert asked(content, stage.entries).state == "menu.ask"
