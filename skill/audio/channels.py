"""Several channels become one, also where one is wired the wrong way round."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_CANCELLED = 0.3
"""Of the loudest channel's power, for each of the channels: below it their mean loses too much. The
mean of channels that have nothing in common has 1, of two of which one is dead 0.5."""

_AUDIBLE = 0.003
"""A share of full scale (-50 dBFS): softer sound tells nothing of how channels go together."""


class MonoMix:
    """Averages channels; where they take each other away, the loudest alone is what counts.

    Works piece by piece: what a piece with sound has told holds for the next.
    """

    def __init__(self, full_scale: float) -> None:
        self._least_power = (_AUDIBLE * full_scale) ** 2
        self._only: int | None = None

    def process(self, frames: NDArray[Any]) -> NDArray[np.float64]:
        """Return one channel of ``frames`` (samples by channels)."""
        samples, channels = frames.shape
        if channels == 1:
            return frames[:, 0].astype(np.float64)
        mean = frames.mean(axis=1, dtype=np.float64)
        if samples:
            powers = frames.var(axis=0, dtype=np.float64)
            loudest = int(powers.argmax())
            if powers[loudest] >= self._least_power:
                cancelled = mean.var() * channels < _CANCELLED * powers[loudest]
                self._only = loudest if cancelled else None
        return mean if self._only is None else frames[:, self._only].astype(np.float64)
