"""How loud a session begins."""

from skill.content.schema import Content
from skill.messages.cues import SetVolume
from tests.coach.stage import Stage, stage_for


def volumes(stage: Stage) -> list[float]:
    return [cue.gain_db for _, cue in stage.cues if isinstance(cue, SetVolume)]


def test_it_begins_as_loud_as_is_wished_and_goes_on_from_there(content: Content) -> None:
    stage = stage_for(content, gain_db=-4.0)
    assert volumes(stage) == [-4.0]
    stage.until("safety.ask").until_quiet()
    stage.say("louder")
    assert volumes(stage) == [-4.0, 0.0]


def test_without_a_wish_nothing_is_turned(content: Content) -> None:
    assert volumes(stage_for(content)) == []
