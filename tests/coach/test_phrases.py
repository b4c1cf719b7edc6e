"""What the shipped phrases must keep to."""

import pytest

from skill.coach.prompts import Line
from skill.content.states import STATES, Waits
from skill.written.spoken import words

ASKING = [
    *(Line.SAFETY_ASK, Line.SAFETY_ASK_KNOWN, Line.SAFETY_ASK_AGAIN),
    *(Line.MENU_ASK, Line.MENU_ASK_AGAIN),
    *(Line.MENU_MATERIAL, Line.MENU_RESUME, Line.FEEDBACK_ASK, Line.MORE_HINT),
    *(Line.MENU_COUNT, Line.MENU_COUNT_ALL, Line.POSITION_READY, Line.POSITION_READY_SIDES),
    *(Line.PAUSED, Line.PAUSED_STOPPED, Line.PAUSED_SILENCE, Line.PAUSED_STILL),
    *(
        Line.HELLO_VOLUME,
        Line.TAKE_YOUR_TIME,
        Line.SIGN_STAY,
        Line.SIGN_PAUSED,
        Line.WHO_GUEST_SURE,
        Line.PAUSED_DONE_SURE,
    ),
    *(
        state.says[-1]
        for state in STATES.values()
        if state.says and state.waits is not Waits.NOTHING
    ),
    *(state.after_volume for state in STATES.values() if state.after_volume),
    *(state.options for state in STATES.values() if state.options),
]


@pytest.mark.parametrize("line", ASKING)
def test_no_question_ends_in_a_command(content, line):
    """The ear takes a quick answer for an echo of the command that was just being said."""
    for variant in content.phrases[line]:
        said = f" {words(variant)}"
        ends = [phrase for phrase in content.vocabulary if said.endswith(f" {phrase}")]
        assert ends == [], variant


@pytest.mark.parametrize("state", [state for state in STATES.values() if state.options])
def test_every_option_that_is_offered_counts_there(content, state):
    live = content.live_commands(state.name)
    for variant in content.phrases[state.options]:
        said = f" {words(variant)} "
        named = {
            command.name for phrase, command in content.vocabulary.items() if f" {phrase} " in said
        }
        assert named <= live, variant


def test_the_longest_sentence_of_a_phrase_can_be_followed(content):
    for line, variants in content.phrases.items():
        for variant in variants:
            assert max(map(len, variant.split(". "))) <= 110, f"{line}: {variant}"
