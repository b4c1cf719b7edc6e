"""A sheet for plots: titles, legends, words, bars and dots by their place in px."""

from collections.abc import Sequence
from typing import Any

import drawsvg

from rueckgrat.pictures.colours import FAINT, FONT, INK


class Sheet:
    """A white sheet of paper; lengths in px, ``detail`` is shown where the pointer rests."""

    def __init__(self, width: float, height: float) -> None:
        self._drawing = drawsvg.Drawing(width, height)
        self._drawing.append(drawsvg.Rectangle(0, 0, width, height, fill="white"))

    def svg(self) -> str:
        """Return the sheet as a self-contained SVG."""
        return str(self._drawing.as_svg())

    def title(self, title: str, subtitle: str) -> None:
        """Write what is to be seen, at the top."""
        self.words(20, 24, title, INK, 16, bold=True)
        self.words(20, 42, subtitle)

    def legend(self, *entries: tuple[str, str, str]) -> None:
        """Explain marks, one line below the title: mark, colour, meaning."""
        x = 20.0
        for mark, colour, meaning in entries:
            self.words(x, 61, mark, colour, 12, bold=True)
            self.words(x + 15, 61, meaning)
            x += 38 + 6.1 * len(meaning)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        colour: str = FAINT,
        font_px: float = 11.5,
        detail: str = "",
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """Write one line; ``y`` is its baseline."""
        look: dict[str, Any] = {"font_weight": "bold"} if bold else {}
        look |= {"font_family": FONT, "text_anchor": anchor, "fill": colour}
        self._append(drawsvg.Text(text, font_px, round(x, 1), round(y, 1), **look), detail)

    def dot(self, x: float, y: float, colour: str, fill: str, detail: str) -> None:
        """Draw a small circle around (x, y)."""
        self._append(
            drawsvg.Circle(
                round(x, 1), round(y, 1), 3.2, fill=fill, stroke=colour, stroke_width=1.6
            ),
            detail,
        )

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, detail: str = ""
    ) -> None:
        """Fill a rectangle, of at least one px in height; (x, y) is its upper left corner."""
        sides = (round(x, 1), round(y, 1), round(width, 1), round(max(height, 1.0), 1))
        self._append(drawsvg.Rectangle(*sides, fill=colour), detail)

    def rule(
        self,
        x: float,
        top: float,
        bottom: float,
        colour: str,
        width: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """Draw an upright line."""
        look: dict[str, Any] = {"stroke_dasharray": "3,2"} if dashed else {}
        self.line(x, top, x, bottom, colour, stroke_width=width, **look)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, **look: Any) -> None:
        """Draw a line; ``look`` is passed on to SVG."""
        ends = (round(end, 1) for end in (x1, y1, x2, y2))
        self._append(drawsvg.Line(*ends, stroke=colour, **look), "")

    def shape(
        self,
        corners: Sequence[tuple[float, float]],
        colour: str,
        width: float,
        fill: str = "none",
    ) -> None:
        """Draw a line with round ends through all corners; with ``fill``, an area between them."""
        numbers = [round(number, 1) for corner in corners for number in corner]
        look = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        lines = drawsvg.Lines(
            *numbers,
            close=fill != "none",
            fill=fill,
            stroke=colour,
            stroke_width=round(width, 1),
            **look,
        )
        self._append(lines, "")

    def _append(self, thing: Any, detail: str) -> None:
        if detail:
            thing.append_title(detail)
        self._drawing.append(thing)
