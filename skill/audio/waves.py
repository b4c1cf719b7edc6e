"""How loud waveforms are, and where the sound in them ends."""

import numpy as np

from skill.messages.blocks import Pcm

AUDIBLE_DBFS = -60.0
"""Level below which a 10 ms frame counts as silent: 0.1 % of full scale, far below any line."""

FRAME_SECONDS = 0.01


def frame_levels_dbfs(pcm: Pcm, rate_hz: int) -> np.ndarray:
    """Return the level of each whole 10 ms frame in dBFS; -inf becomes -120."""
    frame = round(FRAME_SECONDS * rate_hz)
    frames = pcm[: len(pcm) // frame * frame].reshape(-1, frame).astype(np.float64) / 32768
    rms = np.sqrt(np.mean(frames**2, axis=1))
    return np.asarray(20 * np.log10(np.maximum(rms, 1e-6)))


def sound_end_seconds(pcm: Pcm, rate_hz: int, below_peak_db: float = 35.0) -> float:
    """Return the end of the last frame within ``below_peak_db`` of the loudest: the word's end.

    35 dB keeps a soft final consonant of a clean recording and drops the tail of its fade. What
    is shorter than a frame ends where it begins.
    """
    levels = frame_levels_dbfs(pcm, rate_hz)
    if not levels.size:
        return 0.0
    loud = np.flatnonzero(levels >= levels.max() - below_peak_db)
    return float(loud[-1] + 1) * FRAME_SECONDS
