"""A recogniser that hears what it is told, and small helpers around it."""

from collections.abc import Mapping, Sequence

import numpy as np

from skill.content.command_row import CommandRow
from skill.content.schema import Content
from skill.ear.recogniser import Hypothesis, Word
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence

LOUD: Pcm = (np.random.default_rng(1).normal(0, 3000, EAR_BLOCK_SAMPLES)).astype(np.int16)
QUIET: Pcm = silence(EAR_BLOCK_SAMPLES)


def row(*phrases: str, safety: bool = False, **slots: str) -> CommandRow:
    """A row of phrases that counts everywhere."""
    return CommandRow(means="-", phrases=phrases, slots=slots, where=("everywhere",), safety=safety)


def content_of(
    commands: Mapping[str, CommandRow],
    fillers: Sequence[str] = (),
    negations: Sequence[str] = (),
    decoys: Sequence[str] = (),
) -> Content:
    """Content of these commands and nothing else: no exercises, no lines."""
    return Content(
        exercises=(),
        commands=dict(commands),
        phrases={},
        respellings={},
        decoys=tuple(decoys),
        fillers=tuple(fillers),
        negations=tuple(negations),
    )


class ScriptedRecogniser:
    """Yields one scripted partial per block; ``finish`` makes the last one final.

    Words share the time since the last end evenly; ``confidence`` goes for all of them. ``finals``
    are what ``finish`` makes of the first utterances instead. ``fed_seconds`` collects how much
    was fed in each call, ``samples`` what.
    """

    def __init__(
        self, partials: Sequence[str], confidence: float = 1.0, finals: Sequence[str] = ()
    ) -> None:
        self.confidence = confidence
        self.fed_seconds: list[float] = []
        self.samples: list[int] = []
        self._finals = list(finals)
        self.renewed = 0
        self.finished = 0
        self._partials = list(partials)
        self._last = ""
        self._fed_samples = 0
        self._begin_seconds = 0.0

    def tell(self, partials: Sequence[str]) -> None:
        """Script anew what is heard from now on."""
        self._partials = list(partials)

    def begin(self, seconds: float) -> None:
        """Let the next words begin at this time."""
        self._begin_seconds = seconds

    def accept(self, block: Pcm) -> Hypothesis:
        self._fed_samples += len(block)
        self.fed_seconds.append(len(block) / EAR_RATE_HZ)
        self.samples += block.tolist()
        self._last = self._partials.pop(0) if self._partials else ""
        if self._last == "!":
            raise RuntimeError("lost the thread")
        return Hypothesis(self._last)

    def finish(self) -> Hypothesis:
        self.finished += 1
        text = self._finals.pop(0) if self._finals else self._last
        texts = text.split()
        end_seconds = self._fed_samples / EAR_RATE_HZ
        each = (end_seconds - self._begin_seconds) / max(1, len(texts))
        words = tuple(
            Word(
                text,
                self.confidence,
                self._begin_seconds + place * each,
                self._begin_seconds + (place + 1) * each,
            )
            for place, text in enumerate(texts)
        )
        self._begin_seconds = end_seconds
        return Hypothesis(text, words, final=True)

    def renew(self) -> None:
        self.renewed += 1
