"""Whoever answers a question at once, right behind the very word, is heard."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from skill.content.loader import load_content
from skill.content.personal import personal
from skill.content.states import STATES
from skill.ear.own_voice import Own, OwnVoice
from skill.ear.rules import EarRules
from skill.messages.heard import Speaking
from skill.written.spoken import contains_phrase, sentences

CONTENT = personal(load_content(), ("Anna", "Bernd"))
RULES = EarRules()
QUICK_SECONDS = 0.1
"""So soon behind its word somebody answers who knows what comes."""

WORD_SECONDS = 0.4


@dataclass(frozen=True)
class Prompt:
    """A command's phrase in a sentence of the coach that says what can be said."""

    sentence: str
    phrase: str


def prompts() -> Iterator[Prompt]:
    """Yield each command that counts where it is named, in every variant of every phrase."""
    states = [state.name for state in STATES.values() if state.options]
    for line, variants in CONTENT.phrases.items():
        where = [one for one in states if line.startswith(one) or STATES[one].options == line]
        live = frozenset().union(*map(CONTENT.live_commands, where or states))
        for sentence in dict.fromkeys(one for text in variants for one in sentences(text)):
            for phrase, command in CONTENT.vocabulary.items():
                if command.name in live and contains_phrase(sentence, phrase):
                    yield Prompt(sentence, phrase)


PROMPTS = list(prompts())


def test_all_prompts_are_found() -> None:
    asked = {CONTENT.vocabulary[one.phrase].name for one in PROMPTS}
    assert len(PROMPTS) > 100
    assert asked >= {"next", "yes", "no", "quit", "pause", "feeling", "skip", "repeat", "louder"}


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda one: f"{one.phrase} in {one.sentence}")
def test_an_answer_right_behind_its_word_is_not_taken_for_the_echo(prompt: Prompt) -> None:
    seconds = 0.06 * len(prompt.sentence)
    voice = OwnVoice((Speaking(prompt.sentence, seconds, seconds),), seconds, RULES)
    quick = max(end for _, end in voice._places(voice.lines[0], prompt.phrase)) + QUICK_SECONDS
    late = quick + RULES.word_place_seconds
    assert voice.brings(prompt.phrase, quick, quick + WORD_SECONDS) is not Own.OVER
    assert voice.brings(prompt.phrase, late, late + WORD_SECONDS) is None
