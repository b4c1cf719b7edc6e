"""Changes of sample rate (soxr), for whole recordings and for running streams.

Computed in float32 and rounded here: soxr's own int16 output is dithered with a seed taken from
the clock, and the same recording must give the same blocks every time.
"""

import numpy as np
import soxr
from numpy.typing import NDArray

from skill.messages.blocks import Pcm, silence

QUALITY = "HQ"
"""soxr's 20-bit linear-phase preset: its errors stay below the last bit of int16."""


def output_samples(samples: int, from_hz: int, to_hz: int) -> int:
    """Return how many samples ``samples`` become at the other rate, rounded half up."""
    return (2 * samples * to_hz + from_hz) // (2 * from_hz)


def resample(pcm: Pcm, from_hz: int, to_hz: int) -> Pcm:
    """Return mono int16 ``pcm`` of ``from_hz`` at ``to_hz``, ``output_samples`` long."""
    if from_hz == to_hz or not pcm.size:
        return pcm
    changed = soxr.resample(pcm.astype(np.float32), from_hz, to_hz, QUALITY)
    return _fit(_to_int16(changed), output_samples(pcm.size, from_hz, to_hz))


class Resampler:
    """Changes the rate of an endless mono int16 stream, piece by piece.

    The filter works in pieces of its own, so what comes out of one call may be nothing, or more
    than went in; it lags the input by 10 to 60 ms. After ``flush`` exactly
    ``output_samples(all input)`` have come out, and a new stream may begin.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._from_hz = from_hz
        self._to_hz = to_hz
        self._taken = 0
        self._given = 0
        self._stream = (
            None
            if from_hz == to_hz
            else soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32", quality=QUALITY)
        )

    def process(self, pcm: Pcm) -> Pcm:
        """Take the next samples; return what is ready at the other rate."""
        if self._stream is None or not pcm.size:
            return pcm
        self._taken += pcm.size
        ready = _to_int16(self._stream.resample_chunk(pcm.astype(np.float32)))
        self._given += ready.size
        return ready

    def flush(self) -> Pcm:
        """End the stream; return what the filter still holds."""
        if self._stream is None or not self._taken:
            return silence(0)
        held = _to_int16(self._stream.resample_chunk(np.zeros(0, np.float32), last=True))
        owed = output_samples(self._taken, self._from_hz, self._to_hz) - self._given
        self._stream.clear()
        self._taken = self._given = 0
        return _fit(held, owed)


def _to_int16(samples: NDArray[np.float32]) -> Pcm:
    """Round to whole numbers; the filter may overshoot full scale, which must not wrap."""
    return np.clip(np.rint(samples), -32_768, 32_767).astype(np.int16)


def _fit(pcm: Pcm, samples: int) -> Pcm:
    """Return ``pcm`` cut or padded by the odd sample that a filter rounds differently."""
    return pcm[:samples] if pcm.size >= samples else np.pad(pcm, (0, samples - pcm.size))
