"""Takes with noise made here, so that what is learnt in a quiet room holds in a loud one."""

import numpy as np

from skill.messages.blocks import EAR_RATE_HZ, Pcm

_LOWEST_HZ = 60.0
"""Below this no household noise gets louder: else the lowest tones would be all of it."""

_TILTS = (0.2, 1.0)
"""Amplitude falls with frequency to the power of this: from nearly white to a brown rumble."""

_SWELL_SECONDS = 0.2
_SWELL_DB = 4.0
"""Standard deviation of how much louder or softer it gets from one moment to the next."""


def with_noise(pcm: Pcm, speech: slice, snr_db: float, random: np.random.Generator) -> Pcm:
    """Return a take with noise under all of it, ``snr_db`` below the mean power of its speech."""
    clean = pcm.astype(np.float64)
    noise = _noise(pcm.size, random)
    power = np.mean(clean[speech] ** 2) / max(float(np.mean(noise**2)), 1e-12)
    mixed = clean + noise * np.sqrt(power) * 10 ** (-snr_db / 20)
    return np.asarray(np.clip(np.rint(mixed), -32_768, 32_767).astype(np.int16))


def _noise(samples: int, random: np.random.Generator) -> np.ndarray:
    """Return coloured noise that swells and sinks."""
    spectrum = np.fft.rfft(random.normal(size=samples))
    hertz = np.maximum(np.fft.rfftfreq(samples, 1 / EAR_RATE_HZ), _LOWEST_HZ)
    steady = np.fft.irfft(spectrum * hertz ** -random.uniform(*_TILTS), samples)
    moments = np.arange(0, samples + _SWELL_SECONDS * EAR_RATE_HZ, _SWELL_SECONDS * EAR_RATE_HZ)
    gains_db = random.normal(0, _SWELL_DB, moments.size)
    return np.asarray(steady * 10 ** (np.interp(np.arange(samples), moments, gains_db) / 20))
