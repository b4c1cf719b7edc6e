"""Log-mel features as Kaldi computes them, in batches with PyTorch."""

from __future__ import annotations

import math
from functools import cache

import torch

from .config import FRAME_LENGTH_SAMPLES, FRAME_SHIFT_SAMPLES, MEL_BANDS, SAMPLE_RATE_HZ

LOW_HZ, HIGH_HZ = 20.0, 7600.0
_FFT_SIZE = 512
_PREEMPHASIS = 0.97
_FLOOR = 1.1920929e-07
LOG_FLOOR = math.log(_FLOOR)
"""Kaldi puts this floor under every energy: the float32 epsilon."""


def mel(hertz: float) -> float:
    """Return a frequency on the mel scale that Kaldi uses."""
    return 1127.0 * math.log(1.0 + hertz / 700.0)


def log_mel(samples: torch.Tensor) -> torch.Tensor:
    """Return log-mel energies of 16 kHz audio in the range of int16.

    ``samples``: (..., samples) float32. Result: (..., frames, 40), 25 ms windows 10 ms apart,
    without padding (Kaldi's ``snip_edges``), no dither.
    """
    frames = samples.unfold(-1, FRAME_LENGTH_SAMPLES, FRAME_SHIFT_SAMPLES)
    frames = frames - frames.mean(-1, keepdim=True)
    emphasised = frames.clone()
    emphasised[..., 1:] -= _PREEMPHASIS * frames[..., :-1]
    emphasised[..., 0] *= 1.0 - _PREEMPHASIS
    spectrum = torch.fft.rfft(emphasised * _window(), n=_FFT_SIZE)
    power = torch.view_as_real(spectrum).square().sum(-1)[..., : _FFT_SIZE // 2]
    return (power @ _mel_filters()).clamp_min(_FLOOR).log()


@cache
def _window() -> torch.Tensor:
    """Return Povey's window: a Hann window to the power of 0.85."""
    return torch.hann_window(FRAME_LENGTH_SAMPLES, periodic=False) ** 0.85


@cache
def _mel_filters() -> torch.Tensor:
    """Return the triangular filters, (256 bins, 40 bands)."""
    low, high = mel(LOW_HZ), mel(HIGH_HZ)
    step = (high - low) / (MEL_BANDS + 1)
    hertz = torch.arange(_FFT_SIZE // 2) * (SAMPLE_RATE_HZ / _FFT_SIZE)
    bins = 1127.0 * torch.log1p(hertz / 700.0)
    left = low + step * torch.arange(MEL_BANDS)
    rising = (bins[:, None] - left) / step
    falling = (left + 2 * step - bins[:, None]) / step
    return torch.minimum(rising, falling).clamp_min(0.0)


def cosine_matrix() -> torch.Tensor:
    """Return Kaldi's DCT: (40 cepstra, 40 bands), orthonormal, so its transpose undoes it."""
    band = (torch.arange(MEL_BANDS) + 0.5) / MEL_BANDS
    matrix = torch.cos(math.pi * torch.arange(MEL_BANDS)[:, None] * band)
    matrix *= math.sqrt(2.0 / MEL_BANDS)
    matrix[0] = math.sqrt(1.0 / MEL_BANDS)
    return matrix
