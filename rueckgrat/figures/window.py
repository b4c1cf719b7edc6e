"""The part of the sheet that an exercise needs: for all poses of all levels, and what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rueckgrat.figures.body import radius
from rueckgrat.figures.frame import Vector
from rueckgrat.figures.poses import START, Poses
from rueckgrat.figures.scene import props_of
from rueckgrat.figures.view import VIEWS, View

_MARGIN = 0.05


def window_of(levels: Sequence[Poses]) -> View:
    """Return the view of an exercise, cut to what is ever to be seen of it."""
    view = VIEWS[levels[0].figure.view or "side"]
    spots = [(*view.place(point), size) for poses in levels for point, size in _spots(poses)]
    left = min(x - size for x, _, size in spots) - _MARGIN
    bottom = min(y - size for _, y, size in spots) - _MARGIN
    width = max(x + size for x, _, size in spots) + _MARGIN - left
    height = max(y + size for _, y, size in spots) + _MARGIN - bottom
    return replace(view, left=left, bottom=bottom, width=width, height=height)


def _spots(poses: Poses) -> Iterator[tuple[Vector, float]]:
    for name in poses.shown:
        for point, place in poses.stance(name).points().items():
            yield place, radius(point)
    for prop in props_of(poses.figure, poses.stance(START).angles.get("turn", 0.0)):
        yield from ((corner, 0.0) for corner in prop.corners)
