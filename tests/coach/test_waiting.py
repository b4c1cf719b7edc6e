import pytest

from skill.coach.waiting import AFTER_PROMPT_SECONDS, PATIENT_WITH_NOISE, Reaction, Waiting
from skill.content.states import STATES


def waiting_in(state, seconds=10.0):
    waiting = entered(state)
    waiting.begin(105.0, seconds)
    return waiting


def entered(state, at_seconds=100.0, left_seconds=None):
    waiting = Waiting(STATES[state])
    waiting.enter(STATES[state], at_seconds, left_seconds)
    return waiting


def test_a_question_waits_from_the_end_of_its_last_line():
    waiting = waiting_in("menu.ask")
    assert not waiting.is_over(114.9)
    assert waiting.is_over(115.0)


def test_a_wait_that_has_not_begun_is_never_over():
    waiting = entered("menu.ask", 100.0)
    assert not waiting.is_over(10_000.0)
    assert waiting.left_seconds(100.0) is None


def test_a_question_is_prompted_once_and_then_waits_longer():
    waiting = waiting_in("menu.ask")
    assert waiting.may_prompt
    waiting.prompt()
    assert not waiting.may_prompt
    waiting.begin(120.0, 10.0)
    assert waiting.left_seconds(120.0) == AFTER_PROMPT_SECONDS


def test_a_pause_is_not_prompted():
    assert not waiting_in("paused").may_prompt


def test_a_rest_counts_from_its_beginning():
    assert waiting_in("exercise.rest", seconds=20.0).is_over(120.0)


def test_an_answer_does_not_make_a_rest_longer():
    waiting = waiting_in("exercise.rest", seconds=20.0)
    waiting.begin(112.0, 20.0)
    assert waiting.is_over(120.0)


def test_an_answer_begins_the_wait_for_a_question_anew():
    waiting = waiting_in("menu.ask")
    waiting.begin(112.0, 10.0)
    assert waiting.left_seconds(112.0) == 10.0


def test_behind_a_pause_only_the_rest_of_the_wait_is_left():
    waiting = entered("exercise.change", 200.0, left_seconds=1.5)
    waiting.begin(202.0, 0.0)
    assert waiting.left_seconds(202.0) == 1.5


def test_behind_a_pause_a_question_gets_all_its_time():
    waiting = entered("menu.ask", 200.0, left_seconds=1.5)
    waiting.begin(202.0, 10.0)
    assert waiting.left_seconds(202.0) == 10.0


def test_unknown_words_get_a_sign_then_shorter_and_shorter_sentences_then_nothing():
    waiting = waiting_in("menu.ask")
    reactions = [waiting.reject(106.0) for _ in range(PATIENT_WITH_NOISE + 1)]
    assert reactions == [*(Reaction.SIGN, Reaction.SENTENCE, Reaction.HINT, Reaction.NOTHING)]


def test_what_was_understood_makes_patient_again():
    waiting = waiting_in("menu.ask")
    waiting.reject(106.0)
    waiting.understand()
    assert waiting.reject(107.0) is Reaction.SIGN


@pytest.mark.parametrize(
    ("state", "start"), [("standby", 106.0), ("welcome", 106.0), ("menu.ask", 104.9)]
)
def test_what_can_be_no_answer_gets_nothing(state, start):
    assert waiting_in(state).reject(start) is Reaction.NOTHING
