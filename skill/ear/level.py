"""How loud it is, where the noise floor lies, and when sound begins and ends."""

from collections import deque

import numpy as np

from skill.blocks import EAR_RATE_HZ, Pcm

SILENCE_DBFS = -75.0
"""Lowest level reported: below the noise of any microphone."""

_FRAME_SECONDS = 0.02
_FRAME_SAMPLES = round(_FRAME_SECONDS * EAR_RATE_HZ)
_HISTORY_SECONDS = 10.0
_FLOOR_SECONDS = 3.0
_FLOOR_SHARE = 0.2
"""The floor is the level that a fifth of the last 3 s stay below.

The minimum would lie under the noise of a room full of voices by 5 dB and more; a fifth follows
within 0.6 s when a loud noise, or the coach, stops.
"""

_PEAK_SECONDS = 1.5
_LEAST_RISE_DB = 6.0
_RISE_SHARE = 0.4
"""Sound is what rises above the floor by 6 dB, or by 0.4 of the way to the last 1.5 s' peak.

In a quiet room that is about 30 dB below the peak of a word: final consonants still count, the
room's own tail does not.
"""

_ONSET_QUIET_SECONDS = 0.2


class LevelMeter:
    """Follows level and noise floor, block by block. All levels are RMS in dBFS."""

    def __init__(self) -> None:
        self.level_dbfs = SILENCE_DBFS
        """Level of the last block."""
        self.floor_dbfs = SILENCE_DBFS
        """Level of the noise that is always there."""
        self.quiet_seconds = 0.0
        """Time since the last frame of sound, at the end of the last block."""
        self.onset = False
        """Whether sound began in the last block, after at least 0.2 s without."""
        self._levels: deque[float] = deque(maxlen=round(_HISTORY_SECONDS / _FRAME_SECONDS))

    def process(self, block: Pcm) -> None:
        """Take the next block (16 kHz, any length but none)."""
        self.level_dbfs = _dbfs(block)
        frames = [
            _dbfs(block[start : start + _FRAME_SAMPLES])
            for start in range(0, len(block), _FRAME_SAMPLES)
        ]
        self._levels.extend(frames)
        self.floor_dbfs = float(np.quantile(self._last(_FLOOR_SECONDS), _FLOOR_SHARE))
        peak_dbfs = float(self._last(_PEAK_SECONDS).max())
        rise_db = max(_LEAST_RISE_DB, _RISE_SHARE * (peak_dbfs - self.floor_dbfs))
        self.onset = False
        for level in frames:
            if level < self.floor_dbfs + rise_db:
                self.quiet_seconds += _FRAME_SECONDS
            else:
                self.onset |= self.quiet_seconds >= _ONSET_QUIET_SECONDS
                self.quiet_seconds = 0.0

    def loudest_dbfs(self, seconds: float) -> float:
        """Return the level of the loudest 20 ms within the last ``seconds`` (at most 10)."""
        return float(self._last(seconds).max())

    def _last(self, seconds: float) -> np.ndarray:
        frames = max(1, round(seconds / _FRAME_SECONDS))
        return np.array(self._levels)[-frames:]


def _dbfs(samples: Pcm) -> float:
    mean_square = float(np.mean(np.square(samples, dtype=np.float32))) / 32768.0**2
    return max(SILENCE_DBFS, 10.0 * float(np.log10(max(mean_square, 1e-12))))
