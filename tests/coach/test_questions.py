"""Questions: answered in place, then back to exactly where one was."""

from datetime import timedelta

import pytest

from skill.coach.waiting import MORE_SECONDS
from skill.messages.cues import Say
from skill.messages.notes import HistoryEntry, Load, Outcome, SetDone
from tests.coach.stage import EVENING, stage_for, stage_in

ASKED_IN = ("menu.ask", "menu.count", "exercise.feedback", "exercise.rest", "paused", "summary")


@pytest.mark.parametrize("state", ASKED_IN)
def test_a_question_is_answered_and_one_is_where_one_was(content, state):
    stage = stage_in(state, content)
    stage.say("question", "pilates")
    assert stage.line_ids[-1] == "knowledge.pilates"
    assert stage.state == state
    stage.until_true(lambda: not stage.is_speaking, 40)
    assert stage.state == state


def test_every_question_has_an_answer_and_more_until_it_is_all_said(content):
    for topic_id, topic in content.topics.items():
        stage = stage_in("paused", content)
        stage.say("question", topic_id)
        assert stage.line_ids[-1] == f"knowledge.{topic_id}"
        for _ in topic.more:
            stage.until_quiet().say("more")
            assert stage.line_ids[-1] == f"knowledge.{topic_id}.more"
        stage.until_quiet().say("more")
        assert stage.line_ids[-1] == "more.nothing"


def test_more_of_nothing_asks_for_a_question(content):
    stage = stage_in("paused", content)
    stage.say("more")
    assert stage.line_ids[-1] == "more.of_what"


def test_a_line_that_a_question_cut_is_said_afterwards(content):
    stage = stage_in("menu.ask", content, quiet=False)
    stage.wait(3.0)
    cut = stage.texts[-1]
    stage.say("question", "faszien")
    stage.until_quiet()
    assert stage.texts[-1] != cut or stage.texts.count(cut) == 2
    assert cut in stage.texts[-6:]


def test_who_asks_something_else_hears_no_more_of_the_answer_before(content):
    stage = stage_in("menu.ask", content, quiet=False)
    stage.wait(3.0)
    menu = stage.texts[-1]
    stage.say("question", "pilates")
    stage.wait(1.0).say("question", "faszien")
    stage.until_quiet()
    begun = stage.line_ids.index("knowledge.faszien")
    assert "knowledge.pilates" not in stage.line_ids[begun:]
    assert menu in stage.texts[begun:]  # but what the first question cut is said


def test_a_wish_in_the_middle_of_an_answer_takes_none_of_it_away(content):
    stage = stage_in("paused", content)
    answer = content.topics["pilates"].answer[0]
    stage.say("question", "pilates")
    stage.wait(1.0).say("slower")
    stage.until_quiet()
    assert " ".join(stage.texts).count(answer.split(". ")[0]) == 2


def test_a_rest_leaves_time_to_ask_for_more(content):
    stage = stage_in("exercise.rest", content)
    stage.wait(8).say("question", "tiefenmuskulatur")
    stage.until_true(lambda: not stage.is_speaking, 60)
    stage.wait(MORE_SECONDS - 1.0)
    assert stage.state == "exercise.rest"
    stage.until("exercise.introduce", 20)


def test_a_question_in_a_repetition_is_told_what_works(content):
    stage = stage_in("exercise.repeat", content)
    stage.say("question", "pilates")
    assert stage.line_ids[-1] == "not_now"


def sets(*days_ago):
    done = SetDone("bruecke", (6,), Load(6), Outcome.COMPLETE)
    return [HistoryEntry("", EVENING - timedelta(days=one), done) for one in sorted(days_ago)[::-1]]


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [((1, 2, 3), "dreimal"), ((2,), "einmal"), ((1, 1), "zwölf Wiederholungen")],
)
def test_the_week_is_summed_up(content, days_ago, words):
    stage = stage_for(content, sets(*days_ago)).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until_quiet().say("week")
    assert words in stage.texts[-1]


def test_a_week_better_than_the_last_is_said_to_be(content):
    stage = stage_for(content, sets(1, 2, 8)).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until_quiet().say("week")
    assert stage.until_quiet().line_ids[-1] == "week.more"


def test_an_empty_week_and_a_guest_s_week(content):
    stage = stage_for(content, people=("Anna",)).until("safety.ask").until_quiet()
    stage.say("yes")
    stage.until_quiet().say("week")
    assert stage.until_quiet().line_ids[-1] == "week.nothing"
    stage.say("guest")
    stage.until_quiet().say("yes")
    stage.until_quiet().say("yes")
    stage.until_quiet().say("week")
    assert stage.line_ids[-1] == "week.guest"


@pytest.mark.parametrize("state", ["exercise.introduce", "exercise.position", "exercise.rest"])
def test_explain_gives_the_long_introduction(content, state):
    stage = stage_in(state, content)
    cues = stage.say("explain")
    exercise = "roll-up" if state == "exercise.rest" else "bruecke"
    assert f"{exercise}.introduction" in [cue.line for cue in cues if isinstance(cue, Say)]
    stage.until_said(f"{exercise}.cautions", limit_seconds=60)
