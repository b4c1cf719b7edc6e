"""From space onto the sheet: how the figure is looked at, and where it leaves the sheet."""

from dataclasses import dataclass
from math import cos, radians, sin

from rueckgrat.figures.frame import Vector

Place = tuple[float, float]
"""On the sheet, in body lengths: x to the right, y up."""


@dataclass(frozen=True)
class View:
    """A far spectator's: ``yaw`` is how far to the right they stand, ``pitch`` how far above.

    ``left``, ``bottom``, ``width`` and ``height`` are the edges of the sheet.
    """

    yaw: float
    pitch: float
    left: float = -1.0
    bottom: float = -0.16
    width: float = 2.0
    height: float = 1.42

    def place(self, point: Vector) -> Place:
        """Return where a point is seen."""
        across = point[0] * cos(radians(self.yaw)) - point[2] * sin(radians(self.yaw))
        pitch = radians(self.pitch)
        return across, point[1] * cos(pitch) - self._near(point) * sin(pitch)

    def depth(self, point: Vector) -> float:
        """Return how near to the spectator a point is."""
        pitch = radians(self.pitch)
        return self._near(point) * cos(pitch) + point[1] * sin(pitch)

    def beyond(self, point: Vector, radius: float) -> float:
        """Return how far a round point leaves the sheet; 0 if it does not."""
        x, y = self.place(point)
        left, bottom = self.left - (x - radius), self.bottom - (y - radius)
        right, top = x + radius - self.left - self.width, y + radius - self.bottom - self.height
        return max(left, bottom, right, top, 0.0)

    def _near(self, point: Vector) -> float:
        return point[0] * sin(radians(self.yaw)) + point[2] * cos(radians(self.yaw))


VIEWS = {
    "side": View(yaw=14, pitch=9),
    "above": View(yaw=0, pitch=90, bottom=-0.7),
}
