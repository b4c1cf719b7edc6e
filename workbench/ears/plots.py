"""The figures as three small SVG drawings: recall, delay, false accepts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import drawsvg
import numpy as np

from skill.calibration.peers import LISTENERS
from skill.content.loader import load_content
from skill.errors import SkillError
from workbench.ears import scenes
from workbench.ears.conditions import CONDITIONS
from workbench.ears.figures import Figure
from workbench.ears.rows import Answers
from workbench.ears.run import Report

_COLOURS = ("#1b6ca8", "#b0b0b0", "#e08e45")
_STROKES = (2.5, 5.0, 1.5)
"""The peers' curves often lie on one another."""
_INK, _GRID = "#222222", "#dddddd"
_WIDTH = 760
_LEFT, _RIGHT, _TOP = 260, 90, 64
_BAR, _GAP = 11, 12
_LATEST_MS = 1_500


def draw(report: Report, folder: Path) -> list[Path]:
    """Draw a report into a folder; return the files. SkillError if they cannot be written."""
    drawings = {
        "recall": _recall(report),
        "delay": _delay(report),
        "false-accepts": _false_accepts(report),
    }
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawing in drawings.items():
            path = folder / f"{name}-{report.model}-{'-'.join(report.parts)}.svg"
            path.write_text(drawing.as_svg(), encoding="utf-8")
            paths.append(path)
    except OSError as error:
        problem = f"The plots cannot be written to {folder}: {error.strerror}."
        raise SkillError(problem, "Name a folder that you may write to.") from error
    return paths


def _recall(report: Report) -> Any:
    rows = [
        (f"{title}, {row.name}", row)
        for start, title in (("Recall: commands, s", "commands"), ("Recall: digits", "digits"))
        for row in report.figures
        if row.group.startswith(start) and row.name.startswith(CONDITIONS)
    ]
    return _bars("Recall by condition (%)", rows, 100.0)


def _false_accepts(report: Report) -> Any:
    rows = [
        (row.name, row)
        for row in report.figures
        if row.group.startswith("False accepts in training")
    ]
    return _bars(f"False accepts per hour in {scenes.TRAINING_STATE}", rows, None)


def _bars(title: str, rows: Sequence[tuple[str, Figure]], most: float | None) -> Any:
    """Return a bar for each row and listener, with its figure and denominator behind it."""
    step = _BAR * len(LISTENERS) + _GAP
    drawing = _sheet(title, _TOP + step * max(len(rows), 1) + 10)
    numbers = [value.number for _, row in rows for value in row.values.values()]
    scale = (_WIDTH - _LEFT - _RIGHT - 60) / (most or max([*numbers, 1.0]))
    for index, (name, row) in enumerate(rows):
        top = _TOP + index * step
        _text(drawing, name, _LEFT - 8, top + step / 2, anchor="end")
        for place, (listener, colour) in enumerate(zip(LISTENERS, _COLOURS, strict=True)):
            value = row.values.get(listener)
            if value is None:
                continue
            y = top + place * _BAR
            width = max(value.number * scale, 0.5)
            drawing.append(drawsvg.Rectangle(_LEFT, y, width, _BAR - 2, fill=colour))
            label = f"{value.number:.3g} ({value.of})"
            _text(drawing, label, _LEFT + width + 4, y + _BAR - 3, size=8)
    return drawing


def _delay(report: Report) -> Any:
    """Return the share of clean commands that were decided by a time after the word's end."""
    found = Answers(report.measured, load_content())
    height, base = 300, 340
    drawing = _sheet("Decided by … ms after the end of the word (clean commands)", base + 40)
    left, width = 60, _WIDTH - 60 - 30
    first_ms = -300

    def x_of(milliseconds: float) -> float:
        return left + (milliseconds - first_ms) / (_LATEST_MS - first_ms) * width

    for ms in range(first_ms, _LATEST_MS + 1, 300):
        drawing.append(drawsvg.Line(x_of(ms), base, x_of(ms), base - height + 24, stroke=_GRID))
        _text(drawing, str(ms), x_of(ms), base + 16, anchor="middle")
    for percent in (0, 50, 100):
        y = base - percent / 100 * (height - 30)
        drawing.append(drawsvg.Line(left, y, left + width, y, stroke=_GRID))
        _text(drawing, f"{percent} %", left - 6, y + 4, anchor="end")
    for listener, colour, stroke in zip(LISTENERS, _COLOURS, _STROKES, strict=True):
        answers = found.of(listener, [scenes.COMMANDS])
        delays = sorted(found.delay_seconds(one) * 1000 for one in answers if found.is_right(one))
        if not delays:
            continue
        path = drawsvg.Path(stroke=colour, stroke_width=stroke, fill="none")
        path.M(x_of(first_ms), base)
        for count, delay in enumerate(delays, start=1):
            x = x_of(float(np.clip(delay, first_ms, _LATEST_MS)))
            path.L(x, base - (count - 1) / len(answers) * (height - 30))
            path.L(x, base - count / len(answers) * (height - 30))
        path.L(x_of(_LATEST_MS), base - len(delays) / len(answers) * (height - 30))
        drawing.append(path)
    return drawing


def _sheet(title: str, height: float) -> Any:
    drawing = drawsvg.Drawing(_WIDTH, height, font_family="sans-serif")
    drawing.append(drawsvg.Rectangle(0, 0, _WIDTH, height, fill="white"))
    _text(drawing, title, 12, 22, size=15)
    legend: Mapping[str, str] = dict(zip(LISTENERS, _COLOURS, strict=True))
    for place, (listener, colour) in enumerate(legend.items()):
        x = 12 + place * 150
        drawing.append(drawsvg.Rectangle(x, 34, 10, 10, fill=colour))
        _text(drawing, listener, x + 16, 43)
    return drawing


def _text(
    drawing: Any, text: str, x: float, y: float, size: int = 10, anchor: str = "start"
) -> None:
    drawing.append(drawsvg.Text(text, size, x, y, fill=_INK, text_anchor=anchor))
