"""Unsure whether something was a command: it asks back, once, and a yes makes it one."""

import pytest

from skill.coach.doubt import ASKED_BACK_SECONDS
from skill.messages.cues import Earcon, Hush, Say
from tests.coach.stage import stage_for, stage_in

PEOPLE = ("Anna", "Bernd")


def asked(cues):
    return [cue.text for cue in cues if isinstance(cue, Say)]


@pytest.mark.parametrize(
    ("state", "command", "slot", "question"),
    [
        ("exercise.position", "pause", "", "Pause?"),
        ("menu.ask", "exercise", "bruecke", "Die Brücke?"),
        ("menu.ask", "programme", "intervalltraining", "Intervalltraining?"),
        ("menu.count", "number", "8", "Acht?"),
    ],
)
def test_it_asks_briefly_and_a_yes_is_obeyed(content, state, command, slot, question):
    stage = stage_in(state, content)
    assert asked(stage.say_unclearly(command, slot)) == [question]
    assert stage.state == state
    stage.wait(2.0).say("yes")
    sure = stage_in(state, content)
    sure.say(command, slot)
    assert stage.state == sure.state != state


def test_in_a_repetition_it_asks_in_place_and_a_yes_counts(content):
    stage = stage_in("exercise.repeat", content)
    cues = stage.say_unclearly("pause")
    assert isinstance(cues[0], Hush)
    assert stage.line_ids[-1] == "asked.pause"
    assert {"yes", "no"} <= stage.coach.live_commands
    stage.wait(1.5).say("yes")
    assert stage.state == "paused"


def test_who_does_not_answer_trains_on(content):
    stage = stage_in("exercise.repeat", content)
    stage.say_unclearly("pause")
    stage.wait(ASKED_BACK_SECONDS + 1.0)
    assert "yes" not in stage.coach.live_commands
    assert stage.say("yes") == []
    stage.until("exercise.rest")
    assert [line.cue.text for line in stage.lines if line.cue.line == "repeat.count"] == [
        *("Eins.", "Zwei.")
    ]


def test_counting_along_does_not_close_the_question(content):
    stage = stage_in("exercise.repeat", content)
    stage.say_unclearly("pause")
    stage.wait(1.0).say("number", "3")
    stage.wait(1.0).say("yes")
    assert stage.state == "paused"


def test_a_no_gets_a_nod_and_nothing_else(content):
    stage = stage_in("exercise.rest", content)
    stage.say_unclearly("pause")
    cues = stage.wait(1.0).say("no")
    assert [type(cue) for cue in cues] == [Earcon]
    assert stage.state == "exercise.rest", "though a no means a pause there"
    stage.until("exercise.introduce", 60)


def test_a_no_counts_only_while_the_question_is_open(content):
    stage = stage_in("exercise.rest", content)
    stage.say_unclearly("pause")
    stage.wait(ASKED_BACK_SECONDS + 1.0).say("no")
    assert stage.state == "paused"


def test_another_command_is_obeyed_and_closes_the_question(content):
    stage = stage_in("menu.count", content)
    stage.say_unclearly("number", "8")
    stage.wait(1.0).say("back")
    assert stage.state == "menu.ask"
    stage = stage_in("exercise.repeat", content)
    stage.say_unclearly("pause")
    stage.wait(1.0).say("how_many")
    stage.wait(2.0).say("yes")
    assert stage.state == "exercise.repeat"


def test_the_same_is_asked_only_once_in_a_state(content):
    stage = stage_in("exercise.position", content)
    stage.say_unclearly("pause")
    stage.wait(ASKED_BACK_SECONDS + 1.0)
    assert asked(stage.say_unclearly("pause")) == []
    assert [type(cue) for cue in stage.wait(1.0).mumble()] == [Say], "it counts as noise"


def test_a_yes_begun_before_the_question_answers_something_else(content):
    stage = stage_in("exercise.position", content)
    stage.say_unclearly("pause")
    stage.wait(0.2).say_late("yes", seconds=1.0)
    assert stage.state == "exercise.repeat"


@pytest.mark.parametrize(
    ("state", "command"),
    [
        *[("menu.ask", "stop"), ("menu.ask", "pain"), ("menu.ask", "next")],
        *[("exercise.repeat", "yes"), ("standby", "wake"), ("standby", "pause")],
        *[("safety.ask", "exercise"), ("paused", "pause")],
    ],
)
def test_alarms_and_what_does_not_count_are_never_asked_for(content, state, command):
    stage = stage_in(state, content).until_quiet()
    slot = "bruecke" if command == "exercise" else ""
    assert asked(stage.say_unclearly(command, slot)) == []
    assert not stage.coach._doubt.is_open


def test_over_a_line_of_its_own_it_asks_nothing(content):
    stage = stage_in("menu.ask", content, quiet=False).wait(0.5)
    assert stage.say_unclearly("pause") == []


def test_silence_behind_a_question_is_silence(content):
    stage = stage_in("menu.ask", content)
    stage.say_unclearly("pause")
    stage.until("standby", 600)
    assert stage.line_ids.count("still_there") == 1


# --- guests ----------------------------------------------------------------------------------


@pytest.fixture
def menu(content):
    stage = stage_for(content, people=PEOPLE).until("who").until_quiet()
    stage.say("person", "anna")
    stage.until_quiet().say("yes")
    return stage.until("menu.ask").until_quiet()


def test_without_people_there_are_no_guests(content):
    for state in ("welcome", "safety.ask", "menu.ask", "paused", "summary"):
        stage = stage_in(state, content)
        assert not {"guest", "person"} & stage.coach.live_commands
        stage.say("guest")
        assert stage.state == state


def test_who_is_asked_may_say_it_at_once(content):
    stage = stage_for(content, people=PEOPLE).until("who").until_quiet()
    stage.say("guest")
    assert (stage.state, stage.line_ids[-1]) == ("safety.ask", "who.guest")


@pytest.mark.parametrize("command", [None, "pause"])
def test_in_the_middle_of_it_a_guest_is_asked_first(menu, command):
    if command:
        menu.say(command)
        menu.until_quiet()
    before = menu.state
    menu.say("guest")
    assert (menu.state, menu.line_ids[-1]) == (before, "who.guest_sure")
    menu.until_quiet().say("yes")
    assert (menu.state, menu.line_ids[-1]) == ("safety.ask", "who.guest")


def test_who_says_it_twice_means_it(menu):
    menu.say("guest")
    menu.until_quiet().say("guest")
    assert menu.state == "safety.ask"


@pytest.mark.parametrize("answer", ["no", None])
def test_who_is_no_guest_stays_who_they_are(menu, answer):
    menu.say("guest")
    menu.until_quiet()
    if answer:
        menu.say(answer)
    menu.wait(ASKED_BACK_SECONDS + 1.0)
    assert menu.state == "menu.ask"
    assert menu.coach._trainee.name == "Anna"


def test_a_question_in_the_summary_holds_the_goodbye_up(menu):
    menu.say("exercise", "bruecke")
    menu.until_quiet().say("number", "2")
    menu.until("exercise.position").until_quiet().say("next")
    menu.until("summary").wait(1.0).say("guest")
    menu.wait(4.0)
    assert menu.state == "summary"
    menu.wait(ASKED_BACK_SECONDS)
    assert menu.state == "goodbye"


# --- "fertig" in a pause: with the exercise, or ready? -----------------------------------------


@pytest.fixture
def pause(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("pause")
    return stage.until_quiet()


def test_in_a_pause_it_is_asked_first_whether_the_exercise_is_over(pause):
    pause.say("done")
    assert (pause.state, pause.line_ids[-1]) == ("paused", "paused.done_sure")
    pause.until_quiet().say("yes")
    assert pause.state == "exercise.feedback"


def test_who_was_only_ready_goes_on(pause):
    pause.say("done")
    pause.until_quiet().say("next")
    assert pause.state == "exercise.repeat"


def test_mehr_is_no_question_where_a_number_is_asked_for(content):
    stage = stage_in("menu.count", content)
    stage.say("more")
    assert stage.line_ids[-1] == "options.menu.count"
    stage.say("question", "stress")
    stage.say("more")
    assert stage.line_ids[-1] == "knowledge.stress.more"
