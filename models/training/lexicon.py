"""The lexicon as a list of entries, and the words that belong into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .pronounce import Pronunciation, pronunciations
from .words import (
    FIRST_NAMES,
    OTHER,
    UNKNOWN,
    command_words,
    common_words,
    decoy_words,
    sentence_words,
)


@dataclass(frozen=True)
class Entry:
    """One way to say one word; ``cost`` is what the decoder pays for choosing it."""

    word: str
    phones: Pronunciation
    cost: float = 0.0


def build(dialogs: Path, common: int, decoy_cost: float) -> list[Entry]:
    """Return all pronunciations: command words and first names with everyday variants.

    Of words that only sentences around them hold, and of others, the first one; ``decoy_cost``
    makes those less likely than what commands are called.
    """
    entries: dict[Entry, None] = {}
    wanted = dict.fromkeys([*command_words(dialogs), *FIRST_NAMES])
    for word in wanted:
        found = pronunciations(word, careful=True)
        entries.update((Entry(word, phones), None) for phones in found)
    known = set(wanted)
    decoys = set(decoy_words(dialogs))
    for word in sentence_words(dialogs):
        if word not in known and word not in decoys:
            known.add(word)
            first = pronunciations(word)[:1]
            entries.update((Entry(word, phones, decoy_cost), None) for phones in first)
    for word in [*decoy_words(dialogs), *common_words(common)]:
        if word not in known:
            known.add(word)
            first = pronunciations(word)[:1]
            entries.update((Entry(word, phones, decoy_cost), None) for phones in first)
    return list(entries)


def vocabulary(entries: list[Entry]) -> list[str]:
    """Return all words once, ``[unk]`` and ``[other]`` first."""
    return [UNKNOWN, OTHER, *dict.fromkeys(entry.word for entry in entries)]
