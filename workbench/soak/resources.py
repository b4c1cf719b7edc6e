"""Memory, open files and threads of this process, and how they change over simulated hours."""

import os
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

import numpy as np

_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20
WARM_UP_HOURS = 2.0
"""Before this caches are filled, and what has been needed once is loaded."""


@dataclass(frozen=True)
class Sample:
    """One look at the process. ``run`` counts its starts: a simulation may be continued."""

    run: int
    hour: float
    rss_mib: float
    open_files: int
    threads: int


def look(run: int, hour: float) -> Sample:
    """Return what the process uses now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    files = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 (iterdir would open one more)
    return Sample(run, round(hour, 4), pages * _PAGE_MIB, files, threading.active_count())


class Stopwatch:
    """Adds up processor time by what it is spent on; seconds go to ``spent``.

    Asking the system takes longer than a silent block does, so it is asked at changes only.
    """

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent = spent
        self._kind = ""
        self._since = 0.0

    def turn_to(self, kind: str) -> None:
        """From now on it is spent on this; "" for what need not be known."""
        if kind == self._kind:
            return
        now = time.process_time()
        if self._kind:
            self._spent[self._kind] = self._spent.get(self._kind, 0.0) + now - self._since
        self._kind, self._since = kind, now


def warm(samples: Sequence[Sample], warm_up_hours: float = WARM_UP_HOURS) -> list[Sample]:
    """Return the samples of each run that lie behind its warm-up."""
    kept: list[Sample] = []
    for _, group in groupby(samples, key=lambda one: one.run):
        run = list(group)
        kept += [one for one in run if one.hour >= run[0].hour + warm_up_hours]
    return kept


def slope_mib_per_hour(samples: Iterable[Sample]) -> float | None:
    """Return the growth of memory by least squares; None where there is less than an hour of it.

    Each run has a level of its own: the runs share nothing but the slope.
    """
    hours, sizes = [], []
    seen = 0.0
    for _, group in groupby(samples, key=lambda one: one.run):
        run = list(group)
        at = np.array([one.hour for one in run])
        rss = np.array([one.rss_mib for one in run])
        hours.append(at - at.mean())
        sizes.append(rss - rss.mean())
        seen += float(at[-1] - at[0])
    if seen < 1.0:
        return None
    x, y = np.concatenate(hours), np.concatenate(sizes)
    return float((x * y).sum() / (x * x).sum())


def rise(counts: Sequence[int]) -> float:
    """Return by how much the median of the last third lies above that of the first."""
    third = max(1, len(counts) // 3)
    return median(counts[-third:]) - median(counts[:third]) if counts else 0.0
