"""The outline of a waveform, small enough for a picture."""

import numpy as np

from rueckgrat.replay.overview import Peaks

AUDIBLE = 0.003
"""Peaks below -50 dBFS are drawn as silence."""


def envelope(peaks: Peaks) -> Peaks:
    """Return the peaks relative to the loudest; all 0 for silence.

    The square root lifts soft parts, so that a breath can be seen beside a shouted word.
    """
    loudest = peaks.max(initial=0.0)
    return np.sqrt(peaks / loudest) if loudest > AUDIBLE else np.zeros_like(peaks)
