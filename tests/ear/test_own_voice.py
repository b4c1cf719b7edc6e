import pytest

from skill.content.loader import load_content
from skill.ear.own_voice import OwnVoice, own_words
from skill.ear.rules import EarRules
from skill.messages.heard import Speaking

RULES = EarRules(echo_seconds=0.5, word_place_seconds=0.4)
LINE = "Sag weiter, wenn du magst. Oder sag einfach Stopp."


def voice(position_seconds: float, text: str = LINE) -> OwnVoice:
    """A line of 5 s that started at 10 s."""
    line = Speaking(text, position_seconds, 5.0)
    return OwnVoice((line,), 10.0 + position_seconds, RULES)


def test_sounds_until_its_echo_is_over() -> None:
    assert voice(5.4).sounding
    assert not voice(5.6).sounding
    assert not OwnVoice((), 1.0, RULES).sounding


@pytest.mark.parametrize(
    ("phrase", "start", "end", "own"),
    [
        ("weiter", 10.4, 11.0, True),  # the echo itself
        ("weiter", 12.5, 13.0, False),  # said by the person after the coach had said it
        ("pause", 10.4, 11.0, False),  # not in the line
        ("sag weiter", 10.0, 11.0, True),  # several words in a row
        ("weiter wenn ich", 10.4, 11.0, False),
    ],
)
def test_a_command_is_masked_until_the_line_has_said_it(
    phrase: str, start: float, end: float, own: bool
) -> None:
    assert voice(3.0).brings(phrase, start, end, safety=False) is own


def test_a_command_is_masked_before_the_line_says_it_a_safety_command_is_not() -> None:
    assert voice(2.0).brings("stopp", 11.0, 11.4, safety=False)
    assert not voice(2.0).brings("stopp", 11.0, 11.4, safety=True)
    assert voice(4.9).brings("stopp", 14.5, 14.9, safety=True)


def test_a_word_is_no_part_of_another() -> None:
    assert not voice(3.0, "Weiterhin ruhig atmen.").brings("weiter", 10.2, 10.8, safety=False)


def test_its_own_words_are_those_of_all_lines() -> None:
    content = load_content()
    words = own_words(content)
    assert {"becken", "schultern"} <= words
    assert all(word.isalnum() and word == word.lower() for word in words)
    assert "repetitions" not in words  # the name of a placeholder, not a word
