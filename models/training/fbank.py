"""Log-mel features as Kaldi computes them, in batches with PyTorch."""

from __future__ import annotations

import math
from functools import cache

import torch

from rueckgrat.adaptation import features
from rueckgrat.adaptation.features import FFT_SAMPLES, FLOOR, PREEMPHASIS

from .config import FRAME_LENGTH_SAMPLES, FRAME_SHIFT_SAMPLES

LOG_FLOOR = math.log(FLOOR)
"""What is below every log energy."""


def log_mel(samples: torch.Tensor) -> torch.Tensor:
    """Return log-mel energies of 16 kHz audio in the range of int16.

    ``samples``: (..., samples) float32. Result: (..., frames, 40), 25 ms windows 10 ms apart,
    without padding (Kaldi's ``snip_edges``), no dither.
    """
    frames = samples.unfold(-1, FRAME_LENGTH_SAMPLES, FRAME_SHIFT_SAMPLES)
    frames = frames - frames.mean(-1, keepdim=True)
    emphasised = frames.clone()
    emphasised[..., 1:] -= PREEMPHASIS * frames[..., :-1]
    emphasised[..., 0] *= 1.0 - PREEMPHASIS
    window, filters = _tables()
    spectrum = torch.fft.rfft(emphasised * window, n=FFT_SAMPLES)
    power = torch.view_as_real(spectrum).square().sum(-1)[..., : FFT_SAMPLES // 2]
    return (power @ filters).clamp_min(FLOOR).log()


@cache
def _tables() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the window (400,) and the triangular filters (256 bins, 40 bands)."""
    return torch.from_numpy(features.window()), torch.from_numpy(features.filters())


def cosine_matrix() -> torch.Tensor:
    """Return Kaldi's DCT: (40 cepstra, 40 bands), orthonormal, so its transpose undoes it."""
    return torch.from_numpy(features.cosine_matrix())
