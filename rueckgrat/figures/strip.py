"""A strip of the key poses of an exercise as SVG: a row for each level, a picture for each pose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from rueckgrat.figures.body import Points
from rueckgrat.figures.poses import START, Poses, poses_of
from rueckgrat.figures.run import Passage, passages
from rueckgrat.figures.scene import (
    BAND_WIDTH,
    HIGHLIGHTED,
    Stroke,
    band_of,
    parts_of,
    props_of,
)
from rueckgrat.figures.view import View
from rueckgrat.figures.window import window_of
from rueckgrat.pictures.colours import FAINT, GRID, INK, REJECTED, USER
from rueckgrat.pictures.sheet import Sheet
from skill.content.exercise import Exercise
from skill.errors import SkillError
from skill.messages.notes import Level

_SCALE = 150.0
"""So many px has a body length."""
_GAP, _TOP, _TITLE, _CAPTION = 10.0, 60.0, 24.0, 32.0
_MOST_IN_ROW = 5
_NARROWEST, _NARROWEST_CELL = 560.0, 180.0
_FAR, _TRUNK = "#a9b8c9", "#4a6079"
_PROPS = {"mat": "#dcebe4", "floor": "#f1f3f5", "wall": GRID}
_WOOD = "#d9c3a5"
_BREATHS = {"in": "ein", "out": "aus", "both": "Atem fließt"}
_LEVELS = {Level.EASIER: "Leichter", Level.HARDER: "Schwerer"}


@dataclass(frozen=True)
class _Picture:
    """A pose of the strip and the lines below it."""

    pose: str
    captions: tuple[str, ...]
    highlighted: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A level of the strip; without pictures where it looks like the exercise itself."""

    title: str
    poses: Poses
    pictures: tuple[_Picture, ...]


def draw_strip(exercise: Exercise) -> str:
    """Return an SVG with the poses of each level.

    Raises SkillError if the exercise has no figure, KeyError for a pose that there is not.
    """
    rows = _rows(exercise)
    if not rows:
        raise SkillError(
            f"{exercise.title} hat keine Figur.",
            "Schreib „figure:“ in die Datei der Übung, wie es docs/figures.md erklärt.",
            code="no-figure",
        )
    windows = [window_of([row.poses]) for row in rows]
    width = max(_NARROWEST_CELL, *(one.width * _SCALE for one in windows)) + _GAP
    columns = min(max(len(row.pictures) for row in rows), _MOST_IN_ROW)
    heights = [
        ceil(len(row.pictures) / columns) * (window.height * _SCALE + _CAPTION)
        for row, window in zip(rows, windows, strict=True)
    ]
    sheet = Sheet(
        max(columns * width + _GAP, _NARROWEST), _TOP + len(rows) * _TITLE + sum(heights) + _GAP
    )
    sheet.title(exercise.title, exercise.purpose)
    y = _TOP
    for row, window, height in zip(rows, windows, heights, strict=True):
        sheet.words(20, y + 14, row.title, INK, 13, bold=True)
        y += _TITLE
        for number, picture in enumerate(row.pictures):
            middle = _GAP + (number % columns + 0.5) * width
            top = y + number // columns * (window.height * _SCALE + _CAPTION)
            _Canvas(sheet, window, middle, top).draw(row.poses, picture)
        y += height
    return sheet.svg()


def _rows(exercise: Exercise) -> list[_Row]:
    rows: list[_Row] = []
    for level in (Level.NORMAL, *exercise.variants):
        poses = poses_of(exercise, level)
        if poses is None:
            continue
        variant = exercise.variants.get(level)
        title = f"{_LEVELS[level]}: {variant.title}" if variant else "So geht es"
        row = _Row(title, poses, tuple(_pictures(exercise, level, poses)))
        if rows and (row.pictures, poses.figure) == (rows[0].pictures, rows[0].poses.figure):
            row = replace(row, title=f"{title} (dieselben Bewegungen)", pictures=())
        rows.append(row)
    return rows


def _pictures(exercise: Exercise, level: Level, poses: Poses) -> list[_Picture]:
    """Return a picture for each key pose; a phase that keeps it only adds to the caption.

    Of a round the first pose is enough; what is highlighted is shown once at rest, once moving.
    """
    found = [_Picture(START, ("am Anfang",))]
    shown: set[tuple[str, tuple[str, ...]]] = {(START, ())}
    for passage in passages(exercise, level, poses):
        last = found[-1]
        through = passage.poses[1:2] if passage.every else passage.poses[1:]
        looks = [(pose, passage.highlighted) for pose in through]
        if (passage.every or passage.highlighted) and looks[-1] in shown:
            continue
        shown.add(looks[-1])
        words = _caption(passage)
        if not passage.moves and looks[-1] == (last.pose, last.highlighted):
            if len(last.captions) == 1:
                found[-1] = replace(last, captions=(*last.captions, words))
            continue
        found += [_Picture(pose, (pose.replace("-", " "),), parts) for pose, parts in looks[:-1]]
        found.append(_Picture(through[-1], (words,), passage.highlighted))
    return found


def _caption(passage: Passage) -> str:
    phase = passage.phase
    breath = f" ({_BREATHS[phase.breath]})" if phase.breath else ""
    return f"{phase.name.replace('-', ' ')}{breath}"


class _Canvas:
    """One picture of the strip, at its place on the sheet: its middle and its top, in px."""

    def __init__(self, sheet: Sheet, view: View, middle: float, top: float) -> None:
        self._sheet, self._view, self._middle, self._top = sheet, view, middle, top

    def draw(self, poses: Poses, picture: _Picture) -> None:
        """Draw what stands there, the figure, and the caption."""
        points = poses.stance(picture.pose).points()
        for prop in props_of(poses.figure, poses.stance(START).angles.get("turn", 0.0)):
            colour = _PROPS.get(prop.name, _WOOD)
            corners = [self._px(self._view.place(corner)) for corner in prop.corners]
            self._sheet.shape(corners, colour, 4.0, fill=colour if prop.is_area else "none")
        every = [poses.stance(name).points() for name in poses.shown]
        for part in parts_of(every, self._view):
            near = _TRUNK if part.name in ("trunk", "neck", "head") else INK
            colour = _FAR if part.far else near
            self._stroke(part, points, REJECTED if part.name in picture.highlighted else colour)
        for name in picture.highlighted:
            for part in HIGHLIGHTED.get(name, ()):
                self._stroke(part, points, REJECTED)
        for ends in band_of(poses.figure):
            self._stroke(Stroke("band", ends, BAND_WIDTH), points, USER)
        self._words(picture.captions)

    def _words(self, captions: Sequence[str]) -> None:
        bottom = self._top + self._view.height * _SCALE + 10
        for number, line in enumerate(captions):
            y = bottom + 12 * number
            self._sheet.words(self._middle, y, line, FAINT, 10.5, anchor="middle")

    def _stroke(self, part: Stroke, points: Points, colour: str) -> None:
        places = [self._px(self._view.place(points[name])) for name in part.points]
        fill = colour if part.is_area else "none"
        self._sheet.shape(places, colour, part.width * _SCALE, fill=fill)

    def _px(self, place: tuple[float, float]) -> tuple[float, float]:
        """Return where a place of the sheet is in the picture."""
        x, y = place
        middle = self._view.left + self._view.width / 2
        top = self._view.bottom + self._view.height
        return self._middle + (x - middle) * _SCALE, self._top + (top - y) * _SCALE
