"""A right-handed frame of axes in space, and how it is turned."""

from dataclasses import dataclass
from math import cos, radians, sin

Vector = tuple[float, float, float]
"""x along the floor to the right, y up, z towards the spectator."""


def combined(a: Vector, by: float, b: Vector) -> Vector:
    """Return a + by · b."""
    return (a[0] + by * b[0], a[1] + by * b[1], a[2] + by * b[2])


def _turned(a: Vector, b: Vector, degrees: float) -> tuple[Vector, Vector]:
    """Return both axes, turned from ``a`` towards ``b``."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    zero = (0.0, 0.0, 0.0)
    return (
        combined(combined(zero, c, a), s, b),
        combined(combined(zero, c, b), -s, a),
    )


@dataclass(frozen=True)
class Frame:
    """The axes of a part of the body: forward, up along it, and to its right."""

    forward: Vector = (1.0, 0.0, 0.0)
    up: Vector = (0.0, 1.0, 0.0)
    right: Vector = (0.0, 0.0, 1.0)

    def bent(self, degrees: float) -> "Frame":
        """Turn it so that its upper end goes forward."""
        up, forward = _turned(self.up, self.forward, degrees)
        return Frame(forward, up, self.right)

    def tilted(self, degrees: float) -> "Frame":
        """Turn it so that its upper end goes to its right."""
        up, right = _turned(self.up, self.right, degrees)
        return Frame(self.forward, up, right)

    def twisted(self, degrees: float) -> "Frame":
        """Turn it about its length so that it looks to its right."""
        forward, right = _turned(self.forward, self.right, degrees)
        return Frame(forward, self.up, right)

    def at(self, origin: Vector, forward: float, up: float, right: float = 0.0) -> Vector:
        """Return the point that lies so far from ``origin`` along the axes."""
        point = combined(origin, forward, self.forward)
        return combined(combined(point, up, self.up), right, self.right)
