"""The very first time: it says what it is, and finds out whether both hear each other."""

import pytest

from skill.messages.cues import Earcon, Say, SetVolume
from tests.coach.stage import stage_for, stage_in

TESTS = ("hello.hear", "hello.volume", "hello.word")


@pytest.mark.parametrize("stays", [False, True])
def test_it_introduces_itself_in_three_sentences(content, stays):
    stage = stage_for(content, first_time=True, stays=stays).until("hello.hear")
    assert stage.line_ids == [*["hello.intro"] * 3, "hello.hear"]


def test_the_meeting_leads_into_the_first_session(content):
    stage = stage_for(content, first_time=True)
    stage.until("hello.hear").until_quiet().say("hear_you")
    stage.until("hello.volume").until_quiet()
    assert "hello.heard" in stage.line_ids
    stage.say("next")
    stage.until("hello.word").until_quiet().say("wake")
    assert stage.line_ids[-1] == "hello.done"
    stage.until("welcome").until("safety.ask")
    assert stage.states[:5] == ["hello.intro", *TESTS, "hello.done"]


def test_a_trainer_that_stays_goes_to_sleep_and_says_how_to_wake_it(content):
    stage = stage_for(content, first_time=True, stays=True)
    for name in TESTS:
        stage.until(name).until_quiet().say("next")
    stage.until("standby", 30)
    assert "hello.sleep" in stage.line_ids
    assert "Hallo Trainer" in " ".join(stage.texts[-2:])
    assert isinstance(stage.cues[-1][1], Earcon)
    assert stage.cues[-1][1].name == "ready"
    stage.say("wake")
    assert stage.state == "welcome", "not back into a pause of the meeting"


def test_its_own_wake_phrase_is_tried(content):
    row = content.commands["wake"].model_copy(update={"phrases": ("guten morgen",)})
    fields = {name: getattr(content, name) for name in type(content).model_fields}
    commands = {**content.commands, "wake": row}
    own = type(content)(**(fields | {"commands": commands}))
    stage = stage_in("hello.word", own)
    assert "Guten Morgen" in " ".join(stage.texts[-3:])


@pytest.mark.parametrize("state", ["hello.intro", *TESTS])
def test_it_can_be_skipped_from_everywhere(content, state):
    stage = stage_in(state, content)
    stage.say("skip")
    assert stage.state == "hello.done"
    assert stage.line_ids[-1] == "hello.skipped"
    stage.until("welcome", 30)


def test_a_button_alone_leads_through_it(content):
    stage = stage_for(content, first_time=True)
    for _ in range(5):
        stage.press("next")
    assert stage.state == "welcome"


@pytest.mark.parametrize("state", ["hello.hear", "hello.word"])
def test_who_is_not_understood_hears_what_to_do(content, state):
    stage = stage_in(state, content)
    assert [type(cue) for cue in stage.mumble()] == [Earcon]
    stage.wait(1.0).mumble()
    stage.until_quiet()
    assert "not_understood" in stage.line_ids
    assert "näher" in stage.texts[-1] or "näher" in stage.texts[-2]
    assert stage.state == state


def test_who_is_not_heard_at_all_hears_it_too_and_is_then_left_in_peace(content):
    stage = stage_in("hello.hear", content)
    stage.until_said("options.hello.hear", 1, 30)
    stage.until("paused", 60).until("standby", 400).say("wake")
    stage.until_quiet().say("next")
    assert stage.state == "hello.hear"


def test_each_volume_is_tried_at_once(content):
    stage = stage_in("hello.volume", content)
    cues = stage.say("louder")
    assert [type(cue) for cue in cues] == [SetVolume, Say]
    assert cues[1].line == "hello.volume_again"
    assert stage.state == "hello.volume"


def test_who_has_met_it_is_not_introduced_again(content):
    stage = stage_in("standby", content)
    assert not any(state.startswith("hello.") for state in stage.states)
