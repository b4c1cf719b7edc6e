"""The lexicon as a list of entries, and the words that belong into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .pronounce import Pronunciation, pronunciations
from .words import UNKNOWN, command_words, common_words, decoy_words


@dataclass(frozen=True)
class Entry:
    """One way to say one word."""

    word: str
    phones: Pronunciation


def build(dialogs: Path, common: int) -> list[Entry]:
    """Return all pronunciations: command words with everyday variants, others with the first."""
    entries: dict[Entry, None] = {}
    commands = command_words(dialogs)
    for word in commands:
        found = pronunciations(word, careful=True)
        entries.update((Entry(word, phones), None) for phones in found)
    known = set(commands)
    for word in [*decoy_words(dialogs), *common_words(common)]:
        if word not in known:
            known.add(word)
            entries.update((Entry(word, phones), None) for phones in pronunciations(word)[:1])
    return list(entries)


def vocabulary(entries: list[Entry]) -> list[str]:
    """Return all words once, ``[unk]`` first."""
    return [UNKNOWN, *dict.fromkeys(entry.word for entry in entries)]
