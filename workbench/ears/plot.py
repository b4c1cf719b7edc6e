"""The reliability of a confidence as a picture: what it states against how often it is right."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rueckgrat.pictures.colours import FAINT, GRID, REJECTED, USER
from rueckgrat.pictures.sheet import Sheet
from workbench.ears.reliability import MIXTURE, Bin

_SIDE = 360.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 240.0, 84.0, 44.0
_COLOURS = (REJECTED, USER)
_TICKS = 5


def draw_reliability(found: Mapping[str, Sequence[Bin]], title: str) -> str:
    """Return an SVG with a line for each of (at most two) names; a dot tells its decisions."""
    sheet = Sheet(_LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM)
    sheet.title(title, "Upright: how many were right. Across: what the confidence states.")
    for tick in range(_TICKS + 1):
        share = tick / _TICKS
        sheet.line(*_place(0, share), *_place(1, share), GRID)
        sheet.words(_LEFT - 6, _place(0, share)[1] + 4, f"{share:.0%}", anchor="end")
        sheet.words(_place(share, 0)[0], _TOP + _SIDE + 16, f"{share:.0%}", anchor="middle")
    sheet.line(*_place(0, 0), *_place(1, 1), FAINT, stroke_dasharray="3,2")
    names = list(zip(found.items(), _COLOURS, strict=False))
    sheet.legend(*(("●", colour, name) for (name, _), colour in names))
    for (_, bins), colour in names:
        for one, other in pairwise(bins):
            ends = _place(one.stated, one.observed), _place(other.stated, other.observed)
            sheet.line(*ends[0], *ends[1], colour, stroke_width=1.5)
        for one in bins:
            detail = f"{one.stated:.0%} stated, {one.observed:.0%} right, {one.count} decisions"
            sheet.dot(*_place(one.stated, one.observed), colour, "white", detail)
    for row, words in enumerate(MIXTURE.split(", ")):
        sheet.words(_LEFT + _SIDE + 14, _TOP + 14 + 16 * row, words)
    return sheet.svg()


def _place(stated: float, observed: float) -> tuple[float, float]:
    return _LEFT + stated * _SIDE, _TOP + (1 - observed) * _SIDE
