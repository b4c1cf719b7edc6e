"""„Tablet verbinden“: the digits that let a device see the companion page."""

from skill.content.schema import Content
from tests.coach.stage import stage_for


def test_the_digits_are_said_twice_one_by_one(content: Content) -> None:
    stage = stage_for(content, new_code=lambda: "4071").until("safety.ask").until_quiet()
    stage.say("connect")
    stage.until_quiet()
    told = [line.cue.text for line in stage.lines if line.cue.line.startswith("page.")]
    digits = ["Vier.", "Null.", "Sieben.", "Eins."]
    assert told[1:5] == digits
    assert told[6:] == digits


def test_without_a_page_it_says_so(content: Content) -> None:
    stage = stage_for(content).until("safety.ask").until_quiet()
    stage.say("connect")
    stage.until_quiet()
    assert "page.off" in [line.cue.line for line in stage.lines]
