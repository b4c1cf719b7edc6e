"""Says lines one after the other, and knows which of them have yet to be said."""

from collections.abc import Iterator, Sequence

from skill.coach.prompts import Words
from skill.messages.cues import Say

LINE_GAP_SECONDS = 0.2
"""Silence between two lines of a passage, as between two spoken sentences."""


class Speaker:
    """A passage of lines. A line counts as said once its end was reported.

    So a passage that was interrupted goes on with the very line that was cut: no name and no
    instruction is heard by half only.
    """

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids
        self._lines: list[Words] = []
        self._asides = 0
        self._awaited: int | None = None

    @property
    def is_speaking(self) -> bool:
        """Tell whether a line is being said."""
        return self._awaited is not None

    @property
    def unsaid(self) -> tuple[Words, ...]:
        """Lines that have not been said to their end."""
        return tuple(self._lines)

    @property
    def unsaid_but_asides(self) -> tuple[Words, ...]:
        """The same, without what is left of an aside."""
        return tuple(self._lines[self._asides :])

    def begin(self, lines: Sequence[Words], at_seconds: float, asides: int = 0) -> Say:
        """Say these lines (one at least) instead of all others; return the cue of the first.

        So many ``asides`` at their beginning answer a question, and the rest goes on behind them.
        """
        self._lines = list(lines)
        self._asides = asides
        return self._say(at_seconds)

    def is_saying(self, cue_id: int) -> bool:
        """Tell whether this is the cue of the line being said."""
        return cue_id == self._awaited

    def go_on(self, now_seconds: float) -> Say | None:
        """Take note that the line has ended; return the cue of the next, None when all is said."""
        self._awaited = None
        self._lines.pop(0)
        self._asides = max(0, self._asides - 1)
        return self._say(now_seconds + LINE_GAP_SECONDS) if self._lines else None

    def stop(self) -> None:
        """Forget all lines."""
        self._lines = []
        self._awaited = None

    def _say(self, at_seconds: float) -> Say:
        self._awaited = next(self._ids)
        words = self._lines[0]
        return Say(words.text, self._awaited, words.line, at_seconds)
