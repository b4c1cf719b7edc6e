"""Sounds on a timeline to blocks: placed to the sample, cut and made louder without a click."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import VOICE_BLOCK_SAMPLES, VOICE_RATE_HZ, Pcm, silence

FADE_SAMPLES = VOICE_RATE_HZ * 15 // 1000
"""A cut fades over 15 ms: short enough for a "stopp", long enough not to click."""

RAMP_SAMPLES = VOICE_RATE_HZ * 30 // 1000
"""A new volume is reached within 30 ms."""

LOUDEST_DB = 12.0
QUIETEST_DB = -60.0
"""Gains beyond these are no use to a listener."""

_FULL_SCALE = 32_767.0
_KNEE = 0.8 * _FULL_SCALE
"""Above this (-1.9 dB) the sum is bent softly towards full scale; below it stays as it is."""


@dataclass(frozen=True)
class _Sound:
    pcm: Pcm
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.pcm)


class Mixer:
    """Sums sounds into blocks of 2,205 samples.

    All positions are samples on the session's clock. ``position`` is the first sample of the
    block to be returned next; it begins at one block, because the first block is played while
    the second one is being heard.
    """

    def __init__(self) -> None:
        self.position = VOICE_BLOCK_SAMPLES
        self._sounds: list[_Sound] = []
        self._gain = 1.0
        self._new_gain = 1.0

    def add(self, pcm: Pcm, start: int) -> None:
        """Play ``pcm`` from the sample ``start`` on, which must not be in the past."""
        if start < self.position:
            raise ValueError(f"sample {start} has been played: it is {self.position} already")
        if pcm.size:
            self._sounds.append(_Sound(pcm, start))

    def cut(self) -> None:
        """Fade out what sounds, from the next block's first sample on, and drop all the rest."""
        self._sounds = [self._faded(sound) for sound in self._sounds if sound.start < self.position]

    def set_gain(self, gain_db: float) -> None:
        """Play everything from the next block on at this gain (0 = as it is)."""
        self._new_gain = float(10 ** (np.clip(gain_db, QUIETEST_DB, LOUDEST_DB) / 20))

    def next_block(self) -> Pcm:
        """Return the next 2,205 samples and move on."""
        start, end = self.position, self.position + VOICE_BLOCK_SAMPLES
        total = np.zeros(VOICE_BLOCK_SAMPLES, dtype=np.float32)
        for sound in self._sounds:
            first, last = max(start, sound.start), min(end, sound.end)
            if first < last:
                total[first - start : last - start] += sound.pcm[
                    first - sound.start : last - sound.start
                ]
        self._sounds = [sound for sound in self._sounds if sound.end > end]
        self.position = end
        gain = self._gains()
        if not total.any():
            return silence(VOICE_BLOCK_SAMPLES)
        return np.rint(_soft_limit(total * gain)).astype(np.int16)

    def _faded(self, sound: _Sound) -> _Sound:
        played = self.position - sound.start
        rest = sound.pcm[played : played + FADE_SAMPLES]
        faded = rest * np.linspace(1, 0, FADE_SAMPLES, dtype=np.float32)[: len(rest)]
        return _Sound(np.rint(faded).astype(np.int16), self.position)

    def _gains(self) -> NDArray[np.float32]:
        """Return the gain of each sample of the block: a short ramp, then the gain asked for."""
        gains = np.full(VOICE_BLOCK_SAMPLES, self._new_gain, dtype=np.float32)
        gains[:RAMP_SAMPLES] = np.linspace(self._gain, self._new_gain, RAMP_SAMPLES)
        self._gain = self._new_gain
        return gains


def _soft_limit(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bend what exceeds the knee so that it never reaches beyond full scale."""
    loudness = np.abs(samples)
    if loudness.max() <= _KNEE:
        return samples
    room = _FULL_SCALE - _KNEE
    bent = _KNEE + room * np.tanh((loudness - _KNEE) / room)
    return np.where(loudness > _KNEE, np.copysign(bent, samples), samples).astype(np.float32)
