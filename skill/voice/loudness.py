"""How loud a sound is to a listener, in LUFS, as EBU R 128 has it: weighted and gated.

Weighting, blocks and gates are those of ITU-R BS.1770-5 (annex 1), which EBU Tech 3341 measures
programmes with; only that blocks lie closer together, as there are so few in a line. The standard
gives its two filters for 48 kHz and wants the same response at any other rate; so their response is
taken at the frequencies there are, and applied to the spectrum.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import VOICE_RATE_HZ

SPEECH_LUFS = -22.5
"""Loudness of every line. The peaks of speech lie 15 to 21 dB above it."""

_Samples = NDArray[np.float64]
_Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]

_FILTER_RATE_HZ = 48_000
_SHELF: _Biquad = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
"""Numerator and denominator of stage 1 (BS.1770-5, table 1): what the head does to high tones."""

_HIGH_PASS: _Biquad = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The same of stage 2 (table 2): low tones are heard less."""

_OFFSET_DB = -0.691
"""Makes a sine of 997 Hz at full scale -3.01 LUFS in one channel."""

_BLOCK_SAMPLES = VOICE_RATE_HZ * 400 // 1000
_STEP_SAMPLES = VOICE_RATE_HZ * 10 // 1000
"""The standard's blocks begin every 100 ms. A word of half a second has one or two of those, and
would be 1.5 LU louder or softer by where they happen to lie."""

_SILENCE_LUFS = -70.0
_PAUSE_LU = -10.0
_RINGING_SAMPLES = VOICE_RATE_HZ // 5
"""Room behind a sound, so that what the filters still ring does not come round to its beginning:
200 ms, after which the high pass (38 Hz) has died away by more than 100 dB."""


def loudness(samples: _Samples) -> float:
    """Return the loudness of one channel at 22,050 Hz (full scale 1); -inf for silence.

    Its blocks last 400 ms and begin every 10 ms; those below -70 LUFS, and those more than 10 LU
    below the mean of the others, are pauses and don't count. What is shorter than a block is one
    block of its own length: the standard has no rule for it, and a word of 300 ms is to sound as
    loud as the same word in a sentence.
    """
    powers = _block_powers(samples)
    heard = powers[_lufs(powers) > _SILENCE_LUFS]
    if not heard.size:
        return -np.inf
    return float(_lufs(heard[_lufs(heard) > _lufs(heard.mean()) + _PAUSE_LU].mean()))


def loudest(samples: _Samples) -> float:
    """Return the loudness of a sound's loudest block: its momentary loudness at its height."""
    return float(_lufs(_block_powers(samples).max(initial=0.0)))


def factor(decibels: float) -> float:
    """Return what to multiply samples by, to make them so many decibels (or LU) louder."""
    return float(10 ** (decibels / 20))


def _block_powers(samples: _Samples) -> _Samples:
    """Return the mean power of each block, weighted."""
    if not samples.size:
        return np.zeros(0)
    length = 1 << (len(samples) + _RINGING_SAMPLES - 1).bit_length()
    weighted = np.fft.irfft(np.fft.rfft(samples, length) * _response(length), length)
    size = min(len(samples), _BLOCK_SAMPLES)
    starts = np.arange(0, len(samples) - size + 1, _STEP_SAMPLES)
    energy = np.concatenate([[0.0], np.cumsum(weighted[: len(samples)] ** 2)])
    powers: _Samples = (energy[starts + size] - energy[starts]) / size
    return powers


@lru_cache(maxsize=4)  # lines of 0.5 to 12 s; the longest takes 2 MB
def _response(length: int) -> NDArray[np.complex64]:
    """Return the weighting of the frequencies in a spectrum of so many samples."""
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(length, 1 / VOICE_RATE_HZ) / _FILTER_RATE_HZ)
    response = np.ones_like(turn)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], turn) / np.polyval(denominator[::-1], turn)
    single: NDArray[np.complex64] = response.astype(np.complex64)
    return single


def _lufs(power: _Samples | np.float64) -> _Samples:
    with np.errstate(divide="ignore"):
        lufs: _Samples = _OFFSET_DB + 10 * np.log10(power)
    return lufs
