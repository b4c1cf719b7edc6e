"""Tempo and volume: settings that go up and down in steps."""

from collections.abc import Sequence

TEMPOS = (0.7, 0.85, 1.0, 1.25, 1.5)
"""Factors on the length of every movement phase, fastest first."""

GAINS_DB = (-12.0, -8.0, -4.0, 0.0, 4.0, 8.0)
"""Volumes in decibels, softest first: 4 dB is a step that is heard at once."""


class Dial:
    """A value out of a row; it stays where it is at either end."""

    def __init__(self, values: Sequence[float], start: float) -> None:
        self._values = tuple(values)
        self._index = self._values.index(start)

    @property
    def value(self) -> float:
        """The value that is set."""
        return self._values[self._index]

    def set(self, value: float) -> None:
        """Turn to the nearest value there is."""
        self._index = min(range(len(self._values)), key=lambda i: abs(self._values[i] - value))

    def turn(self, steps: int) -> bool:
        """Turn by so many steps; tell whether there were as many left."""
        index = self._index + steps
        if not 0 <= index < len(self._values):
            return False
        self._index = index
        return True
