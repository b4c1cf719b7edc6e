"""A mistake in a dialog, said in two halves: what is wrong, and how to mend it."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


class RuleError(ValueError):
    """Raised by the rules of a shape. ``problem`` goes on after the field's name, without stop.

    ``mend`` is a whole sentence. A ValueError, so that pydantic collects it with its own.
    """

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem}. {mend}")
        self.problem = problem
        self.mend = mend


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one is meant for; empty if none is near."""
    close = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=65)
    return close[0] if close else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a mend for an unknown word: the closest known one, or all there are."""
    names = sorted(known)
    if near := closest(word, names):
        return f'Did you mean "{near}"?'
    return f"Known are: {', '.join(names)}." if names else "Remove it."


def and_more(count: int) -> str:
    """Return a remark on ``count`` further mistakes, empty for none."""
    if count == 0:
        return ""
    return f" ({count} more mistake{'s' if count > 1 else ''} after this one.)"
