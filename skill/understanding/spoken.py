"""Words as they were heard: what understanding knows of an utterance."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class SpokenWord:
    """A recognised word, and what the sound says for it.

    Times are seconds on any one clock. ``level_dbfs`` is the mean level of its span,
    ``voice`` the probability (0 to 1) that a human voice sounded in it; None where nobody measured.
    """

    text: str
    confidence: float = 1.0
    start_seconds: float = 0.0
    end_seconds: float = 0.0
    level_dbfs: float | None = None
    voice: float | None = None


def as_spoken(text: str) -> tuple[SpokenWord, ...]:
    """Return a written sentence as words that were heard for certain, without any sound."""
    return tuple(map(SpokenWord, plain(text).split()))


def plain(text: str) -> str:
    """Return a text as the recogniser spells it: small letters, no signs, single spaces.

    Not ``casefold``: that turns ß into ss, and the model knows "dreißig" only. "geht's" is one
    word, as it is said; a word in brackets, such as ``[other]``, stays.
    """
    text = re.sub("['’`]", "", text.lower())
    return " ".join(re.findall(r"\[?[^\W\d_]+\]?|\d+", text))
