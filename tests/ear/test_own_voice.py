import pytest

from skill.content.loader import load_content
from skill.ear.own_voice import Own, OwnVoice, own_words
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
        ("weiter", 10.4, 11.0, Own.OVER),  # the echo itself
        ("weiter", 11.1, 11.6, Own.BEHIND),  # a slow echo, or somebody who was quick
        ("weiter", 11.5, 12.0, None),  # said by the person after the coach had said it
        ("pause", 10.4, 11.0, None),  # not in the line
        ("sag weiter", 10.0, 11.0, Own.OVER),  # several words in a row
        ("weiter wenn ich", 10.4, 11.0, None),
    ],
)
def test_a_command_is_masked_while_the_line_says_it(
    phrase: str, start: float, end: float, own: Own | None
) -> None:
    assert voice(3.0).brings(phrase, start, end) is own


def test_a_command_counts_before_the_line_says_it() -> None:
    assert voice(2.0).brings("stopp", 11.0, 11.4) is None
    assert voice(4.9).brings("stopp", 14.5, 14.9) is Own.OVER


def test_a_comma_takes_time() -> None:
    line = "Ja, ja, ja, ja, und nun weiter"
    assert voice(4.9, line).brings("weiter", 14.4, 14.9) is Own.OVER
    with_commas, without = voice(1.0, "ach, weiter geht"), voice(1.0, "ach  weiter geht")
    assert with_commas.brings("weiter", 13.9, 14.4) is Own.BEHIND
    assert without.brings("weiter", 13.9, 14.4) is None


def test_a_word_is_no_part_of_another() -> None:
    assert voice(3.0, "Weiterhin ruhig atmen.").brings("weiter", 10.2, 10.8) is None


def test_its_own_words_are_those_of_all_lines() -> None:
    content = load_content()
    words = own_words(content)
    assert {"becken", "schultern"} <= words
    assert all(word.isalnum() and word == word.lower() for word in words)
    assert "repetitions" not in words  # the name of a placeholder, not a word
