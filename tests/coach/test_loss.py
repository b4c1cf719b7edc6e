"""What the coach makes of a microphone or a speaker that goes and comes back."""

import pytest

from skill.coach.ways import TALKING
from skill.messages.cues import Hush, Say
from tests.coach.stage import stage_in

QUIET = ("standby", "goodbye", "finished")


def said(cues):
    return [cue.line for cue in cues if isinstance(cue, Say)]


@pytest.mark.parametrize("audible", [True, False])
@pytest.mark.parametrize("state", TALKING)
def test_a_loss_pauses_and_keeps_the_place(content, state, audible):
    stage = stage_in(state, content, quiet=False)
    assert said(stage.lost(audible)) == (["paused.deaf"] if audible else [])
    assert stage.state == "paused"
    assert said(stage.back()) == ["paused.restored"]
    assert stage.state == "paused"
    stage.until_quiet().say("next")
    assert stage.state == state


def test_what_is_being_said_is_cut_and_said_again(content):
    stage = stage_in("exercise.introduce", content, quiet=False)
    stage.until_true(lambda: stage.is_speaking)
    cut = stage.texts[-1]
    cues = stage.lost(audible=False)
    assert isinstance(cues[0], Hush)
    stage.back()
    stage.until_quiet().say("resume")
    stage.until_true(lambda: cut in stage.texts[-2:], 10)


def test_no_repetition_is_counted_unheard(content):
    stage = stage_in("exercise.repeat", content)
    stage.lost(audible=False)
    assert stage.wait(100).state == "paused", "and it is patient: nobody was asked"
    breaths = len(stage.breaths)
    stage.back()
    stage.until_quiet()
    assert len(stage.breaths) == breaths
    stage.say("next")
    assert stage.until_said("repeat.count").state == "exercise.repeat"


def test_only_the_first_loss_is_spoken_of_again_in_a_pause(content):
    stage = stage_in("paused", content)
    assert said(stage.lost(audible=True)) == ["paused.deaf"]
    assert said(stage.lost(audible=False)) == []
    assert said(stage.back()) == ["paused.restored"]
    stage.until_quiet().say("next")
    assert stage.state == "exercise.position"


@pytest.mark.parametrize("audible", [True, False])
@pytest.mark.parametrize("state", QUIET)
def test_outside_a_training_nothing_happens(content, state, audible):
    stage = stage_in(state, content)
    assert stage.lost(audible) == stage.back() == []
    assert stage.state == state


@pytest.mark.parametrize("audible", [True, False])
def test_an_invitation_that_nobody_can_answer_is_over(content, audible):
    stage = stage_in("invited", content)
    assert said(stage.lost(audible)) == []
    assert stage.state == "standby"
    assert said(stage.back()) == []


def test_who_does_not_go_on_is_let_alone(content):
    stage = stage_in("exercise.rest", content)
    stage.lost(audible=False)
    stage.back()
    stage.until("standby", 300)


@pytest.mark.parametrize("state", sorted({*TALKING, "paused"} - {"pain.sign"}))
def test_a_silent_microphone_is_mentioned_and_the_talk_goes_on(content, state):
    stage = stage_in(state, content, quiet=False)
    assert said(stage.mention_silent_microphone()) == ["microphone.silent"]
    assert stage.state == state


@pytest.mark.parametrize("state", [*QUIET, "pain.sign"])
def test_a_silent_microphone_disturbs_nobody(content, state):
    stage = stage_in(state, content, quiet=False)
    assert stage.mention_silent_microphone() == []
