"""A soft breath to breathe along with: a swell of filtered noise, the same one every time.

Air rushes brighter the faster it flows, so the band of the noise moves with the breath: up and
swelling while breathing in, down and sinking while breathing out. It has neither pitch nor
formants of a vowel, so that no recogniser takes it for a word.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.messages.cues import Direction
from skill.voice.loudness import SPEECH_LUFS, factor, loudest

BELOW_SPEECH_LU = 12.0
"""How much softer than speech the loudest 400 ms of a breath are."""

_LOW_HZ = 350.0
_HIGH_HZ = 1_400.0
_BANDWIDTH_OCTAVES = 0.8

_FRAME_SAMPLES = 1_024
_HOP_SAMPLES = _FRAME_SAMPLES // 2

_SEED = 5


@lru_cache(maxsize=16)
def breath(direction: Direction, seconds: float) -> Pcm:
    """Return a breath of ``seconds`` at 22,050 Hz. It is audible from the first millisecond on."""
    samples = round(seconds * VOICE_RATE_HZ)
    if samples < 1:
        return silence(0)
    progress = np.linspace(0, 1, samples)
    if direction is Direction.OUT:
        progress = progress[::-1]
    noise = _moving_noise(samples, progress)
    noise *= _swell(progress) * _soft_ends(samples)
    gain = factor(SPEECH_LUFS - BELOW_SPEECH_LU - loudest(noise)) if noise.any() else 1.0
    pcm = np.rint(noise * (gain * 32_768)).astype(np.int16)
    pcm.setflags(write=False)  # shared by all who ask for the same breath
    return pcm


def _swell(progress: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loudness over a breath in: from a quarter up to the height at 85 %."""
    return 0.25 + 0.75 * np.sin(progress / 0.85 * np.pi / 2)


def _moving_noise(samples: int, progress: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return noise of RMS 1 whose band rises from low (progress 0) to high (1).

    White noise is cut into half-overlapping frames; each is shaped in the frequency domain by a
    bell on the octave scale, and the frames are added up again under a sine window, twice
    applied, whose squares sum to one.
    """
    frames = samples // _HOP_SAMPLES + 2
    random = np.random.default_rng(_SEED)
    white = random.standard_normal((frames + 1) * _HOP_SAMPLES)
    window = np.sin(np.pi * (np.arange(_FRAME_SAMPLES) + 0.5) / _FRAME_SAMPLES)
    cut = np.lib.stride_tricks.sliding_window_view(white, _FRAME_SAMPLES)[::_HOP_SAMPLES]
    middle = np.clip(np.arange(frames) * _HOP_SAMPLES, 0, samples - 1)
    centre_hz = _LOW_HZ * (_HIGH_HZ / _LOW_HZ) ** progress[middle]
    shaped = np.fft.irfft(np.fft.rfft(cut * window) * _bells(centre_hz), _FRAME_SAMPLES) * window
    overlapping = shaped[:-1, _HOP_SAMPLES:] + shaped[1:, :_HOP_SAMPLES]
    return overlapping.ravel()[:samples]


def _bells(centre_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return one frequency response per frame, shape ``(frames, bins)``, of unit noise power."""
    hz = np.fft.rfftfreq(_FRAME_SAMPLES, 1 / VOICE_RATE_HZ)
    octaves = np.log2(np.maximum(hz, 1.0)) - np.log2(centre_hz)[:, None]
    bells: NDArray[np.float64] = np.exp(-0.5 * (octaves / _BANDWIDTH_OCTAVES) ** 2)
    bells /= np.sqrt(np.mean(bells**2, axis=1, keepdims=True))
    return bells


def _soft_ends(samples: int) -> NDArray[np.float64]:
    """Return an envelope: audible after 2 ms, full after 100 ms, gone in the last 80 ms."""
    seconds = np.arange(samples) / VOICE_RATE_HZ
    length = samples / VOICE_RATE_HZ
    corners = np.minimum([0.0, 0.002, 0.1], length * np.array([0.0, 0.01, 0.3]))
    end = length - min(0.08, 0.3 * length)
    return np.interp(seconds, [*corners, end, length], [0.0, 0.3, 1.0, 1.0, 0.0])
