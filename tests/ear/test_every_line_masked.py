"""Whatever the coach says of what can be said to it: its own voice never commands it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import pytest

from rueckgrat.corpus import all_sentences
from skill.content.lines import spoken_lines
from skill.content.loader import load_content
from skill.content.personal import personal
from skill.ear.own_voice import OwnVoice
from skill.ear.rules import EarRules
from skill.messages.heard import Speaking
from skill.settings import Settings
from skill.trainer import voice_for
from skill.voice.choice import ANY_LANGUAGE, BUILT_IN_VOICE
from skill.written.spoken import contains_phrase
from tests.voice.naturals import JOE

PEOPLE = ("Anna", "Bernd", "Zoë", "Karl-Heinz", "Halina", "Marie")
CONTENT = personal(load_content(), PEOPLE)
RULES = EarRules()
ECHO_SECONDS = 0.3
"""A slow echo: loudspeaker, room and sound card together."""


@dataclass(frozen=True)
class Said:
    """A command's phrase within a line of the coach, from one letter to another."""

    line: str
    phrase: str
    first: int
    last: int


@cache
def sentences() -> list[str]:
    """Return all that the coach may ever say."""
    return list(all_sentences(CONTENT, PEOPLE))


@cache
def commands_said() -> list[Said]:
    """Return every phrase in every line, once for each time that it is said."""
    return list(_commands_said())


def _commands_said() -> Iterator[Said]:
    for line in sentences():
        for phrase in CONTENT.vocabulary:
            if contains_phrase(line, phrase):
                pattern = r"(?<![^\W_])" + r"[\W_]+".join(phrase.split()) + r"(?![^\W_])"
                for found in re.finditer(pattern, line.lower()):
                    yield Said(line, phrase, *found.span())


def is_masked(said: Said, seconds: float, start_seconds: float, end_seconds: float) -> bool:
    """Tell whether the phrase is masked that is heard at this time of a line so long."""
    decided_seconds = end_seconds + RULES.early_quiet_seconds
    voice = OwnVoice((Speaking(said.line, decided_seconds, seconds),), decided_seconds, RULES)
    return voice.brings(said.phrase, start_seconds, end_seconds) is not None


def test_every_command_in_every_line_is_masked_where_its_letters_are() -> None:
    found = commands_said()
    assert len(found) > 500
    assert {CONTENT.vocabulary[one.phrase].name for one in found} >= {
        *("next", "pause", "quit", "yes", "no", "number", "exercise", "person", "programme"),
    }
    for one in found:
        letter_seconds = 5.0 / len(one.line)
        start, end = one.first * letter_seconds, one.last * letter_seconds
        assert is_masked(one, 5.0, start, end), one


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("voice_name", "one_in"),
    [
        (BUILT_IN_VOICE, 12),
        pytest.param(BUILT_IN_VOICE, 1, marks=pytest.mark.long),
        pytest.param(f"{JOE}{ANY_LANGUAGE}", 40, marks=pytest.mark.long, id="neural-40"),
    ],
)
def test_every_command_in_every_line_is_masked_when_the_voice_says_it(
    voice_name: str, one_in: int
) -> None:
    """Where it begins is measured: as long as the voice takes for all before it."""
    voice = voice_for(Settings(voice=voice_name), CONTENT)
    heard = []
    numbers = {phrase for phrase, one in CONTENT.vocabulary.items() if one.name == "number"}
    for one in islice(commands_said(), 0, None, one_in):
        if one.phrase in numbers and not one.line.lower().startswith(one.phrase):
            continue  # said in hundreds of lines that differ in nothing but their fillings
        start = voice.speech_seconds(one.line[: one.first]) if one.first else 0.0
        end = voice.speech_seconds(one.line[: one.last])
        seconds = voice.speech_seconds(one.line)
        if not is_masked(one, seconds, start + ECHO_SECONDS, end + ECHO_SECONDS):
            heard.append(f"{one.phrase} in {one.line!r} at {start:.2f} of {seconds:.2f} s")
    assert not heard, "\n".join(heard)


def safety_phrases() -> list[str]:
    rows = (CONTENT.commands[name] for name in CONTENT.safety_commands)
    return [phrase for row in rows for phrase in (*row.phrases, *row.slots)]


def test_no_line_holds_a_safety_phrase_however_it_is_filled_in() -> None:
    assert "stopp" in safety_phrases()
    alone = [line for _, _, line in spoken_lines(CONTENT)]
    for phrase in safety_phrases():
        assert not [line for line in (*sentences(), *alone) if contains_phrase(line, phrase)], (
            phrase
        )


def test_no_word_of_the_coach_ends_in_a_single_safety_word() -> None:
    """ "Rückenschmerzen" is heard as "rücken, schmerzen"."""
    words = {word for line in sentences() for word in re.findall(r"[^\W_]+", line.lower())}
    for phrase in safety_phrases():
        if " " not in phrase:
            assert not [word for word in words if word.endswith(phrase)], phrase
