"""Places the coach's lines under their waves so that no two texts overlap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rueckgrat.replay.picture.words import is_whole, text_width, wrap

ROUNDING_PX = 0.01


@dataclass(frozen=True)
class Label:
    """A placed text: its lines from line ``top`` down, at ``left`` px."""

    left: float
    top: int
    lines: tuple[str, ...]
    width: float

    def collides(self, others: Iterable["Label"], gap: float = 5.0) -> bool:
        """Return whether it overlaps one of ``others``."""
        return any(self.overlaps(other, gap) for other in others)

    def overlaps(self, other: "Label", gap: float) -> bool:
        """Return whether two labels touch or come closer than ``gap`` px sideways."""
        return (
            self.left < other.left + other.width + gap
            and other.left < self.left + self.width + gap
            and self.top < other.top + len(other.lines)
            and other.top < self.top + len(self.lines)
        )


@dataclass(frozen=True)
class Shelf:
    """Where labels of one row go: ``most_lines`` lines that end at ``right`` px."""

    right: float
    most_lines: int
    font_px: float
    gap: float = 5.0
    widest: float = 220.0

    def place(self, texts: Iterable[tuple[float, float, str]]) -> Iterator[Label | None]:
        """Yield a label for each (left, width of its wave, text); texts come from left to right.

        A text is written as wide as there is room until the next one; if that is too narrow, it
        goes below its neighbours, at the end of the row also to the left; if there is no room
        either, it is shortened, or None.
        """
        waiting = list(texts)
        placed: list[Label] = []
        for number, (left, wave_width, text) in enumerate(waiting):
            after = waiting[number + 1][0] - self.gap if number + 1 < len(waiting) else self.right
            room = max(wave_width, self.widest)
            inside = min(left, self.right - min(room, text_width(text, self.font_px)))
            tries = [self._label(left, 0, text, min(room, after - left))]
            for start in (left, inside):
                width = min(room, self.right - start) + ROUNDING_PX
                tries += [self._label(start, top, text, width) for top in range(self.most_lines)]
            free = [one for one in tries if not one.collides(placed, self.gap)]
            whole = [one for one in free if is_whole(text, one.lines)]
            label = next((one for one in whole or free if one.lines), None)
            placed += [label] if label else []
            yield label

    def _label(self, left: float, top: int, text: str, width: float) -> Label:
        lines = tuple(wrap(text, width, self.font_px, self.most_lines - top))
        widest = max((text_width(line, self.font_px) for line in lines), default=0.0)
        return Label(left, top, lines, widest)
