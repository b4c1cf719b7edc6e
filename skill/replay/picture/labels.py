"""Places the coach's lines under their waves so that no two texts overlap."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skill.replay.picture.words import is_whole, text_width, wrap


@dataclass(frozen=True)
class Label:
    """A placed text: its lines from line ``top`` down, at ``left`` px."""

    left: float
    top: int
    lines: tuple[str, ...]
    width: float

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

    def place(self, texts: Iterable[tuple[float, float, str]]) -> Iterator[Label]:
        """Yield a label for each (left, width of its wave, text); texts come from left to right.

        A text is written as wide as there is room until the next one; if that is too narrow, it
        goes below its neighbours; if there is no room either, it is shortened.
        """
        waiting = list(texts)
        placed: list[Label] = []
        for number, (left, wave_width, text) in enumerate(waiting):
            after = waiting[number + 1][0] - self.gap if number + 1 < len(waiting) else self.right
            room = min(max(wave_width, self.widest), self.right - left)
            tries = [self._label(left, 0, text, min(room, after - left))]
            tries += [self._label(left, top, text, room) for top in range(self.most_lines)]
            free = [one for one in tries if not self._collides(one, placed)]
            whole = [one for one in free if is_whole(text, one.lines)]
            label = next(iter(whole or free), None)
            if label and label.lines:
                placed.append(label)
                yield label

    def _label(self, left: float, top: int, text: str, width: float) -> Label:
        lines = tuple(wrap(text, width, self.font_px, self.most_lines - top))
        widest = max((text_width(line, self.font_px) for line in lines), default=0.0)
        return Label(left, top, lines, widest)

    def _collides(self, label: Label, placed: list[Label]) -> bool:
        return any(label.overlaps(other, self.gap) for other in placed)
