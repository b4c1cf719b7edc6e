"""How loud it is, where the noise floor lies, and when sound ends."""

import numpy as np

from skill.messages.blocks import EAR_RATE_HZ, Pcm

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


class LevelMeter:
    """Follows level and noise floor, block by block. All levels are RMS in dBFS.

    It runs in every block, also where nothing else does: its history is one array, moved on.
    """

    def __init__(self) -> None:
        self.level_dbfs = SILENCE_DBFS
        """Level of the last block."""
        self.peak_dbfs = SILENCE_DBFS
        """Level of the loudest 20 ms of the last block."""
        self.floor_dbfs = SILENCE_DBFS
        """Level of the noise that is always there."""
        self.quiet_seconds = 0.0
        """Time since the last frame of sound, at the end of the last block."""
        self._levels = np.full(round(_HISTORY_SECONDS / _FRAME_SECONDS), SILENCE_DBFS)
        self._frames = 0

    @property
    def knows_floor(self) -> bool:
        """Return whether enough has been heard to tell the noise floor from a first word."""
        return self._frames * _FRAME_SECONDS >= _FLOOR_SECONDS

    def process(self, block: Pcm) -> None:
        """Take the next block (16 kHz, any length but none)."""
        squares = np.square(block, dtype=np.float32)
        starts = np.arange(0, len(block), _FRAME_SAMPLES)
        sums = np.add.reduceat(squares, starts)
        frames = _dbfs(sums / np.diff(starts, append=len(block)))
        self.level_dbfs = float(_dbfs(sums.sum() / len(block)))
        self.peak_dbfs = float(frames.max())
        self._remember(frames)
        recent = self._last(_FLOOR_SECONDS)
        place = int(_FLOOR_SHARE * (len(recent) - 1))
        self.floor_dbfs = float(np.partition(recent, place)[place])
        peak_dbfs = float(self._last(_PEAK_SECONDS).max())
        rise_db = max(_LEAST_RISE_DB, _RISE_SHARE * (peak_dbfs - self.floor_dbfs))
        for is_sound in (frames >= self.floor_dbfs + rise_db).tolist():
            self.quiet_seconds = 0.0 if is_sound else self.quiet_seconds + _FRAME_SECONDS

    def loudest_dbfs(self, seconds: float) -> float:
        """Return the level of the loudest 20 ms within the last ``seconds`` (at most 10)."""
        return float(self._last(seconds).max())

    def mean_dbfs(self, from_seconds_ago: float, until_seconds_ago: float) -> float:
        """Return the mean level between two moments of the last 10 s, of at least 20 ms."""
        last = max(0, round(until_seconds_ago / _FRAME_SECONDS))
        frames = max(1, round((from_seconds_ago - until_seconds_ago) / _FRAME_SECONDS))
        end = len(self._levels) - min(last, len(self._levels) - 1)
        levels = self._levels[max(0, end - frames) : end]
        return float(10.0 * np.log10(np.mean(10.0 ** (levels / 10.0))))

    def _remember(self, frames: np.ndarray) -> None:
        frames = frames[-len(self._levels) :]
        self._levels[: -len(frames)] = self._levels[len(frames) :]
        self._levels[-len(frames) :] = frames
        self._frames += len(frames)

    def _last(self, seconds: float) -> np.ndarray:
        frames = max(1, round(seconds / _FRAME_SECONDS))
        return self._levels[-min(frames, max(1, self._frames)) :]


def _dbfs(mean_square: np.ndarray) -> np.ndarray:
    """Return levels of mean squares of int16 samples, none below ``SILENCE_DBFS``."""
    return np.maximum(SILENCE_DBFS, 10.0 * np.log10(np.maximum(mean_square / 32768.0**2, 1e-12)))
