"""Log-mel energies as Vosk computes them (Kaldi's front end), in numpy.

25 ms windows 10 ms apart, without padding (``snip_edges``), no dither, 40 bands from 20 to
7,600 Hz. Vosk goes on to 40 cepstra; their cosine transform is orthonormal: nothing is lost.
"""

import math
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rueckgrat.adaptation.kaldi import Floats
from skill.messages.blocks import EAR_RATE_HZ, Pcm

BANDS = 40
WINDOW_SAMPLES, STEP_SAMPLES = 400, 160

LOW_HZ, HIGH_HZ = 20.0, 7600.0
FFT_SAMPLES = 512
PREEMPHASIS = 0.97
FLOOR = 1.1920929e-07
"""Kaldi's floor under every energy: the float32 epsilon."""


def log_mel(pcm: Pcm) -> Floats:
    """Return the log-mel energies of 16 kHz audio, (frames, 40); none if it is under 25 ms."""
    if pcm.size < WINDOW_SAMPLES:
        return np.zeros((0, BANDS), np.float32)
    windows = sliding_window_view(pcm.astype(np.float32), WINDOW_SAMPLES)[::STEP_SAMPLES]
    frames = windows - windows.mean(1, keepdims=True)
    emphasised = frames.copy()
    emphasised[:, 1:] -= PREEMPHASIS * frames[:, :-1]
    emphasised[:, 0] *= 1.0 - PREEMPHASIS
    spectrum = np.fft.rfft(emphasised * window(), FFT_SAMPLES)[:, : FFT_SAMPLES // 2]
    power = spectrum.real**2 + spectrum.imag**2
    energies: Floats = np.log(np.maximum(power @ filters(), FLOOR)).astype(np.float32)
    return energies


@cache
def cosine_matrix() -> Floats:
    """Return Kaldi's cosine transform, (40 cepstra, 40 bands); its transpose undoes it."""
    band = (np.arange(BANDS) + 0.5) / BANDS
    matrix = np.cos(math.pi * np.arange(BANDS)[:, None] * band) * math.sqrt(2.0 / BANDS)
    matrix[0] = math.sqrt(1.0 / BANDS)
    return matrix.astype(np.float32)


def mel(hertz: float) -> float:
    """Return a frequency on the mel scale that Kaldi uses."""
    return 1127.0 * math.log(1.0 + hertz / 700.0)


@cache
def window() -> Floats:
    """Return Povey's window: a Hann window to the power of 0.85."""
    return (np.hanning(WINDOW_SAMPLES) ** 0.85).astype(np.float32)


@cache
def filters() -> Floats:
    """Return the triangular filters, (256 bins, 40 bands)."""
    low, high = mel(LOW_HZ), mel(HIGH_HZ)
    step = (high - low) / (BANDS + 1)
    hertz = np.arange(FFT_SAMPLES // 2) * (EAR_RATE_HZ / FFT_SAMPLES)
    bins = 1127.0 * np.log1p(hertz / 700.0)
    left = low + step * np.arange(BANDS)
    rising = (bins[:, None] - left) / step
    falling = (left + 2 * step - bins[:, None]) / step
    return np.asarray(np.maximum(np.minimum(rising, falling), 0.0), np.float32)
