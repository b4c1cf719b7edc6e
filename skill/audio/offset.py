"""A constant offset in what a microphone delivers, taken out before anything listens to it."""

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import EAR_RATE_HZ, Pcm

_WINDOW_SAMPLES = 2 * EAR_RATE_HZ
"""The mean of the last 2 s is the offset: what is slower than half a Hertz."""

_LEAST_SAMPLES = EAR_RATE_HZ // 10
"""So much must have come before the mean counts in full: a first word has one of its own."""

_LEAST_OFFSET = 48.0
"""A mean up to here (-57 dBFS) is that of the words themselves and stays: sound without an offset
is left as it is, bit by bit. From twice as much on all is taken out."""


class OffsetFilter:
    """Takes the running mean out of a stream at 16 kHz, piece by piece, however it is cut."""

    def __init__(self) -> None:
        self._past: Pcm = np.zeros(_WINDOW_SAMPLES, dtype=np.int16)
        self._taken = 0

    def process(self, pcm: Pcm) -> Pcm:
        """Return the next samples without their offset, as many as were given."""
        joined = np.concatenate([self._past, pcm])
        offset = _counted(self._means(joined, pcm.size))
        self._past = joined[joined.size - _WINDOW_SAMPLES :]
        self._taken = min(self._taken + pcm.size, _WINDOW_SAMPLES)
        if not offset.any():
            return pcm
        without: Pcm = np.clip(pcm - offset, -32_768, 32_767).astype(np.int16)
        return without

    def _means(self, joined: Pcm, samples: int) -> NDArray[np.float64]:
        """Return for each new sample the mean of the 2 s that end with it."""
        sums = np.cumsum(joined, dtype=np.int64)
        counts = self._taken + np.arange(1, samples + 1)
        within = sums[_WINDOW_SAMPLES:] - sums[:samples]
        return np.asarray(within / np.clip(counts, _LEAST_SAMPLES, _WINDOW_SAMPLES))


def _counted(means: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return which part of the means counts as an offset, in whole steps."""
    sizes = np.abs(means)
    counted = np.clip(2 * (sizes - _LEAST_OFFSET), 0, sizes)
    return np.rint(np.copysign(counted, means)).astype(np.int32)
