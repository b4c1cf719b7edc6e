"""A mistake in a dialog, said in two halves: what is wrong, and how to mend it."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process


class RuleError(ValueError):
    """Raised by the rules of a shape.

    ``problem`` is German that goes on after the field's name, verb first and without stop: "ist
    leer". ``mend`` is a whole sentence. A ValueError, so that pydantic collects it with its own.
    """

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(f"{problem}. {mend}")
        self.problem = problem
        self.mend = mend


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one is meant for; empty if none is near."""
    close = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=65)
    return close[0] if close else ""


def suggest(word: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """Return a mend for an unknown word: the closest known one; else ``otherwise``, or all."""
    names = sorted(known)
    if near := closest(word, names):
        return f"Meinst du „{near}“?"
    if otherwise is not None:
        return otherwise
    return f"Es gibt: {', '.join(names)}." if names else "Nimm das heraus."


def and_more(count: int) -> str:
    """Return a remark on ``count`` further mistakes, empty for none."""
    if count == 0:
        return ""
    return f" (Danach {'kommt noch ein' if count == 1 else f'kommen noch {count}'} Fehler.)"
