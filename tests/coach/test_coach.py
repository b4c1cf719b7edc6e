"""Whole stretches of a session, as a person would live through them."""

import re
from dataclasses import replace

import pytest

from skill.coach.course import STOP_SILENCE_SECONDS
from skill.coach.delivery import ANSWER_DELAY_SECONDS
from skill.coach.score import FIRST_BREATH_SECONDS
from skill.content.states import STATES
from skill.messages.cues import Breathe, Direction, Earcon, Hush, Say, SetVolume
from skill.messages.heard import MASKED, TALKED_OVER, Command, Decision, Heard, Meaning
from tests.coach.stage import stage_for, stage_in


def said_since(stage, count):
    return stage.line_ids[count:]


def repetitions_spoken(stage):
    return [line.cue.text for line in stage.lines if line.cue.line == "repeat.count"]


# --- the way through -------------------------------------------------------------------------


def test_a_whole_session_comes_to_its_goodbye(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    for _ in range(2):
        stage.until("exercise.rest").until("exercise.position").until_quiet().say("next")
    stage.until("finished", 200)
    assert "summary.done" in stage.line_ids
    assert stage.line_ids[-1] == "goodbye.trained"
    text = " ".join(stage.texts)
    assert "Die Brücke, zwei Wiederholungen." in text
    assert "Bein anheben, zwei Wiederholungen auf jeder Seite." in text
    assert "praise.complete" in stage.line_ids


def test_the_first_lines_say_that_it_stops_when_told(stage):
    stage.until("safety.ask")
    assert stage.line_ids[0] == "welcome.hello"
    assert "sag es" in " ".join(stage.texts)


def test_without_a_doctors_consent_there_is_no_training(content):
    stage = stage_in("safety.advice", content)
    stage.until("finished", 60)
    assert not any(state.startswith(("menu", "exercise")) for state in stage.states)
    assert stage.line_ids[-1] == "goodbye.untrained"


def test_a_no_that_was_misheard_can_be_taken_back(content):
    stage = stage_in("safety.advice", content)
    stage.say("yes")
    assert stage.state == "safety.ask"


def test_red_flags_are_named_and_the_question_is_asked_again(content):
    stage = stage_in("safety.red_flags", content, quiet=False)
    stage.until("safety.ask")
    assert "Fieber" in " ".join(stage.texts)


def test_a_yes_among_the_red_flags_is_no_consent(content):
    stage = stage_in("safety.red_flags", content)
    stage.say("yes")
    assert stage.state == "safety.ask"
    stage.until_quiet().say("exercise", "bruecke")
    assert stage.state == "safety.ask"


def test_red_flags_in_the_menu_ask_for_consent_anew(content):
    stage = stage_in("menu.ask", content)
    stage.say("red_flags")
    stage.until("safety.ask")


def test_one_exercise_by_name(content):
    stage = stage_in("menu.ask", content)
    stage.say("exercise", "roll-up")
    stage.until_quiet().say("next")
    assert stage.state == "exercise.introduce"
    assert stage.line_ids[-1] == "roll-up.introduction"


def test_a_number_too_high_becomes_the_most(content):
    stage = stage_in("menu.count", content)
    stage.say("number", "30")
    assert stage.texts[-1] == "Fünfzehn Wiederholungen, mehr machen wir hier nicht."


def test_an_exercise_known_already_is_introduced_in_one_sentence(content):
    stage = stage_in("exercise.rest", content)
    stage.say("exercise", "bruecke")
    before = len(stage.lines)
    stage.until("exercise.position")
    assert stage.line_ids[before - 1] == "bruecke.short"


# --- repetitions -----------------------------------------------------------------------------


def test_repetitions_are_counted_and_the_last_is_announced(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.until("exercise.rest")
    assert repetitions_spoken(stage) == ["Eins.", "Zwei."]
    last = stage.line_ids.index("repeat.last")
    assert stage.line_ids.index("repeat.count") < last


def test_every_breath_is_as_long_as_its_phase(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.until_said("repeat.count")
    before, lift, lower = stage.breaths
    assert (lift.direction, lower.direction) == (Direction.OUT, Direction.IN)
    assert (before.direction, before.seconds) == (Direction.IN, FIRST_BREATH_SECONDS)
    assert before.at_seconds + before.seconds == pytest.approx(lift.at_seconds)
    hold_seconds = 2.0
    assert lower.at_seconds == pytest.approx(lift.at_seconds + lift.seconds + hold_seconds)
    cue = next(line for line in stage.lines if line.cue.line == "bruecke.heben")
    assert cue.start == lift.at_seconds


def test_both_sides_get_the_same_number_with_a_change_between(content):
    stage = stage_in("exercise.change", content)
    assert stage.line_ids[-1] == "vierfuessler.links"
    stage.until("summary")
    assert repetitions_spoken(stage) == ["Eins.", "Zwei.", "Eins.", "Zwei."]


def test_enough_on_one_side_is_enough_on_the_other(content):
    stage = stage_in("menu.ask", content)
    stage.say("exercise", "vierfuessler")
    stage.until_quiet().say("number", "5")
    stage.until("exercise.position").until_quiet().say("next")
    stage.until_said("repeat.count", 2).wait(1.5).say("done")
    assert stage.state == "exercise.change"
    stage.until("summary")
    assert repetitions_spoken(stage) == ["Eins.", "Zwei.", "Eins.", "Zwei."]
    stage.until("goodbye")
    assert "praise.enough" in stage.line_ids


def test_the_next_exercise_is_announced_by_name(content):
    stage = stage_in("exercise.rest", content, quiet=False)
    stage.until_quiet()
    assert any("Roll Up" in text for text in stage.texts)


def test_a_rest_lasts_as_written(content):
    stage = stage_in("exercise.rest", content, quiet=False)
    begin = stage.now
    stage.until("exercise.introduce")
    assert stage.now - begin == pytest.approx(content.exercises[0].rest_seconds, abs=0.2)


# --- commands in a repetition ----------------------------------------------------------------


def test_slower_takes_effect_in_the_running_phase(content):
    stage = stage_in("exercise.repeat", content).wait(1.5)  # the cue has been said
    running = next(b for b in stage.breaths if b.at_seconds <= stage.now < b.at_seconds + b.seconds)
    left = running.at_seconds + running.seconds - stage.now
    cues = stage.say("slower")
    breath = next(cue for cue in cues if isinstance(cue, Breathe))
    assert breath.direction is running.direction
    assert breath.seconds == pytest.approx(left * 1.25)
    stage.until_said("bruecke.senken")
    assert stage.breaths[-1].seconds == pytest.approx(5.0)


def test_a_cue_that_an_answer_cuts_is_said_again_with_its_whole_phase(content):
    stage = stage_in("exercise.repeat", content)
    stage.until_said("bruecke.senken").wait(0.6)
    cue = stage.texts[-1]
    stage.say("how_many")
    stage.until_said("bruecke.senken").wait(0.5)
    assert stage.texts[-3:] == [cue, stage.texts[-2], cue]
    assert stage.breaths[-1].seconds == pytest.approx(4.0)


def test_faster_after_slower_is_normal_again(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("slower")
    stage.wait(1.0).say("faster")
    stage.until_said("bruecke.senken")
    assert stage.breaths[-1].seconds == pytest.approx(4.0)


def test_repeating_makes_the_same_repetition_again(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("repeat")
    assert stage.line_ids[-1] == "repeat.again"
    stage.until("exercise.rest")
    assert repetitions_spoken(stage) == ["Eins.", "Zwei."]


def test_the_last_repetition_is_announced_but_once(content):
    stage = stage_in("exercise.repeat", content)
    assert "repeat.last" in stage.line_ids
    stage.say("repeat")
    stage.until("exercise.rest")
    assert stage.line_ids.count("repeat.last") == 1


def test_a_pause_returns_to_the_same_repetition(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("pause")
    stage.until_quiet().wait(60).say("resume")
    assert stage.state == "exercise.repeat"
    assert "Wiederholung zwei" in stage.texts[-1]
    stage.until("exercise.rest")
    assert repetitions_spoken(stage) == ["Eins.", "Zwei."]


def test_a_pause_returns_to_the_same_side(content):
    stage = stage_in("exercise.change", content)
    stage.until("exercise.repeat").until_said("repeat.count").wait(2.0).say("pause")
    stage.until_quiet().say("next")
    stage.until("summary").until_quiet()
    assert any("auf jeder Seite" in text for text in stage.texts)


def test_a_pause_in_an_introduction_goes_on_with_the_line_that_was_cut(content):
    stage = stage_in("exercise.introduce", content, quiet=False)
    stage.until_said("bruecke.introduction").wait(0.5)
    cut = stage.texts[-1]
    stage.say("pause")
    stage.until_quiet().say("resume")
    stage.wait(3.0)
    assert stage.texts[-1] == cut or cut in stage.texts[-2:]


def test_how_many_are_left(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("how_many")
    assert stage.line_ids[-1] == "remaining.last"


def test_an_answer_goes_on_with_the_line_it_cut(content):
    stage = stage_in("exercise.introduce", content, quiet=False)
    stage.wait(0.5)
    cut = stage.texts[-1]
    stage.say("which_exercise")
    assert "Die Brücke" in stage.texts[-1]
    stage.wait(4.0)
    assert cut in stage.texts


def test_done_before_the_first_repetition_leaves_the_exercise_out(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.say("done")
    assert stage.state == "exercise.introduce"
    assert stage.line_ids[-1] == "roll-up.introduction"


def test_skipping_the_only_exercise_leads_to_the_menu(content):
    stage = stage_in("menu.ask", content)
    stage.say("exercise", "roll-up")
    stage.until_quiet().say("next")
    stage.say("skip")
    assert stage.state == "menu.ask"


def test_a_number_in_position_changes_this_exercise(content):
    stage = stage_for(content)
    stage.until("safety.ask").until_quiet().say("yes")
    stage.say("exercise", "bruecke")
    stage.until_quiet().say("next")
    stage.until("exercise.position").until_quiet().say("number", "3")
    assert stage.texts[-1].startswith("Drei Wiederholungen, ")
    stage.until_quiet().say("next")
    stage.until("summary")
    assert repetitions_spoken(stage) == ["Eins.", "Zwei.", "Drei."]


def test_a_number_before_the_second_side_counts_for_this_side(content):
    stage = stage_in("exercise.change", content).until("exercise.repeat")
    stage.say("back")
    stage.until_quiet().say("number", "3")
    stage.until_quiet().say("next")
    stage.until("summary").until("finished")
    assert repetitions_spoken(stage)[-3:] == ["Eins.", "Zwei.", "Drei."]
    assert "Der Vierfüßler, rechts zwei und links drei." in stage.texts


def test_the_second_side_is_announced_with_as_many_as_the_first_one_had(content):
    stage = stage_in("menu.ask", content)
    stage.say("exercise", "vierfuessler")
    stage.until_quiet().say("number", "5")
    stage.until("exercise.position").until_quiet().say("next")
    stage.until_said("repeat.count", 2).wait(1.5).say("done")
    stage.until_quiet().say("how_many")
    assert "geplant sind zwei Wiederholungen" in stage.texts[-1]
    stage.until_quiet().say("back")
    stage.until_quiet()
    assert "zwei Wiederholungen" in stage.texts[-1]


# --- stop and pain ---------------------------------------------------------------------------


def test_after_stop_there_is_silence_before_a_word(content):
    stage = stage_in("exercise.repeat", content)
    hush, line = stage.say("stop")
    assert isinstance(hush, Hush)
    assert line.at_seconds == pytest.approx(stage.now + STOP_SILENCE_SECONDS)


def test_pain_guides_out_of_the_exercise_and_offers_a_choice(content):
    stage = stage_in("exercise.repeat", content)
    before = len(stage.lines)
    stage.say("pain")
    stage.answer_on_pain()
    said = said_since(stage, before)
    ways = ["bruecke.leave", "pain.at_once", "pain.ask", "pain.where", "pain.spread"]
    ways += ["pain.doctor", "pain.offer"]
    assert sorted(set(said), key=said.index) == ways


def test_pain_in_the_menu_needs_no_way_out_of_a_posture(content):
    stage = stage_in("menu.ask", content)
    stage.say("pain")
    stage.answer_on_pain()
    assert not any(line.endswith(".leave") for line in stage.line_ids)


def test_after_pain_the_exercise_is_left_behind(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("pain")
    stage.answer_on_pain().say("next")
    assert stage.line_ids[-1] == "pain.other"
    stage.until_said("muskelentspannung.introduction")


def test_after_pain_the_praise_is_for_stopping(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("pain")
    stage.answer_on_pain().say("quit")
    stage.until("finished")
    assert "praise.pain" in stage.line_ids
    assert "Die Brücke, eine Wiederholung." in stage.texts


def test_pain_before_the_safety_question_leads_to_no_exercise(content):
    for command in ("another", "next", "exercise"):
        stage = stage_in("welcome", content)
        stage.say("pain")
        stage.answer_on_pain().say(command, "bruecke")
        assert not stage.state.startswith(("exercise", "menu")), command


# --- silence and noise -----------------------------------------------------------------------


def test_silence_gets_one_prompt_then_a_pause_then_standby_without_end(content):
    stage = stage_in("menu.ask", content)
    stage.until("standby", 600).wait(3_600.0)
    assert stage.line_ids.count("still_there") == 1
    assert stage.states[-2:] == ["paused", "standby"]
    assert stage.line_ids[-1] == "goodbye.silence"


def test_who_lies_down_slowly_is_not_hurried(content):
    stage = stage_in("exercise.position", content)
    said = len(stage.lines)
    stage.wait(STATES["exercise.position"].seconds - 2.0)
    assert len(stage.lines) == said


def test_the_wake_phrase_brings_the_session_back_to_where_it_was(content):
    stage = stage_in("menu.ask", content)
    stage.until("standby", 400).wait(1_800.0).say("wake")
    assert (stage.state, stage.line_ids[-1]) == ("paused", "paused.awake")
    stage.until_quiet().say("next")
    assert stage.state == "menu.ask"


def test_who_is_woken_much_later_begins_a_new_session(content):
    stage = stage_in("exercise.position", content)
    stage.say("pause")
    stage.until("standby", 400).wait(4_000.0).say("wake")
    assert stage.state == "welcome"
    stage.until("safety.ask").until_quiet().say("yes")
    assert stage.state == "menu.resume"


def test_who_is_woken_but_says_nothing_is_left_in_peace_again(content):
    stage = stage_in("standby", content)
    stage.say("wake")
    stage.until("standby", 400)
    assert stage.line_ids[-1] == "goodbye.silence"


def test_standby_says_how_to_wake_it(content):
    [wake] = content.commands["wake"].phrases
    assert all(wake in line.lower() for line in content.phrases["goodbye.silence"])
    assert content.live_commands("standby") == {"wake"} | content.safety_commands


def test_talk_in_the_room_gets_no_answer_in_standby(content):
    stage = stage_in("standby", content).until_quiet()
    for command in sorted(set(content.commands) - content.live_commands("standby")):
        assert stage.say(command) == []
    assert [stage.mumble() for _ in range(5)] == [[]] * 5
    assert stage.state == "standby"


def test_what_is_obeyed_without_a_word_gets_a_nod(content):
    stage = stage_for(content, stays=True)
    assert stage.cues == [(0.0, Earcon("ready", 0.0))]
    stage.say("wake")
    stage.until("safety.ask").say("quit")
    assert stage.state == "goodbye"
    assert stage.say("quit") == [Hush(), Earcon("heard", stage.now + ANSWER_DELAY_SECONDS)]
    assert stage.state == "standby"


def test_back_in_standby_it_says_that_it_is_ready(content):
    stage = stage_for(content, stays=True)
    stage.say("wake")
    stage.until("safety.ask").say("quit")
    stage.until("standby")
    assert [cue.name for _, cue in stage.cues if isinstance(cue, Earcon)] == ["ready", "ready"]


def test_who_is_answered_gets_no_nod(content):
    stage = stage_in("menu.ask", content)
    assert Earcon not in map(type, stage.say("all"))


def test_one_button_leads_from_standby_into_a_session_and_halts_it(content):
    stage = stage_for(content, stays=True)
    stage.press("next")
    assert stage.state == "welcome"
    stage.until("safety.ask").press("stop")
    assert stage.state == "paused"
    stage.until_quiet().press("next")
    assert stage.state == "safety.ask"


def test_volume_buttons_work_in_standby_where_talk_of_it_does_not(content):
    stage = stage_in("standby", content).until_quiet()
    assert stage.say("louder") == []
    assert [type(cue) for cue in stage.press("louder")] == [SetVolume, Earcon]
    assert stage.state == "standby"


@pytest.mark.parametrize("state", ["safety.ask", "exercise.position", "paused"])
def test_who_asks_whether_it_is_there_hears_that_and_what_it_waits_for(content, state):
    stage = stage_in(state, content)
    count = len(stage.line_ids)
    stage.say("status")
    stage.until_quiet()
    assert said_since(stage, count) == ["status.ready", f"options.{state}"]
    assert stage.state == state


def test_it_names_its_version_in_words(content):
    stage = stage_in("menu.ask", content)
    stage.say("version")
    assert re.search(r"Version (null|eins)( Punkt \w+)*\.$", stage.texts[-1])


def test_unknown_words_get_a_sign_first_and_a_sentence_the_second_time(content):
    stage = stage_in("menu.ask", content)
    assert [type(cue) for cue in stage.mumble()] == [Earcon]
    assert [cue.line for cue in stage.wait(1.0).mumble()] == ["not_understood"]


@pytest.mark.parametrize(
    "state",
    [
        *("who", "safety.ask", "menu.ask", "menu.count", "menu.age", "menu.material"),
        *("menu.resume", "exercise.position", "paused", "pain.ask", "invited"),
    ],
)
def test_after_the_second_miss_it_says_one_thing_that_works_and_then_says_less(content, state):
    stage = stage_in(state, content)
    said = []
    for _ in range(3):
        count = len(stage.texts)
        stage.mumble()
        stage.until_quiet()
        said.append(" ".join(stage.texts[count:]))
    assert stage.state == state
    assert said[0] == ""
    assert len(said[1]) > len(said[2]) > 0
    live = content.live_commands(state)
    named = {one.name for phrase, one in content.vocabulary.items() if phrase in said[2].lower()}
    assert state == "who" or named & live


@pytest.mark.parametrize("state", ["exercise.feedback", "exercise.rest"])
def test_where_there_is_little_time_it_speaks_at_the_second_miss_too(content, state):
    stage = stage_in(state, content)
    stage.mumble()
    stage.mumble()
    assert "not_understood" in stage.line_ids
    stage.wait(6.0)
    assert stage.state == state, "there is time for an answer"


@pytest.mark.parametrize("state", ["menu.ask", "exercise.position", "paused"])
def test_a_command_refused_again_gets_a_shorter_answer(content, state):
    stage = stage_in(state, content)
    texts = []
    for _ in range(2):
        count = len(stage.texts)
        stage.say("age", "young")
        stage.until_quiet()
        texts.append(" ".join(stage.texts[count:]))
    assert len(texts[0]) >= len(texts[1]) > 0


def test_a_command_over_the_coach_s_own_word_gets_a_tone(content):
    stage = stage_in("exercise.position", content)
    meant = Meaning(Command("next"), sentence="weiter")
    now = stage.now
    heard = Heard(None, "weiter", 1.0, now, now, now, Decision.EARLY, TALKED_OVER, meaning=meant)
    assert [type(cue) for cue in stage.coach.hear(heard)] == [Earcon]
    assert stage.coach.hear(replace(heard, meaning=Meaning(Command("age", "young")))) == []
    assert stage.coach.hear(replace(heard, reason=MASKED)) == []
    assert stage.state == "exercise.position"


def test_a_radio_is_ignored_after_a_while(content):
    stage = stage_in("menu.ask", content)
    for _ in range(30):
        stage.until_quiet().mumble()
        if stage.state != "menu.ask":
            break
    reactions = [cue for _, cue in stage.cues if isinstance(cue, Earcon)]
    assert len(reactions) <= 3
    assert stage.line_ids.count("not_understood") == 1
    stage.until("standby", 600)


def test_unknown_words_in_a_repetition_or_over_a_line_get_no_answer(content):
    assert stage_in("exercise.repeat", content).mumble() == []
    assert stage_in("menu.ask", content, quiet=False).mumble() == []


# --- the same again --------------------------------------------------------------------------


def test_the_same_session_sounds_the_same(content):
    def lines(seed):
        return stage_in("exercise.rest", content, seed=seed).texts

    assert lines(1) == lines(1)
    assert lines(1) != lines(2)


def test_cues_that_the_coach_does_not_wait_for_are_no_matter(stage):
    assert stage.coach.cue_done(12345) == []


def test_no_line_calls_the_coach_to_a_stop(content):
    stage = stage_in("summary", content, quiet=False)
    assert all(isinstance(cue, Say) for _, cue in stage.cues if hasattr(cue, "text"))
    phrases = [p for name in content.safety_commands for p in content.commands[name].phrases]
    spoken = [f" {text.lower().strip('.!?')} " for text in stage.texts]
    assert not any(f" {phrase} " in text for phrase in phrases for text in spoken)
