"""Questions asked of waveforms: where two differ, where sound ends, where it falls silent."""

from collections.abc import Iterator

import numpy as np

from skill.messages.blocks import Pcm

AUDIBLE_DBFS = -60.0
"""Level below which a 10 ms frame counts as silent: 0.1 % of full scale, far below any line."""

FRAME_SECONDS = 0.01


def first_difference_seconds(one: Pcm, other: Pcm, rate_hz: int) -> float | None:
    """Return when two renderings first differ by a sample, None if the shorter never does."""
    length = min(len(one), len(other))
    different = np.flatnonzero(one[:length] != other[:length])
    return float(different[0]) / rate_hz if len(different) else None


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


def silent_from_seconds(pcm: Pcm, rate_hz: int, after_seconds: float) -> float | None:
    """Return when, from ``after_seconds`` on, the first 50 ms of silence begin; None if never."""
    silent = frame_levels_dbfs(pcm, rate_hz) < AUDIBLE_DBFS
    first = int(after_seconds / FRAME_SECONDS)
    for index in range(first, len(silent) - 4):
        if silent[index : index + 5].all():
            return index * FRAME_SECONDS
    return None


def runs_of_sound(pcm: Pcm, rate_hz: int, gap_seconds: float = 0.05) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) sample of each stretch of non-zero samples.

    Zeros shorter than ``gap_seconds`` do not end a stretch.
    """
    sounding = np.flatnonzero(pcm)
    if not len(sounding):
        return
    breaks = np.flatnonzero(np.diff(sounding) > gap_seconds * rate_hz)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(sounding) - 1]))
    for start, end in zip(starts, ends, strict=True):
        yield int(sounding[start]), int(sounding[end]) + 1
