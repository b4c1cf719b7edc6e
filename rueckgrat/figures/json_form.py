"""The figure of an exercise for a page that draws it: docs/figures.md describes every field."""

from collections.abc import Sequence
from typing import Any

from rueckgrat.figures.body import Points
from rueckgrat.figures.lint import dangling
from rueckgrat.figures.poses import START, Poses, poses_of
from rueckgrat.figures.run import passages, pictures
from rueckgrat.figures.scene import BAND_WIDTH, HIGHLIGHTED, Stroke, band_of, parts_of, props_of
from rueckgrat.figures.skeleton import POINTS
from rueckgrat.figures.view import View
from rueckgrat.figures.window import window_of
from skill.content.exercise import Exercise
from skill.messages.notes import Level

_DIGITS = 3


def as_json(exercise: Exercise) -> dict[str, Any] | None:
    """Return what a page needs to draw an exercise, as JSON.

    Returns None if it has no figure, and for one with names that are nowhere (``lint.dangling``).
    """
    if exercise.figure is None or dangling(exercise):
        return None
    levels = {level: poses for level in Level if (poses := poses_of(exercise, level))}
    view = window_of(list(levels.values()))
    top = -(view.bottom + view.height)
    return {
        "view_box": _rounded((view.left, top, view.width, view.height)),
        "points": list(POINTS),
        "highlights": {
            name: [_part(part) for part in parts] for name, parts in HIGHLIGHTED.items()
        },
        "levels": {
            level.value: _level(exercise, level, poses, view) for level, poses in levels.items()
        },
    }


def _level(exercise: Exercise, level: Level, poses: Poses, view: View) -> dict[str, Any]:
    figure = poses.figure
    turn = poses.stance(START).angles.get("turn", 0.0)
    band = [_part(Stroke("band", ends, BAND_WIDTH)) for ends in band_of(figure)]
    names = [side.name for side in exercise.sides] or [""]
    return {
        "props": [
            {
                "name": prop.name,
                "area": prop.is_area,
                "line": _flat([view.place(corner) for corner in prop.corners]),
            }
            for prop in props_of(figure, turn)
        ],
        "band": band,
        "sides": {
            name: _side(exercise, level, poses, view, is_second=number == 1)
            for number, name in enumerate(names)
        },
    }


def _side(
    exercise: Exercise, level: Level, poses: Poses, view: View, is_second: bool
) -> dict[str, Any]:
    flips = is_second and poses.figure.mirror == "picture"
    mirrored = is_second and not flips
    start = poses.stance(START)
    stances = [poses.stance(name) for name in poses.shown]
    taken = [(one.mirrored() if mirrored else one).points() for one in stances]
    return {
        "flip": flips,
        "parts": [_part(part) for part in parts_of(taken, view)],
        "start": _picture((start.mirrored() if mirrored else start).points(), view),
        "phases": {
            passage.phase.name: {
                "frames": [_picture(points, view) for points in pictures(passage, poses, mirrored)],
                "every": passage.every,
                "highlight": list(passage.highlighted),
            }
            for passage in passages(exercise, level, poses)
        },
    }


def _part(part: Stroke) -> dict[str, Any]:
    return {
        "name": part.name,
        "points": [POINTS.index(name) for name in part.points],
        "width": part.width,
        "area": part.is_area,
        "far": part.far,
    }


def _picture(points: Points, view: View) -> list[float]:
    return _flat([view.place(points[name]) for name in POINTS])


def _flat(places: Sequence[tuple[float, float]]) -> list[float]:
    """Return x and y of all places in one row, y downward as in SVG."""
    return _rounded([number for x, y in places for number in (x, -y)])


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(number, _DIGITS) for number in numbers]
