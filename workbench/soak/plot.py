"""Memory over the hours of a simulation, as a picture."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from rueckgrat.pictures.colours import COACH, FAINT, GRID
from rueckgrat.pictures.sheet import Sheet
from workbench.soak.resources import WARM_UP_HOURS, Sample

_WIDTH, _HEIGHT = 760.0, 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 20.0, 64.0, 36.0
_MOST_TICKS = 12


def draw_memory(samples: Sequence[Sample], seed: int) -> str:
    """Return an SVG of the resident memory (one sample at least); a new process, a new line."""
    sheet = Sheet(_WIDTH, _HEIGHT)
    sheet.title(
        "Memory over the hours of life",
        f"Seed {seed}; growth is judged behind the first {WARM_UP_HOURS:.0f} hours of a process.",
    )
    hours = max(1.0, max(one.hour for one in samples))
    low = min(one.rss_mib for one in samples) // 10 * 10
    high = max(low + 10, ceil(max(one.rss_mib for one in samples) / 10) * 10)

    def place(one: Sample) -> tuple[float, float]:
        share = (one.rss_mib - low) / (high - low)
        return _x(one.hour, hours), _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    for level, y in ((low, _HEIGHT - _BOTTOM), (high, _TOP)):
        sheet.line(_LEFT, y, _WIDTH - _RIGHT, y, GRID)
        sheet.words(_LEFT - 6, y + 4, f"{level:.0f} MiB", anchor="end")
    for hour in range(0, int(hours) + 1, max(1, ceil(hours / _MOST_TICKS))):
        sheet.words(_x(hour, hours), _HEIGHT - _BOTTOM + 16, f"{hour} h", FAINT, anchor="middle")
    for one, other in pairwise(samples):
        if one.run == other.run:
            sheet.line(*place(one), *place(other), COACH, stroke_width=1.5)
    return sheet.svg()


def _x(hour: float, hours: float) -> float:
    return _LEFT + hour / hours * (_WIDTH - _LEFT - _RIGHT)
