"""Pain: out of the exercise first, then what there is to know, and nothing that loads the place."""

from datetime import timedelta
from typing import get_args

import pytest

from skill.coach.complaint import Complaint, loads_of, named_places
from skill.content.exercise import BodyPart
from skill.content.loader import load_content
from skill.content.states import STATES
from skill.messages.cues import Say
from skill.messages.notes import HistoryEntry, Level, PlanOver
from tests.coach.stage import EVENING, Stage, stage_for, stage_in

EXERCISES = [one.id for one in load_content().exercises]
QUESTIONS = ("pain.ask", "pain.where", "pain.spread", "pain.offer")
EMERGENCY_CALL = "eins eins zwei"


def in_exercise(content, exercise: str, state: str = "exercise.position", **options) -> Stage:
    """Return a stage in the middle of this exercise."""
    stage = stage_for(content, **options).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until_quiet().say("exercise", exercise)
    stage.until_true(lambda: stage.state != "menu.ask")
    for waiting, answer in (("menu.age", ("age", "middle")), ("menu.count", ("next",))):
        if stage.state == waiting:
            stage.until_quiet().say(*answer)
    if state == "exercise.introduce":
        return stage.wait(2)
    stage.until("exercise.position").until_quiet()
    if state == "exercise.repeat":
        stage.say("next")
        stage.until(state).wait(6)
    return stage


def in_programme(content, *exercises: str) -> Stage:
    """Return a stage in position for the first of these exercises."""
    programme = content.programme("rueckentraining").model_copy(update={"exercises": exercises})
    fields = {name: getattr(content, name) for name in type(content).model_fields}
    changed = type(content)(**(fields | {"programmes": (programme,)}))
    stage = stage_for(changed).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until_quiet().say("programme", "rueckentraining")
    return stage.until("exercise.position").until_quiet()


def said_since(stage, count):
    """Return the ids of the lines said, one behind the other only once."""
    lines = stage.line_ids[count:]
    return [one for index, one in enumerate(lines) if lines[index - 1 : index] != [one]]


# --- the way out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "sign"),
    [*((one, "") for one in EXERCISES), *(("bruecke", one) for one in ("chest", "dizzy", "numb"))],
)
@pytest.mark.parametrize("state", ["exercise.position", "exercise.repeat"])
def test_the_first_words_lead_out_of_the_exercise_within_a_second(content, exercise, state, sign):
    stage = in_exercise(content, exercise, state)
    first = next(cue for cue in stage.say("pain", sign=sign) if isinstance(cue, Say))
    assert first.line == f"{exercise}.leave"
    assert (first.at_seconds or stage.now) - stage.now <= 1.0


def test_a_variant_in_another_position_has_a_way_out_of_its_own(content):
    stage = in_exercise(content, "muskelentspannung", "exercise.introduce")
    stage.say("variant", "easier")
    stage.until("exercise.position").until_quiet().say("pain")
    assert stage.texts[-1].startswith(("Lass alles los und lehn dich an", "Löse behutsam jede"))
    assert "auf die Seite" not in " ".join(stage.until_quiet().texts[-3:])


# --- what is asked ---------------------------------------------------------------------------


def test_whether_it_is_gone_where_it_is_and_whether_it_spreads(content):
    stage = stage_in("exercise.repeat", content)
    before = len(stage.line_ids)
    stage.say("pain")
    stage.answer_on_pain()
    assert said_since(stage, before) == [
        *("bruecke.leave", "pain.at_once", "pain.ask", "pain.where", "pain.spread"),
        *("pain.doctor", "pain.offer"),
    ]


def test_a_place_that_was_named_is_not_asked_for(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("pain", words="aua mein rücken")
    stage.answer_on_pain()
    assert "pain.where" not in stage.states


def test_aua_on_the_way_out_is_asked_about_behind_it_and_a_later_one_is_an_answer(content):
    stage = stage_in("pain.leave", content)
    stage.say("pain")
    stage.until("pain.ask", 30).until_quiet().say("pain")
    assert stage.until("pain.where", 30)


def test_a_place_may_be_told_as_pain(content):
    stage = stage_in("pain.where", content)
    stage.say("pain", words="mir tut das knie weh")
    assert stage.until("pain.spread", 30)


def test_outside_of_an_exercise_no_place_is_asked_for_and_none_is_spared(content):
    stage = stage_in("menu.ask", content)
    stage.say("pain", words="mein rücken tut weh")
    stage.answer_on_pain().say("next")
    assert "pain.where" not in stage.states
    stage.until_quiet().say("exercise", "bruecke")
    assert stage.state == "menu.count"


def test_what_radiates_or_tingles_is_a_warning_sign(content):
    stage = stage_in("pain.spread", content)
    stage.say("yes")
    assert stage.state == "pain.sign"
    stage.until_quiet().say("next")
    assert stage.state == "pain.sign"
    assert any("Taubheit zwischen den Beinen" in text for text in stage.texts)


def test_the_chest_is_an_emergency(content):
    stage = stage_in("pain.where", content)
    stage.say("body_part", "chest")
    assert (stage.state, stage.line_ids[-1]) == ("pain.sign", "sign.emergency")


def test_the_chest_is_an_emergency_in_whatever_words(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("pain", words="aua meine brust")
    stage.until("pain.sign", 60)
    assert "sign.emergency" in stage.line_ids


def test_nothing_goes_on_before_it_is_gone(content):
    stage = stage_in("pain.ask", content)
    stage.say("no")
    stage.until_quiet().say("body_part", "back")
    stage.until_quiet().say("no")
    assert "pain.stays" in stage.until_quiet().line_ids
    for command, slot in (("next", ""), ("another", ""), ("exercise", "wandstuetz")):
        stage.until("pain.offer").until_quiet().say(command, slot)
        assert stage.state == "pain.ask", command
        stage.until_quiet().say("no")
    stage.until("pain.offer").until_quiet().say("next")
    stage.until_quiet().say("yes")
    stage.until_quiet().say("next")
    assert stage.state == "exercise.introduce"


@pytest.mark.parametrize("command", ["next", "yes", "no"])
def test_who_does_not_know_where_it_is_need_not_say(content, command):
    stage = stage_in("pain.where", content)
    stage.say(command)
    assert stage.state == "pain.spread"


def test_who_wants_something_else_at_once_need_not_answer(content):
    stage = stage_in("pain.ask", content)
    stage.say("another")
    stage.until_quiet().say("exercise", "roll-up")
    assert (stage.state, stage.line_ids[-1]) == ("menu.ask", "pain.loads")


@pytest.mark.parametrize("state", ["pain.leave", "pain.ask", "pain.where", "pain.spread"])
def test_who_ends_it_before_the_advice_hears_it_all_the_same(content, state):
    stage = stage_in(state, content)
    stage.say("quit")
    stage.until("finished", 60)
    assert "pain.doctor" in stage.line_ids


# --- what comes next -------------------------------------------------------------------------


def test_what_loads_the_same_place_is_left_out_and_the_rest_is_easier(content):
    stage = in_programme(content, "bruecke", "roll-up", "wandstuetz", "bein-anheben")
    stage.say("pain")
    stage.answer_on_pain("back").say("next")
    assert stage.line_ids[-1] == "pain.other"
    assert "pain.spared" in stage.until_quiet(90).line_ids
    assert stage.until("exercise.position").until_quiet()
    said = stage.line_ids[stage.line_ids.index("pain.spared") :]
    assert "wandstuetz.introduction" in said
    assert "wandstuetz.easier" in said
    assert not [one for one in said if one.startswith(("roll-up", "bein-anheben"))]
    stage.say("next")
    stage.until("summary", 300)


def test_where_all_of_it_loads_the_place_something_gentle_comes_instead(content):
    stage = in_programme(content, "bruecke", "roll-up", "bein-anheben")
    stage.say("pain")
    stage.answer_on_pain("back").say("next")
    stage.until_said("muskelentspannung.introduction")


@pytest.mark.parametrize("place", get_args(BodyPart))
@pytest.mark.parametrize("exercise", ["bruecke", "vierfuessler", "rudern"])
def test_no_next_exercise_loads_what_hurts(content, exercise, place):
    stage = in_exercise(content, exercise)
    stage.say("pain")
    before = len(stage.answer_on_pain(place).lines)
    stage.say("next")
    stage.until("exercise.position", 120).until_quiet()
    named = {tuple(one.split(".")) for one in stage.line_ids[before:]}
    introduced = {one for one, line in named if line in ("introduction", "short", "position")}
    assert introduced == {one for one, line in named if line == "position"}
    assert len(introduced) == 1
    assert place not in loads_of(content.exercise(*introduced))


def test_a_place_that_is_not_named_is_whatever_the_exercise_loads():
    bruecke = load_content().exercise("bruecke")
    assert Complaint(bruecke).spared == loads_of(bruecke)
    assert Complaint(bruecke, places=frozenset({"back"})).spared == {"back"}
    assert Complaint(bruecke, frozenset({"arms"}), frozenset({"back"})).spared == {"arms", "back"}
    assert Complaint(None, frozenset({"arms"})).spared == {"arms"}


def test_an_exercise_of_which_nobody_knows_what_it_loads_loads_all():
    own = load_content().exercise("bruecke").model_copy(update={"loads": None})
    assert loads_of(own) == {*get_args(BodyPart)}


@pytest.mark.parametrize("state", ["pain.offer", "menu.ask"])
def test_what_loads_the_place_is_not_for_today_even_if_it_is_asked_for(content, state):
    stage = stage_in("pain.offer", content)
    if state == "menu.ask":
        stage.say("another")
        stage.until_quiet()
    for command, slot in (("exercise", "roll-up"), ("programme", "rueckentraining")):
        stage.say(command, slot)
        assert stage.state == state
        assert "pain.loads" in stage.line_ids[-2:]
        stage.until_quiet()
    stage.say("exercise", "wandstuetz")
    assert stage.state in ("menu.count", "exercise.introduce")


def test_everything_there_is_leads_to_what_is_left(content):
    stage = stage_in("pain.offer", content)
    stage.say("another")
    stage.until_quiet().say("all")
    before = len(stage.until_quiet().lines)
    stage.say("next")
    assert stage.line_ids[before:] == ["muskelentspannung.introduction"]
    stage.until_said("muskelentspannung.position")


def test_nothing_rises_after_a_pain(content):
    past = [HistoryEntry("", EVENING - timedelta(days=1), PlanOver())]
    stage = stage_for(content, past)
    assert not stage.coach._training.plan.sore
    stage = stage_in("pain.offer", content)
    stage.say("exercise", "wandstuetz")
    stage.until("exercise.position")
    plan = stage.coach._training.plan
    assert plan.load.level is Level.EASIER
    assert not plan.rises_next()


def test_a_plan_that_hurt_is_not_resumed(content):
    assert PlanOver() in stage_in("pain.offer", content).notes


def test_somebody_else_is_spared_nothing(content):
    stage = in_exercise_of(content, "anna")
    stage.say("pain")
    stage.answer_on_pain().say("pause")
    stage.until_quiet().say("person", "bernd")
    stage.until_quiet().say("yes")
    stage.until_quiet().say("exercise", "bruecke")
    assert stage.state == "menu.count"


def in_exercise_of(content, person):
    stage = stage_for(content, people=("Anna", "Bernd")).until("who").until_quiet()
    stage.say("person", person)
    stage.until_quiet().say("yes")
    stage.until_quiet().say("exercise", "bruecke")
    stage.until_quiet().say("next")
    return stage.until("exercise.position").until_quiet()


# --- silence, and calls for help -------------------------------------------------------------


@pytest.mark.parametrize("state", QUESTIONS)
def test_silence_is_asked_twice_then_told_where_help_is_and_never_left_alone(content, state):
    stage = stage_in(state, content)
    count = len(stage.line_ids)
    stage.until("paused", 60).until_quiet()
    assert said_since(stage, count) == [state, f"options.{state}", "sign.help", "pain.paused"]
    stage.until("standby", 300).wait(60)
    assert said_since(stage, count)[4:] == ["sign.help", "goodbye.silence"]


@pytest.mark.parametrize("command", ["help", "need_help"])
@pytest.mark.parametrize("state", [*QUESTIONS, "pain.leave", "pain.sign"])
def test_who_calls_for_help_after_pain_hears_where_it_is(content, state, command):
    stage = stage_in(state, content)
    stage.say(command)
    assert stage.state == state
    assert stage.line_ids[-1] == "sign.help"
    assert EMERGENCY_CALL in stage.texts[-1]


@pytest.mark.parametrize("command", ["help", "need_help"])
@pytest.mark.parametrize("state", ["paused", "standby"])
def test_and_so_does_who_calls_much_later(content, state, command):
    stage = stage_in("pain.ask", content).until(state, 300).until_quiet().wait(20)
    assert command in stage.coach.live_commands
    stage.say(command)
    assert "sign.help" in stage.line_ids[-2:]


def test_nobody_is_answered_in_a_standby_without_pain(content):
    assert not {"help", "need_help"} & stage_in("standby", content).coach.live_commands


@pytest.mark.parametrize("state", [one for one in STATES if one.startswith("exercise.")])
def test_who_needs_help_in_an_exercise_is_not_told_what_to_say(content, state):
    stage = stage_in(state, content)
    stage.say("need_help")
    assert (stage.state, stage.line_ids[-1]) == ("paused", "help.called")
    assert EMERGENCY_CALL in " ".join(stage.until_quiet().texts[-4:])
    stage.say("need_help")
    assert stage.line_ids[-1] == "sign.help"
    stage.until_quiet().say("next")
    assert stage.state == state


def test_in_the_menu_it_is_a_wish_to_hear_what_can_be_said(content):
    stage = stage_in("menu.ask", content)
    stage.say("need_help")
    assert stage.line_ids[-1] == "options.menu.ask"


# --- words -----------------------------------------------------------------------------------


def test_the_words_for_places_are_found_in_what_is_said(content):
    places = content.body_parts
    assert named_places("aua mein knie und der rücken", places) == {"legs", "back"}
    assert named_places("das tut weh", places) == frozenset()
    assert named_places("aua mein rück", places) == {"back"}
    assert named_places("", places) == frozenset()
    assert {*places.values()} == {*get_args(BodyPart), "chest"}


def test_every_exercise_says_what_it_loads_and_one_loads_nothing(content):
    assert all(one.loads is not None for one in content.exercises)
    assert any(one.loads == () for one in content.exercises)
