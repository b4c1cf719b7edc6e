"""Words as they were heard: what understanding knows of an utterance."""

import re
import unicodedata

from skill.messages.heard import SpokenWord

__all__ = ["SpokenWord", "as_spoken", "plain"]


def as_spoken(text: str) -> tuple[SpokenWord, ...]:
    """Return a written sentence as words that were heard for certain, without any sound."""
    return tuple(map(SpokenWord, plain(text).split()))


def plain(text: str) -> str:
    """Return a text as the recogniser spells it: small letters, no signs, single spaces.

    Not ``casefold``: that turns ß into ss, and the model knows "dreißig" only. "geht's" is one
    word, as it is said; a word in brackets, such as ``[other]``, stays.
    """
    text = re.sub("['’`]", "", unicodedata.normalize("NFC", text).lower())
    return " ".join(re.findall(r"\[?[^\W\d_]+\]?|\d+", text))
