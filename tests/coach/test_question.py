"""An answer counts only once its question has begun to sound."""

import pytest

from skill.coach.question import Question
from skill.content.states import STATES
from skill.messages.cues import Say
from skill.messages.heard import Command, Decision, Heard
from tests.coach.stage import stage_for, stage_in


def heard(name, start_seconds):
    return Heard(Command(name), "…", 0.9, start_seconds, 99.0, 99.0, Decision.FINAL)


def question(line="safety.ask_known", at_seconds=10.0, state="safety.ask"):
    question = Question(STATES[state])
    question.take_note(Say("…", 1, line, at_seconds), 9.5)
    return question


@pytest.mark.parametrize(("start", "outruns"), [(9.9, True), (10.0, False)])
def test_what_began_before_the_question_is_no_answer(start, outruns):
    assert question().is_outrun_by(heard("yes", start)) == outruns


def test_no_answer_counts_before_the_question_is_asked():
    assert question(line="safety.intro").is_outrun_by(heard("no", 50.0))


def test_the_options_are_not_the_question():
    assert question(line="options.safety.ask").is_outrun_by(heard("yes", 50.0))


def test_names_and_numbers_need_no_question():
    early = question(line="menu.cleared", state="menu.ask")
    assert not early.is_outrun_by(heard("exercise", 0.0))


def test_states_that_ask_nothing_take_everything():
    assert not question(state="welcome", line="welcome.hello").is_outrun_by(heard("yes", 0.0))


def test_a_question_that_was_cut_before_it_sounded_has_not_been_asked():
    cut = question(at_seconds=10.0)
    cut.take_note(Say("…", 2, "volume.loudest", 9.8), 9.8)
    assert cut.is_outrun_by(heard("yes", 10.5))
    cut.take_note(Say("…", 3, "safety.ask", 12.0), 11.8)
    assert not cut.is_outrun_by(heard("yes", 12.0))


def test_a_question_asked_before_a_pause_counts_as_asked_when_all_is_said():
    late = question(line="paused.resume")
    late.all_said(12.0)
    assert not late.is_outrun_by(heard("yes", 12.5))


@pytest.mark.parametrize("name", ["yes", "next", "resume"])
def test_an_answer_before_the_position_is_described_is_none(name):
    early = question(line="bruecke.position", state="exercise.position")
    assert early.is_outrun_by(heard(name, 9.9))


def test_to_skip_an_exercise_needs_no_question():
    early = question(line="bruecke.position", state="exercise.position")
    assert not early.is_outrun_by(heard("skip", 9.9))
    assert question(line="pain.ask", state="pain.ask").is_outrun_by(heard("skip", 9.9))


# --- on the stage ----------------------------------------------------------------------------


def test_a_yes_to_the_greeting_and_one_to_the_announcement_are_no_consent(content):
    stage = stage_for(content).wait(1.0)
    stage.say("yes")
    assert stage.state == "safety.ask"
    assert stage.wait(0.5).say("yes") == []
    stage.until_said("safety.ask").until_quiet()
    assert stage.state == "safety.ask"
    stage.say("yes")
    assert stage.state == "menu.ask"


def test_a_yes_that_began_before_the_question_and_ended_in_it_is_no_consent(content):
    stage = stage_for(content).until_said("safety.ask").wait(0.7)
    assert stage.is_speaking
    assert stage.say_late("yes", seconds=1.5) == []
    stage.say_late("yes", seconds=0.1)
    assert stage.state == "menu.ask"


def test_a_no_before_the_question_ends_no_training(content):
    stage = stage_for(content).until("safety.ask").wait(0.5)
    stage.say("no")
    assert stage.until_quiet().state == "safety.ask"


@pytest.mark.parametrize(
    "state", ["who", "menu.material", "menu.resume", "menu.age", "pain.offer", "pain.ask"]
)
@pytest.mark.parametrize("answer", ["yes", "no", "next"])
def test_answers_come_after_their_questions(content, state, answer):
    stage = stage_in(state, content, quiet=False)
    assert stage.say_late(answer, seconds=0.5) == []
    assert stage.until_quiet().state == state


def test_a_name_counts_before_anybody_asks_for_it(content):
    stage = stage_in("who", content, quiet=False)
    stage.say_late("guest", seconds=0.5)
    assert stage.state == "safety.ask"


def test_behind_a_pause_in_the_options_an_answer_counts(content):
    stage = stage_in("safety.ask", content)
    stage.say("help")
    stage.wait(0.5).say("pause")
    stage.until_quiet().say("next")
    stage.until_quiet().say("yes")
    assert stage.state == "menu.ask"


def test_an_exercise_that_is_skipped_over_its_short_introduction_is_left_out(content):
    stage = stage_in("exercise.introduce", content)
    stage.until("exercise.position").say_late("skip", seconds=1.0)
    assert stage.state == "exercise.introduce"
    assert stage.line_ids[-1] == "roll-up.introduction"
