"""Where a moment lies on the page: time runs to the right and wraps into rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Span:
    """A part of a row: row number, from x to x (px). ``starts`` is False for a continuation."""

    row: int
    left: float
    right: float
    starts: bool = True

    @property
    def width(self) -> float:
        """Width in px."""
        return self.right - self.left


@dataclass(frozen=True)
class Rows:
    """The page's time axis, ``seconds_per_row`` to a row that begins at ``left`` px."""

    total_seconds: float
    seconds_per_row: float = 60.0
    px_per_second: float = 25.0
    left: float = 64.0

    @property
    def count(self) -> int:
        """Number of rows."""
        return max(1, ceil(round(self.total_seconds / self.seconds_per_row, 6)))

    @property
    def right(self) -> float:
        """Right end of a full row, px."""
        return self.left + self.seconds_per_row * self.px_per_second

    def end(self, row: int) -> float:
        """Return where the session's time ends in this row, px."""
        seconds = min(self.total_seconds - row * self.seconds_per_row, self.seconds_per_row)
        return self.left + max(0.0, seconds) * self.px_per_second

    def at(self, seconds: float) -> Span:
        """Return the place of a moment: a span without width."""
        row = min(int(seconds / self.seconds_per_row), self.count - 1)
        x = self.left + (seconds - row * self.seconds_per_row) * self.px_per_second
        return Span(row, x, x)

    def spans(self, start_seconds: float, end_seconds: float) -> Iterator[Span]:
        """Yield the parts of an interval, one for each row that it touches."""
        start, end = max(0.0, start_seconds), min(end_seconds, self.total_seconds)
        first = self.at(start)
        while start < end:
            row = min(int(start / self.seconds_per_row + 1e-9), self.count - 1)
            stop = min(end, (row + 1) * self.seconds_per_row)
            origin = self.left - row * self.seconds_per_row * self.px_per_second
            left, right = (origin + t * self.px_per_second for t in (start, stop))
            yield Span(row, left, right, row == first.row)
            start = stop
