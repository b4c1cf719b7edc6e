"""What is asked for, in which order, and which takes tune and which test."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from rueckgrat.calibration.script import InterviewScript
from skill.coach.german import sentence_case
from skill.files import slug

_WORD_SECONDS = 3.6
_SENTENCE_SECONDS = 9.0
"""From one prompt to the next, measured with synthetic speakers."""


class PromptKind(StrEnum):
    """What a take holds: the room without anybody, a command, or a sentence that is none."""

    ROOM = "room"
    WORD = "word"
    SENTENCE = "sentence"


class Split(StrEnum):
    """What a take is for: thresholds are chosen on TUNE only, and TEST says what they are worth."""

    TUNE = "tune"
    TEST = "test"


@dataclass(frozen=True)
class Prompt:
    """One take that is asked for: the ``number``-th of ``takes`` of a word, both from 1 on."""

    kind: PromptKind
    text: str
    number: int = 1
    part: Split = Split.TUNE

    @property
    def file(self) -> str:
        """Name of the recording."""
        stem = slug(self.text) if self.kind is PromptKind.WORD else _STEMS[self.kind]
        return f"{stem}_{self.number}.wav"

    @property
    def transcript(self) -> str:
        """What is said in the recording; empty for the room."""
        return self.text

    @property
    def spoken(self) -> str:
        """How the coach says it first: the word as a sentence."""
        return self.text if self.kind is PromptKind.SENTENCE else f"{sentence_case(self.text)}."


_STEMS = {PromptKind.ROOM: "raum", PromptKind.SENTENCE: "satz"}


def plan(script: InterviewScript) -> tuple[Prompt, ...]:
    """Return everything that is asked for: the room, a round of words, the sentences, more rounds.

    In rounds, so that no two takes of a word follow each other: such takes sound alike, and a test
    with takes like those that were tuned on would look better than the person is understood.
    """
    rounds = max(words.takes for words in script.words)
    return (
        Prompt(PromptKind.ROOM, ""),
        *_round(script, 1),
        *_sentences(script),
        *(prompt for number in range(2, rounds + 1) for prompt in _round(script, number)),
    )


def minutes(script: InterviewScript) -> int:
    """Return how long all of it takes, in whole minutes, rounded up."""
    kinds = [prompt.kind for prompt in plan(script)]
    seconds = kinds.count(PromptKind.WORD) * _WORD_SECONDS
    return ceil((seconds + kinds.count(PromptKind.SENTENCE) * _SENTENCE_SECONDS) / 60)


def _round(script: InterviewScript, number: int) -> Iterator[Prompt]:
    for words in script.words:
        if number <= words.takes:
            part = Split.TEST if number == words.takes else Split.TUNE
            for word in words.say:
                yield Prompt(PromptKind.WORD, word, number, part)


def _sentences(script: InterviewScript) -> Iterator[Prompt]:
    for number, text in enumerate(script.sentences, start=1):
        yield Prompt(PromptKind.SENTENCE, text, number, (Split.TEST, Split.TUNE)[number % 2])
