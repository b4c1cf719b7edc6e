"""Warning signs: worse than pain. It stays with the person, says what to do, and trains no more."""

import pytest

from skill.coach.signs import ADVICE, advice, graver
from skill.coach.ways import TALKING
from skill.content.states import STATES
from skill.messages.cues import Hush, Say
from skill.messages.notes import Hurt, SessionEnded
from tests.coach.stage import stage_for, stage_in

PLACES = [state for state in STATES if state != "finished"]
EMERGENCIES = ("chest", "breath", "paralysis")


def said_since(stage, count):
    """Return the ids of the lines said, one behind the other only once."""
    lines = stage.line_ids[count:]
    return [one for index, one in enumerate(lines) if lines[index - 1 : index] != [one]]


def hurt(stage, sign):
    """Name a sign; return what is said until it waits for an answer."""
    count = sum(line.start <= stage.now for line in stage.lines)  # what is due is hushed
    stage.say("pain", sign=sign)
    stage.until("pain.sign", 60).until_quiet()
    return said_since(stage, count)


# --- what to do ------------------------------------------------------------------------------


def test_there_is_advice_for_every_sign_that_is_understood(content):
    assert set(content.commands["pain"].signs) == set(ADVICE)


def test_every_emergency_names_the_number_to_call(content):
    for line in ("sign.emergency", "sign.fall", "sign.watch", "sign.help"):
        assert all("eins eins zwei" in variant for variant in content.phrases[line])
    for sign in ADVICE:
        assert "eins eins zwei" in content.phrases[advice(sign).lines[-1]][0]


def test_a_sign_of_which_nothing_is_known_gets_the_advice_that_is_true_of_all():
    assert advice("tanzt").lines == ("sign.watch",)


@pytest.mark.parametrize(
    ("sign", "other", "counts"),
    [
        *[("", "dizzy", "dizzy"), ("dizzy", "", "dizzy"), ("dizzy", "chest", "chest")],
        *[("chest", "dizzy", "chest"), ("dizzy", "sick", "sick"), ("fall", "numb", "fall")],
    ],
)
def test_of_two_signs_the_graver_counts(sign, other, counts):
    assert graver(sign, other) == counts


@pytest.mark.parametrize(
    ("sign", "lines"),
    [
        *((sign, ["bruecke.leave", "sign.emergency"]) for sign in EMERGENCIES),
        ("fall", ["sign.fall"]),
        ("dizzy", ["bruecke.leave", "sign.dizzy", "sign.watch"]),
        ("sick", ["bruecke.leave", "sign.sick", "sign.watch"]),
        ("numb", ["bruecke.leave", "sign.numb", "sign.numb_more"]),
    ],
)
def test_in_a_posture_one_is_guided_out_of_it_first(content, sign, lines):
    stage = stage_in("exercise.repeat", content)
    assert hurt(stage, sign) == [lines[0], "sign.calm", *lines[1:], "sign.stay"]


@pytest.mark.parametrize(
    ("sign", "lines"),
    [
        ("chest", ["sign.rest", "sign.emergency"]),
        ("fall", ["sign.fall"]),
        ("dizzy", ["sign.dizzy", "sign.watch"]),
        ("numb", ["sign.rest", "sign.numb", "sign.numb_more"]),
    ],
)
def test_out_of_a_posture_one_lies_or_sits_down(content, sign, lines):
    stage = stage_in("menu.ask", content)
    assert hurt(stage, sign) == [lines[0], "sign.calm", *lines[1:], "sign.stay"]


@pytest.mark.parametrize("quiet", [True, False], ids=["waiting", "speaking"])
@pytest.mark.parametrize("state", PLACES)
def test_a_sign_is_heard_everywhere_and_at_once(content, state, quiet):
    stage = stage_in(state, content, quiet=quiet)
    cues = stage.say("pain", sign="breath")
    assert isinstance(cues[0], Hush)
    assert stage.state == "pain.leave"
    stage.until("pain.sign", 60).until_quiet()
    assert "sign.emergency" in stage.line_ids


def test_a_sign_is_remembered_as_pain(content):
    stage = stage_in("exercise.repeat", content)
    hurt(stage, "dizzy")
    assert Hurt("bruecke") in stage.notes


# --- no way on -------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["next", "yes", "resume", "skip", "another", "all", "number"])
def test_nothing_leads_on_from_there_and_the_advice_is_said_again(content, command):
    stage = stage_in("pain.sign", content)
    count = len(stage.line_ids)
    stage.say(command, "4" if command == "number" else "")
    assert stage.state == "pain.sign"
    stage.until_quiet()
    assert said_since(stage, count) == ["sign.emergency", "options.pain.sign"]


@pytest.mark.parametrize("command", ["exercise", "programme"])
def test_no_exercise_can_be_chosen_there(content, command):
    stage = stage_in("pain.sign", content)
    stage.say(command, {"exercise": "roll-up", "programme": "entspannung"}[command])
    assert stage.state == "pain.sign"


@pytest.mark.parametrize("command", ["no", "help"])
def test_who_is_no_better_hears_how_to_get_help(content, command):
    stage = stage_in("pain.sign", content)
    stage.say(command)
    assert stage.line_ids[-1] == "sign.help"


def test_who_goes_on_in_the_middle_of_it_hears_the_advice_all_the_same(content):
    stage = stage_in("exercise.position", content)
    stage.say("pain", sign="sick")
    stage.wait(0.5).say("next")
    assert stage.state == "pain.leave"
    assert stage.line_ids[-1] == "sign.sick"
    assert "bruecke.leave" in said_since(stage.until("pain.sign", 60), 0)


@pytest.mark.parametrize("command", ["pause", "stop"])
def test_a_pause_goes_on_with_the_advice_and_with_nothing_else(content, command):
    stage = stage_in("pain.sign", content)
    stage.say(command)
    assert stage.state == "paused"
    assert stage.line_ids[-1] == "sign.help"
    for going_on in ("next", "another", "exercise", "programme"):
        stage.until_quiet().say(going_on, "roll-up" if going_on == "exercise" else "entspannung")
        assert stage.state == "pain.sign", going_on
        assert stage.line_ids[-1] == "sign.emergency"
        stage.say("pause")


def test_a_sign_named_in_a_pause_closes_the_way_back_into_the_exercise(content):
    stage = stage_in("paused", content)
    hurt(stage, "chest")
    stage.say("pause")
    stage.until_quiet().say("next")
    assert stage.state == "pain.sign"


@pytest.mark.parametrize("state", ["exercise.repeat", "menu.ask", "summary"])
def test_ending_says_what_to_do_once_more_and_sums_nothing_up(content, state):
    stage = stage_in(state, content)
    hurt(stage, "dizzy")
    count = len(stage.line_ids)
    stage.say("quit")
    stage.until("finished", 60)
    assert said_since(stage, count) == ["sign.watch", "goodbye.untrained"]
    assert any(isinstance(note, SessionEnded) for note in stage.notes)


def test_the_next_session_knows_nothing_of_it_and_asks_for_consent(content):
    stage = stage_for(content, stays=True)
    stage.say("wake")
    stage.until("safety.ask").until_quiet().say("yes")
    hurt(stage.until_quiet(), "dizzy")
    stage.say("quit")
    stage.until("standby", 60).say("wake")
    stage.until("safety.ask").until_quiet().say("yes")
    assert stage.state == "menu.ask"


def test_somebody_else_may_train_but_is_asked_for_consent(content):
    stage = stage_for(content, people=("Anna", "Bernd")).until("who").until_quiet()
    stage.say("person", "anna")
    stage.until_quiet().say("yes")
    hurt(stage.until_quiet(), "dizzy")
    stage.say("pause")
    stage.until_quiet().say("person", "bernd")
    assert stage.state == "safety.ask"
    stage.until_quiet().say("yes")
    assert stage.state == "menu.ask"


# --- more of it ------------------------------------------------------------------------------


def test_aua_there_says_the_same_again(content):
    stage = stage_in("pain.sign", content)
    assert hurt(stage, "") == ["sign.rest", "sign.calm", "sign.emergency", "sign.stay"]


def test_a_graver_sign_says_its_own_line_and_a_lesser_one_does_not(content):
    stage = stage_in("menu.ask", content)
    hurt(stage, "dizzy")
    assert "sign.emergency" in hurt(stage, "chest")
    assert "sign.emergency" in hurt(stage, "sick")


def test_a_sign_behind_a_pain_is_a_sign(content):
    stage = stage_in("pain.offer", content)
    assert "sign.emergency" in hurt(stage, "breath")


# --- silence ---------------------------------------------------------------------------------


def test_silence_is_asked_once_then_told_where_help_is_then_left_in_peace(content):
    stage = stage_in("pain.sign", content)
    count = len(stage.line_ids)
    stage.until("paused", 60).until_quiet()
    lines = ["sign.better", "options.pain.sign", "sign.help", "sign.paused"]
    assert said_since(stage, count) == lines
    stage.until("standby", 300).wait(600)
    assert said_since(stage, count) == [*lines, "sign.help", "goodbye.silence"]


def test_who_is_woken_after_it_is_still_not_led_into_an_exercise(content):
    stage = stage_in("pain.sign", content)
    stage.until("standby", 400).say("wake")
    stage.until_quiet().say("next")
    assert stage.state == "pain.sign"


def test_it_offers_no_exercise(content):
    stage = stage_in("exercise.repeat", content)
    count = len(stage.lines)
    stage.say("pain", sign="fall")
    stage.until("standby", 400)
    assert not any("Übung" in text or "weiter" in text for text in stage.texts[count:])


@pytest.mark.parametrize("state", [state for state in TALKING if state.startswith("pain.")])
def test_a_lost_microphone_keeps_the_advice(content, state):
    stage = stage_in("exercise.position", content)
    stage.say("pain", sign="chest")
    if state == "pain.sign":
        stage.until(state).until_quiet()
    stage.lost(audible=False)
    cues = stage.back()
    assert [cue.line for cue in cues if isinstance(cue, Say)] == ["paused.restored"]
    count = len(stage.until_quiet().line_ids)
    stage.say("next")
    stage.until_quiet(30)
    assert "sign.emergency" in stage.line_ids[count:]
