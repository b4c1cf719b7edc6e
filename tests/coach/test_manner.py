"""In whose voice and how the coach speaks, and from when on."""

import pytest

from skill.messages.cues import Pitch, Say, SetManner
from tests.coach.stage import stage_for

CALM = {"rate": 110, "pitch": Pitch.LOW}


def manners(stage):
    """All manners so far, each with the line that comes next."""
    cues = [cue for _, cue in stage.cues if isinstance(cue, Say | SetManner)]
    return [
        (cue, getattr(following, "line", ""))
        for cue, following in zip(cues, [*cues[1:], None], strict=True)
        if isinstance(cue, SetManner)
    ]


def relaxed(stage):
    """Choose the relaxation, and come to its introduction."""
    stage.until("safety.ask").until_quiet().say("yes")
    stage.until("menu.ask").until_quiet().say("programme", "entspannung")
    if stage.state == "menu.age":
        stage.until_quiet().say("age", "middle")
    return stage.until("exercise.position")


def test_the_usual_manner_is_not_mentioned(content):
    stage = stage_for(content).until("safety.ask").until_quiet()
    assert manners(stage) == []


def test_a_programme_is_spoken_in_its_manner_from_its_introduction_on(content):
    stage = relaxed(stage_for(content))
    (only,) = manners(stage)
    assert only == (SetManner("", **CALM), "entspannung.introduction")


@pytest.mark.parametrize("interruption", ["pause", "stop"])
def test_it_stays_through_a_pause_and_whatever_is_said(content, interruption):
    stage = relaxed(stage_for(content)).until_quiet()
    stage.say("slower")
    stage.until_quiet().say(interruption)
    stage.until_quiet().say("resume")
    stage.wait(5.0)
    assert len(manners(stage)) == 1


def test_it_is_taken_back_when_the_programme_is_dropped(content):
    stage = relaxed(stage_for(content)).until_quiet()
    stage.say("exercise", "bruecke")
    stage.until_quiet()
    assert manners(stage)[-1][0] == SetManner()


def test_who_trains_is_known_before_they_are_greeted(content):
    stage = stage_for(content, people=("Anna", "Bernd")).until("who").until_quiet()
    assert manners(stage) == []
    stage.say("person", "anna")
    assert manners(stage) == [(SetManner("Anna"), "who.hello")]
    stage.until_quiet().say("pause")
    stage.until_quiet().say("guest")
    stage.until_quiet().say("yes")
    assert manners(stage)[-1][0] == SetManner()


def test_one_person_alone_is_spoken_to_from_the_first_word_on(content):
    stage = stage_for(content, people=("Anna",)).wait(1.0)
    cues = [cue for _, cue in stage.cues]
    assert cues[0] == SetManner("Anna")


def test_after_a_session_it_is_the_households_again(content):
    stage = stage_for(content, people=("Anna", "Bernd"), stays=True)
    stage.say("wake")
    stage.until("who").until_quiet().say("person", "anna")
    stage.until_quiet().say("quit")
    stage.until("standby").wait(1.0)
    stage.say("wake")
    stage.wait(1.0)
    assert manners(stage)[-1][0] == SetManner()
