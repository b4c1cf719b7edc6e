"""The outline of a waveform, small enough for a picture."""

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import Pcm

FULL_SCALE = 32_768.0
AUDIBLE = 0.003
"""Peaks below -50 dBFS are drawn as silence."""


def envelope(pcm: Pcm, rate_hz: int, frame_seconds: float) -> NDArray[np.float64]:
    """Return the peak of each frame, 0 to 1, relative to the loudest; all 0 for silence.

    The square root lifts soft parts, so that a breath can be seen beside a shouted word.
    """
    frame = round(frame_seconds * rate_hz)
    padded = np.pad(pcm, (0, -pcm.size % frame)).astype(np.float64)
    peaks = np.abs(padded).reshape(-1, frame).max(axis=1, initial=0.0) / FULL_SCALE
    loudest = peaks.max(initial=0.0)
    return np.sqrt(peaks / loudest) if loudest > AUDIBLE else np.zeros_like(peaks)
