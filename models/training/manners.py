"""Ways to speak that one voice can be given: whispering, breathless, hoarse, old, a child, muffled.

A vocoder (WORLD, by ``pyworld``) takes speech apart into pitch, spectral envelope and noisiness;
each manner changes those and leaves the timing alone, so that frame labels stay true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyworld
from scipy.signal import lfilter

from .config import SAMPLE_RATE_HZ

_FRAME_MS = 10.0
_HERTZ = np.linspace(0.0, SAMPLE_RATE_HZ / 2, 513)


@dataclass(frozen=True)
class Parts:
    """Speech taken apart, one row per 10 ms.

    ``pitch_hz`` (frames,), 0 where unvoiced; ``envelope`` (frames, 513) is a power;
    ``noisiness`` (frames, 513) is the share of noise, 0 to 1.
    """

    pitch_hz: np.ndarray
    envelope: np.ndarray
    noisiness: np.ndarray


def spoken(samples: np.ndarray, manner: str, chance: np.random.Generator) -> np.ndarray:
    """Return 16 kHz samples (float32, any scale) said in a manner of :data:`MANNERS`."""
    if manner == "muffled":
        return _muffled(samples, chance)
    real = samples.astype(np.float64)
    rough, times = pyworld.dio(real, SAMPLE_RATE_HZ, frame_period=_FRAME_MS)
    pitch = pyworld.stonemask(real, rough, times, SAMPLE_RATE_HZ)
    envelope = pyworld.cheaptrick(real, pitch, times, SAMPLE_RATE_HZ, fft_size=1024)
    noisiness = pyworld.d4c(real, pitch, times, SAMPLE_RATE_HZ, fft_size=1024)
    parts = _CHANGES[manner](Parts(pitch, envelope, noisiness), chance)
    made = pyworld.synthesize(
        *(np.ascontiguousarray(part) for part in (parts.pitch_hz, parts.envelope, parts.noisiness)),
        SAMPLE_RATE_HZ,
        _FRAME_MS,
    )
    return np.resize(made, len(samples)).astype(np.float32)


def _whispered(parts: Parts, chance: np.random.Generator) -> Parts:
    """No voice at all, and less of the low sounds that the voice makes."""
    tilt = np.minimum(1.0, (_HERTZ / chance.uniform(600, 1_500)) ** 2 + 0.02)
    return Parts(np.zeros_like(parts.pitch_hz), parts.envelope * tilt, np.ones_like(parts.envelope))


def _breathless(parts: Parts, chance: np.random.Generator) -> Parts:
    """Air in the voice, a raised pitch, every syllable falling off."""
    air = 1.0 - (1.0 - parts.noisiness) * chance.uniform(0.2, 0.6)
    raised = parts.pitch_hz * chance.uniform(1.0, 1.35)
    return Parts(raised, parts.envelope, air)


def _pressed(parts: Parts, chance: np.random.Generator) -> Parts:
    """Under strain: higher, brighter, trembling."""
    brighter = (1.0 + _HERTZ / 1_000) ** chance.uniform(0.3, 1.0)
    trembling = _tremor(len(parts.pitch_hz), chance.uniform(6, 12), 0.05, chance)
    raised = parts.pitch_hz * chance.uniform(1.1, 1.5) * trembling
    return Parts(raised, parts.envelope * brighter, parts.noisiness)


def _hoarse(parts: Parts, chance: np.random.Generator) -> Parts:
    """A pitch and a strength that jump from period to period."""
    frames = len(parts.pitch_hz)
    jitter = np.exp(chance.normal(0, 0.08, frames))
    shimmer = np.exp(chance.normal(0, 0.4, frames))[:, None]
    air = 1.0 - (1.0 - parts.noisiness) * 0.7
    return Parts(parts.pitch_hz * jitter, parts.envelope * shimmer, air)


def _old(parts: Parts, chance: np.random.Generator) -> Parts:
    """A slow tremor, some air, a darker sound."""
    trembling = _tremor(len(parts.pitch_hz), chance.uniform(4, 7), 0.08, chance)
    darker = (1.0 + _HERTZ / 1_000) ** -chance.uniform(0.2, 0.8)
    air = 1.0 - (1.0 - parts.noisiness) * chance.uniform(0.5, 0.9)
    return Parts(parts.pitch_hz * trembling, parts.envelope * darker, air)


def _childlike(parts: Parts, chance: np.random.Generator) -> Parts:
    """A short throat: formants up by 15 to 30 %, the pitch by half and more."""
    formants = chance.uniform(1.15, 1.3)
    source = np.minimum(np.arange(513) / formants, 512).astype(int)
    pitch = parts.pitch_hz * chance.uniform(1.4, 1.9)
    return Parts(pitch, parts.envelope[:, source], parts.noisiness[:, source])


def _muffled(samples: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """The face in a cushion or turned away: high sounds fall off above about 1 kHz."""
    keep = float(np.exp(-2 * np.pi * chance.uniform(700, 2_000) / SAMPLE_RATE_HZ))
    softened: np.ndarray = lfilter([1 - keep], [1, -keep], samples.astype(np.float64))
    return softened.astype(np.float32)


def _tremor(frames: int, rate_hz: float, depth: float, chance: np.random.Generator) -> np.ndarray:
    phase = 2 * np.pi * (rate_hz * np.arange(frames) * _FRAME_MS / 1e3 + chance.random())
    wave: np.ndarray = 1.0 + depth * np.sin(phase)
    return wave


_CHANGES: dict[str, Callable[[Parts, np.random.Generator], Parts]] = {
    "whispered": _whispered,
    "breathless": _breathless,
    "pressed": _pressed,
    "hoarse": _hoarse,
    "old": _old,
    "childlike": _childlike,
}
MANNERS: tuple[str, ...] = (*_CHANGES, "muffled")
