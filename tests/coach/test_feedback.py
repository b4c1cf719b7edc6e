"""How an exercise felt, what is answered, and what is remembered of it."""

from datetime import timedelta

import pytest

from skill.content.states import STATES
from skill.messages.notes import (
    Feeling,
    HistoryEntry,
    Hurt,
    Load,
    Outcome,
    PlanAt,
    PlanOver,
    Rated,
    SetDone,
)
from tests.coach.stage import EVENING, stage_for, stage_in


def bruecken(*feelings, repetitions=6, person=""):
    """Return entries of one set a day, the last one yesterday."""
    entries = []
    for days_ago, feeling in zip(range(len(feelings), 0, -1), feelings, strict=True):
        at = EVENING - timedelta(days=days_ago)
        done = SetDone("bruecke", (repetitions,), Load(repetitions), Outcome.COMPLETE)
        entries += [
            HistoryEntry(person, at, done),
            HistoryEntry(person, at, Rated("bruecke", Feeling(feeling))),
        ]
    return entries


def in_position(stage, exercise="bruecke"):
    stage.until("safety.ask").until_quiet().say("yes")
    stage.say("exercise", exercise)
    stage.until_quiet().say("next")
    return stage.until("exercise.position").until_quiet()


@pytest.mark.parametrize(
    ("feeling", "line"),
    [("easy", "feedback.easy"), ("good", "feedback.good"), ("hard", "feedback.hard")],
)
def test_every_feeling_is_noted_and_answered(content, feeling, line):
    stage = stage_in("exercise.feedback", content)
    stage.say("feeling", feeling)
    assert stage.state == "exercise.rest"
    assert stage.line_ids[-1] == line
    assert Rated("bruecke", Feeling(feeling)) in stage.notes


def test_silence_is_a_good_answer(content):
    stage = stage_in("exercise.feedback", content)
    stage.wait(STATES["exercise.feedback"].seconds + 0.5)
    assert stage.state == "exercise.rest"
    assert Rated("bruecke", Feeling.GOOD) in stage.notes
    assert not any(line in stage.line_ids for line in ("still_there", "feedback.good"))


def test_pain_as_the_answer_leads_out_and_leaves_the_exercise_out(content):
    stage = stage_in("exercise.feedback", content)
    stage.say("pain")
    assert stage.state == "pain.leave"
    assert Hurt("bruecke") in stage.notes
    stage.answer_on_pain().say("next")
    assert stage.until_said("muskelentspannung.introduction").state == "exercise.introduce"


def test_a_set_is_noted_the_moment_it_ends(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.until("exercise.feedback")
    assert [note for note in stage.notes if isinstance(note, SetDone)] == [
        SetDone("bruecke", (2,), Load(2), Outcome.COMPLETE)
    ]
    assert stage.notes[-1] == PlanAt(("bruecke", "roll-up", "bein-anheben"), 1, "rueckentraining")


def test_a_set_left_in_its_middle_is_noted_as_well(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("another")
    assert SetDone("bruecke", (1,), Load(2), Outcome.OPEN) in stage.notes
    assert stage.notes[-1] == PlanOver()


def planned(stage):
    """Return how many repetitions the last position was followed by."""
    lines = [one.cue for one in stage.lines if one.cue.line == "position.ready"]
    return lines[-1].text.split()[-2]


def test_after_two_good_rounds_there_is_one_more(content):
    stage = stage_for(content, bruecken("good", "good"))
    assert planned(in_position(stage)) == "sieben"


def test_after_a_hard_one_there_are_fewer(content):
    stage = stage_for(content, bruecken("hard"))
    assert planned(in_position(stage)) == "vier"


def test_a_long_break_restarts_lower(content):
    entries = [
        HistoryEntry(one.person, one.at - timedelta(days=30), one.note)
        for one in bruecken("good", repetitions=12)
    ]
    assert planned(in_position(stage_for(content, entries))) == "acht"


def test_nothing_rises_during_an_exercise(content):
    stage = in_position(stage_for(content, bruecken("good")))
    stage.say("number", "4")
    stage.until_quiet().say("next")
    stage.until("exercise.feedback").until_quiet().say("back")
    assert planned(stage.until_quiet()) == "vier"


def test_who_is_about_to_get_more_is_told_so(content):
    stage = in_position(stage_for(content, bruecken("good")))
    stage.say("next")
    stage.until("exercise.feedback", 300).until_quiet().say("feeling", "good")
    assert stage.line_ids[-1] == "feedback.more"


def test_more_than_last_time_is_praised(content):
    stage = in_position(stage_for(content, bruecken("good", repetitions=4)))
    stage.say("number", "6")
    stage.until_quiet().say("next")
    stage.until("exercise.feedback", 300)
    said = [line.cue.text for line in stage.until_quiet().lines if line.cue.line == "done.more"]
    assert "zwei" in " ".join(said)


def test_an_exercise_that_hurt_is_left_out_of_a_programme_and_it_is_said_so(content):
    hurt = [HistoryEntry("", EVENING - timedelta(days=1), Hurt("bruecke"))]
    stage = stage_for(content, hurt)
    stage.until("safety.ask").until_quiet().say("yes")
    stage.say("programme", "rueckentraining")
    stage.until("exercise.position").until_quiet()
    assert any("Die Brücke" in text for text in stage.texts if "nicht gut" in text)
    assert "roll-up.introduction" in stage.line_ids


def test_a_programme_chosen_because_of_pain_says_what_it_leaves_out(content):
    stage = stage_in("exercise.feedback", content)
    stage.say("pain")
    stage.answer_on_pain("legs").say("programme", "rueckentraining")
    stage.until("exercise.position")
    said = stage.line_ids[stage.line_ids.index("pain.other") :]
    assert said.index("rueckentraining.introduction") < said.index("programme.spared")
    assert "roll-up.introduction" in said


def test_an_exercise_that_hurt_comes_back_when_it_is_asked_for(content):
    hurt = [HistoryEntry("", EVENING - timedelta(days=1), Hurt("bruecke"))]
    stage = in_position(stage_for(content, hurt))
    assert "bruecke.easier" in stage.line_ids  # begins again the gentle way
    assert any("zwei Wiederholungen" in text for text in stage.texts)


def test_pain_that_recurs_sends_to_the_doctor(content):
    hurt = [HistoryEntry("", EVENING - timedelta(days=1), Hurt("bruecke"))]
    stage = in_position(stage_for(content, hurt))
    stage.say("pain")
    stage.answer_on_pain()
    assert "pain.recurs" in stage.line_ids
    assert "pain.doctor" not in stage.line_ids


def test_nothing_is_left_of_a_programme_that_hurts_all_over(content):
    ids = content.programme("rueckentraining").exercises
    hurt = [HistoryEntry("", EVENING - timedelta(days=1), Hurt(one)) for one in ids]
    stage = stage_for(content, hurt)
    stage.until("safety.ask").until_quiet().say("yes")
    stage.say("programme", "rueckentraining")
    assert (stage.state, stage.line_ids[-1]) == ("menu.ask", "programme.nothing_left")


# --- easier and harder -----------------------------------------------------------------------


def test_too_hard_goes_back_to_an_easier_variant_at_once(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("variant", "easier")
    assert stage.state == "exercise.position"
    stage.say("explain")
    stage.until_said("bruecke.easier", limit_seconds=60)


def test_too_easy_waits_for_the_next_time(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("variant", "harder")
    assert (stage.state, stage.line_ids[-1]) == ("exercise.repeat", "variant.next_time")


def test_before_it_begins_either_variant_may_be_had(content):
    for slot in ("easier", "harder"):
        stage = stage_in("exercise.position", content)
        stage.say("variant", slot)
        assert (stage.state, stage.line_ids[-1]) == ("exercise.introduce", f"bruecke.{slot}")
        assert stage.until("exercise.position").until_quiet()


def test_an_exercise_done_three_times_is_introduced_in_a_sentence(content):
    stage = stage_for(content, bruecken("good", "hard", "good"))
    in_position(stage)
    assert "bruecke.short" in stage.line_ids
    assert "bruecke.introduction" not in stage.line_ids
    stage.say("explain")
    assert stage.until_said("bruecke.cautions").line_ids.count("bruecke.introduction") >= 1
