"""Questions asked of waveforms: where two differ, where one falls silent or sounds."""

from collections.abc import Iterator

import numpy as np

from skill.audio.waves import AUDIBLE_DBFS, FRAME_SECONDS, frame_levels_dbfs
from skill.messages.blocks import Pcm


def first_difference_seconds(one: Pcm, other: Pcm, rate_hz: int) -> float | None:
    """Return when two renderings first differ by a sample, None if the shorter never does."""
    length = min(len(one), len(other))
    different = np.flatnonzero(one[:length] != other[:length])
    return float(different[0]) / rate_hz if len(different) else None


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
