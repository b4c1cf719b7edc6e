"""A second opinion on a command, for models whose ``[unk]`` rejects nothing."""

from collections import deque

import numpy as np
from rapidfuzz.distance import Levenshtein

from skill.ear.recogniser import Recogniser
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm

_LEAD_SECONDS = 0.2
"""Heard before the first word as well: its estimated start may be late."""

_LONGEST_SECONDS = 5.0
"""Longer than any phrase; what lies further back is forgotten."""


class SecondOpinion:
    """Decodes the span of a command again, with any words allowed.

    A grammar makes the nearest command of whatever it hears, often with confidence 1. What free
    decoding makes of the same sound is spelled like the command, or it was none. That is only
    asked once something has been taken for a command, so that it costs nothing otherwise.
    """

    def __init__(self, recogniser: Recogniser, least_similarity: float) -> None:
        self._recogniser = recogniser
        self._least_similarity = least_similarity
        self._blocks: deque[Pcm] = deque(maxlen=round(_LONGEST_SECONDS / BLOCK_SECONDS))

    def hear(self, block: Pcm) -> None:
        """Keep a block, in case it is asked about."""
        self._blocks.append(block)

    def supports(self, phrase: str, seconds: float) -> bool:
        """Return whether the phrase can have been said; it began ``seconds`` ago."""
        samples = round((seconds + _LEAD_SECONDS) * EAR_RATE_HZ)
        ended_early = self._recogniser.accept(np.concatenate(self._blocks)[-samples:])
        heard = ended_early.text if ended_early.final else ""
        heard += self._recogniser.finish().text
        self._recogniser.renew()
        return similarity(phrase, heard) >= self._least_similarity


def similarity(phrase: str, heard: str) -> float:
    """Return the share of letters (0 to 1) that agree, in order; spaces don't count.

    German spelling follows the sound closely enough, and free decoding divides words at will.
    """
    return Levenshtein.normalized_similarity(phrase.replace(" ", ""), heard.replace(" ", ""))
