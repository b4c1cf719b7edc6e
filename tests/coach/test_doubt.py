import pytest

from skill.coach.doubt import MOST_QUESTIONS, Doubt
from skill.messages.heard import Command, Decision, Heard

PAUSE = Command("pause")


def heard(name, start_seconds, slot=""):
    end = start_seconds + 0.5
    return Heard(Command(name, slot), "…", 0.9, start_seconds, end, end, Decision.FINAL)


@pytest.fixture
def doubt():
    doubt = Doubt()
    doubt.ask(PAUSE, 10.0, 17.0)
    return doubt


def test_it_is_open_until_its_time_is_over(doubt):
    doubt.pass_time(16.9)
    assert doubt.is_open
    doubt.pass_time(17.0)
    assert not doubt.is_open


@pytest.mark.parametrize("name", ["yes", "no", "pause"])
def test_yes_no_and_the_command_itself_answer_it(doubt, name):
    assert doubt.is_answered_by(heard(name, 10.0))


@pytest.mark.parametrize(("name", "start"), [("yes", 9.9), ("next", 11.0)])
def test_what_began_before_it_and_other_commands_do_not(doubt, name, start):
    assert not doubt.is_answered_by(heard(name, start))


def test_closed_it_has_no_answer(doubt):
    assert doubt.close() == PAUSE
    assert doubt.close() is None
    assert not doubt.is_answered_by(heard("yes", 11.0))


def test_nothing_is_asked_twice_in_a_state(doubt):
    assert not doubt.may_ask(PAUSE)
    assert doubt.may_ask(Command("number", "3"))
    doubt.enter()
    assert doubt.may_ask(PAUSE)


def test_after_a_few_questions_it_is_talk_in_the_room(doubt):
    for number in range(MOST_QUESTIONS - 1):
        doubt.ask(Command("number", str(number)), 20.0, 27.0)
    assert not doubt.may_ask(Command("next"))
