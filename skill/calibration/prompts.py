"""What is asked for, in which order, and which takes tune and which test."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from skill.calibration.script import Script
from skill.coach.german import sentence_case
from skill.files import slug

_WORD_SECONDS = 3.6
_SENTENCE_SECONDS = 9.0
"""From one prompt to the next, as it went in rehearsals with synthetic speakers."""


class Kind(StrEnum):
    """What a take holds: the room without anybody, a command, or a sentence that is none."""

    ROOM = "room"
    WORD = "word"
    SENTENCE = "sentence"


class Part(StrEnum):
    """What a take is for: thresholds are chosen on TUNE only, and TEST says what they are worth."""

    TUNE = "tune"
    TEST = "test"


@dataclass(frozen=True)
class Prompt:
    """One take that is asked for: the ``number``-th of ``takes`` of a word, both from 1 on."""

    kind: Kind
    text: str
    number: int = 1
    part: Part = Part.TUNE

    @property
    def file(self) -> str:
        """Name of the recording."""
        stem = slug(self.text) if self.kind is Kind.WORD else _STEMS[self.kind]
        return f"{stem}_{self.number}.wav"

    @property
    def transcript(self) -> str:
        """What is said in the recording; empty for the room."""
        return self.text

    @property
    def spoken(self) -> str:
        """How the coach says it first: the word as a sentence."""
        return self.text if self.kind is Kind.SENTENCE else f"{sentence_case(self.text)}."


_STEMS = {Kind.ROOM: "raum", Kind.SENTENCE: "satz"}


def plan(script: Script) -> tuple[Prompt, ...]:
    """Return everything that is asked for: the room, a round of words, the sentences, more rounds.

    In rounds, so that no two takes of a word are said in one breath: a test that is the echo of
    what it was tuned on would flatter.
    """
    rounds = max(words.takes for words in script.words)
    return (
        Prompt(Kind.ROOM, ""),
        *_round(script, 1),
        *_sentences(script),
        *(prompt for number in range(2, rounds + 1) for prompt in _round(script, number)),
    )


def minutes(script: Script) -> int:
    """Return how long all of it takes, in whole minutes, rounded up."""
    kinds = [prompt.kind for prompt in plan(script)]
    seconds = kinds.count(Kind.WORD) * _WORD_SECONDS
    return ceil((seconds + kinds.count(Kind.SENTENCE) * _SENTENCE_SECONDS) / 60)


def _round(script: Script, number: int) -> Iterator[Prompt]:
    for words in script.words:
        if number <= words.takes:
            part = Part.TEST if number == words.takes else Part.TUNE
            for word in words.say:
                yield Prompt(Kind.WORD, word, number, part)


def _sentences(script: Script) -> Iterator[Prompt]:
    for number, text in enumerate(script.sentences, start=1):
        yield Prompt(Kind.SENTENCE, text, number, (Part.TEST, Part.TUNE)[number % 2])
