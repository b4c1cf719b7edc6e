"""Rooms and noise as audio: what surrounds the speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve

from .config import SAMPLE_RATE_HZ

_ROOM_SAMPLES = 8_000
"""Rooms end after half a second: longer tails are below the noise of a living room."""


def synthetic_room(chance: np.random.Generator) -> np.ndarray:
    """Return a direct sound and an exponential tail of 0.1 to 0.7 s (to -60 dB)."""
    decay = 6.9 / (chance.uniform(0.1, 0.7) * SAMPLE_RATE_HZ)
    tail = chance.standard_normal(_ROOM_SAMPLES) * np.exp(-decay * np.arange(_ROOM_SAMPLES))
    tail[: int(chance.uniform(0.001, 0.02) * SAMPLE_RATE_HZ)] = 0.0
    tail *= 10 ** (chance.uniform(-15, 3) / 20) / np.sqrt(np.square(tail).sum())
    tail[0] = 1.0
    return tail.astype(np.float32)


def in_room(samples: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Return what is heard in a room, aligned to its loudest (direct) sound, same length."""
    direct = int(np.abs(room).argmax())
    heard = fftconvolve(samples.astype(np.float32), room[: direct + _ROOM_SAMPLES])
    return heard[direct : direct + len(samples)].astype(np.float32)


def unit(samples: np.ndarray) -> np.ndarray:
    """Return samples as float32 with an RMS of one."""
    real = samples.astype(np.float32)
    return real / np.float32(np.sqrt(np.square(real).mean()) + 1e-3)


def active_rms(samples: np.ndarray) -> float:
    """Return the RMS of the louder half of the 50 ms blocks: pauses should not count."""
    block = SAMPLE_RATE_HZ // 20
    blocks = samples[: len(samples) // block * block].astype(np.float32).reshape(-1, block)
    power = np.square(blocks).mean(1)
    return float(np.sqrt(power[power >= np.median(power)].mean()) + 1.0)


@dataclass
class NoiseMaker:
    """Makes backgrounds of many kinds, unit RMS.

    ``recorded`` are clips of household noise in the order of their names, so that neighbours come
    from the same recording; ``voices`` are utterances to mix babble from.
    """

    recorded: Sequence[np.ndarray]
    voices: Sequence[np.ndarray]
    chance: np.random.Generator

    def make(self, length: int, *, babble: bool) -> np.ndarray:
        """Return noise of a random kind; babble only if asked for, because it has speech in it."""
        kinds = [self.household, self.household, self.hiss, self.breath]
        kinds += [self.babble] if babble else []
        return kinds[self.chance.integers(len(kinds))](length)

    def household(self, length: int) -> np.ndarray:
        """Return recorded noise, clip after clip."""
        clips: list[np.ndarray] = []
        start = int(self.chance.integers(len(self.recorded)))
        while sum(map(len, clips)) < length:
            clips.append(self.recorded[start % len(self.recorded)])
            start += 1
        return unit(np.concatenate(clips)[:length])

    def babble(self, length: int) -> np.ndarray:
        """Return three to six voices at once."""
        mixture = np.zeros(length, dtype=np.float32)
        for _ in range(int(self.chance.integers(3, 7))):
            voice = self.voices[int(self.chance.integers(len(self.voices)))]
            repeated = np.resize(unit(voice), length)
            mixture += np.roll(repeated, int(self.chance.integers(length)))
        return unit(mixture)

    def hiss(self, length: int) -> np.ndarray:
        """Return noise with a falling or flat spectrum: white to brown."""
        return unit(self._shaped(length, self.chance.uniform(0.0, 1.2)))

    def breath(self, length: int) -> np.ndarray:
        """Return noise that swells and fades every one to three seconds, like hard breathing."""
        period = self.chance.uniform(0.8, 3.0) * SAMPLE_RATE_HZ
        phase = (np.arange(length) / period + self.chance.random()) * 2 * np.pi
        swell = np.clip(np.sin(phase), 0, None) ** 2
        return unit(self._shaped(length, self.chance.uniform(0.1, 0.6)) * swell)

    def _shaped(self, length: int, slope: float) -> np.ndarray:
        spectrum = np.fft.rfft(self.chance.standard_normal(length))
        spectrum /= np.maximum(np.arange(len(spectrum)) * 4_000 / length, 8) ** slope
        return np.fft.irfft(spectrum, length).astype(np.float32)
