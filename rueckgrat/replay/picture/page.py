"""A page to draw on: positions are given by row and lane, everything carries its explanation."""

from collections.abc import Sequence
from typing import Any

import drawsvg

from rueckgrat.pictures import colours
from rueckgrat.replay.picture import style
from rueckgrat.replay.picture.rows import Rows, Span
from rueckgrat.replay.picture.words import shorten


class Page:
    """Draws into the rows of a picture; y counts from the row's top. Lengths in px.

    ``detail`` is shown by a browser when the pointer rests on the thing.
    """

    def __init__(self, drawing: drawsvg.Drawing, rows: Rows, top: float) -> None:
        self.rows = rows
        self._drawing = drawing
        self._top = top

    def y(self, row: int, lane: float) -> float:
        """Return the height of a lane on the page."""
        return round(self._top + row * style.ROW_HEIGHT + lane, 1)

    def box(
        self, span: Span, lane: float, height: float, colour: str, label: str = "", detail: str = ""
    ) -> None:
        """Fill a part of a lane; its label is shortened to fit, or left out."""
        y = self.y(span.row, lane)
        box = drawsvg.Rectangle(_px(span.left), y, _px(span.width), height, fill=colour)
        self._append(box, detail)
        words = shorten(label, span.width - 6, style.LINE_PX)
        if len(words) > 2:
            self.text(span.row, span.left + 3, lane + height - 4, words, style.LINE_PX, colours.INK)

    def shape(
        self, row: int, points: Sequence[tuple[float, float]], colour: str, detail: str = ""
    ) -> None:
        """Fill the outline through ``points`` (x, y within the row)."""
        flat = [_px(c) for x, y in points for c in (x, self._top + row * style.ROW_HEIGHT + y)]
        self._append(drawsvg.Lines(*flat, close=True, fill=colour), detail)

    def rule(
        self,
        seconds: float,
        from_lane: float,
        to_lane: float,
        colour: str,
        width: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """Draw an upright line at a moment."""
        place = self.rows.at(seconds)
        x, top, bottom = _px(place.left), self.y(place.row, from_lane), self.y(place.row, to_lane)
        dashes: dict[str, Any] = {"stroke_dasharray": "2,2"} if dashed else {}
        line = drawsvg.Line(x, top, x, bottom, stroke=colour, stroke_width=width, **dashes)
        self._drawing.append(line)

    def hair(
        self, row: int, x: float, from_lane: float, to_lane: float, colour: str = colours.HAIR
    ) -> None:
        """Draw a thin upright line."""
        ends = (_px(x), self.y(row, from_lane), _px(x), self.y(row, to_lane))
        self._drawing.append(drawsvg.Line(*ends, stroke=colour, stroke_width=0.8))

    def dot(self, seconds: float, lane: float, colour: str, detail: str = "") -> None:
        """Draw a small dot at a moment."""
        place = self.rows.at(seconds)
        dot = drawsvg.Circle(_px(place.left), self.y(place.row, lane), 2.5, fill=colour)
        self._append(dot, detail)

    def text(
        self,
        row: int,
        x: float,
        lane: float,
        words: str,
        font_px: float,
        colour: str,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """Write one line; ``lane`` is its baseline."""
        weight: dict[str, Any] = {"font_weight": "bold"} if bold else {}
        self._drawing.append(
            drawsvg.Text(
                words,
                font_px,
                _px(x),
                self.y(row, lane),
                fill=colour,
                font_family=colours.FONT,
                text_anchor=anchor,
                **weight,
            )
        )

    def _append(self, thing: Any, detail: str) -> None:
        if detail:
            thing.append_title(detail)
        self._drawing.append(thing)


def _px(length: float) -> float:
    return round(float(length), 1)
