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


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a mend for an unknown word: the closest known one, or all there are."""
    names = sorted(known)
    close = process.extractOne(word, names, scorer=fuzz.ratio, score_cutoff=65)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known are: {', '.join(names)}." if names else "Remove it."


def and_more(count: int) -> str:
    """Return a remark on ``count`` further mistakes, empty for none."""
    if count == 0:
        return ""
    return f" ({count} more mistake{'s' if count > 1 else ''} after this one.)"
