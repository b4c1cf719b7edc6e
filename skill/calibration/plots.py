"""The report's two pictures: how sure the ear was of each take, and how loud each take was."""

from typing import Any

import drawsvg

from skill.calibration.evaluation import Evaluation
from skill.calibration.measuring import Outcome
from skill.calibration.prompts import Part
from skill.calibration.quality import Fault, fault, measure
from skill.replay.picture.style import FAINT, FONT, GRID, INK

_TUNE, _TEST, _WRONG, _NEW = "#7aa5d8", "#1f4e8c", "#c8102e", "#0b7a75"
_SOFT_BAND = "#e8f3e6"
_FAULT_COLOURS = {None: _TEST, Fault.CLIPPED: _WRONG, Fault.SOFT: "#c05a00", Fault.SILENT: FAINT}

_WIDTH, _LEFT, _RIGHT = 760.0, 130.0, 24.0
_TOP, _ROW = 74.0, 19.0
_MISSED_WIDTH = 90.0
_SPREAD = 5.0
"""Between takes of one word, from top to bottom: most are equally sure."""

_LEVELS_HEIGHT, _LOWEST_DBFS, _TICK_DB = 220.0, -80, 20
_GOOD_DBFS = (-40.0, -14.0)
"""Where speech should lie: the borders of ``advice``."""


def confidences(found: Evaluation) -> str:
    """Return an SVG with a row for each word and a dot for each of its takes.

    From left to right by the ear's confidence; what was not heard, or taken for something else,
    stands in a column of its own. Upright lines: the usual threshold, and the person's.
    """
    rows = list(dict.fromkeys(one.recording.transcript for one in found.lenient.commands))
    page = _Page(_TOP + len(rows) * _ROW + 44)
    page.title("Wie sicher wurde jedes Wort erkannt?", "Ein Punkt ist eine Aufnahme.")
    page.legend(
        ("○", _TUNE, "zum Einstellen"),
        ("●", _TEST, "zum Prüfen"),
        ("×", _WRONG, "nicht oder falsch verstanden"),
        ("┆", FAINT, "übliche Schwelle"),
        ("│", _NEW, "deine Schwelle"),
    )
    bottom = _TOP + len(rows) * _ROW
    page.words(_LEFT + _MISSED_WIDTH / 2, bottom + 16, "verfehlt", anchor="middle")
    for tenth in range(0, 11, 2):
        page.rule(_x(tenth / 10), _TOP, bottom, GRID)
        page.words(_x(tenth / 10), bottom + 16, f"{tenth * 10} %", anchor="middle")
    page.words(_x(0.5), bottom + 34, "Sicherheit", anchor="middle")
    for number, transcript in enumerate(rows):
        takes = [one for one in found.lenient.commands if one.recording.transcript == transcript]
        _draw_word(page, found, transcript, takes, _TOP + number * _ROW)
    return page.svg()


def levels(found: Evaluation) -> str:
    """Return an SVG with a bar for each take, from the level of its noise to that of its speech."""
    takes = [one for one in found.recordings if one.transcript]
    page = _Page(_TOP + _LEVELS_HEIGHT + 44)
    page.title(
        "Wie laut war jede Aufnahme?",
        "Ein Balken reicht vom Geräusch des Raums bis zu deiner Stimme: je länger, desto besser.",
    )
    page.legend(
        ("▮", _FAULT_COLOURS[None], "gut"),
        ("▮", _FAULT_COLOURS[Fault.SOFT], "zu leise"),
        ("▮", _FAULT_COLOURS[Fault.CLIPPED], "übersteuert"),
        ("▬", "#b7d8b0", "hier sollte die Stimme liegen"),
    )
    loud, soft = _y(_GOOD_DBFS[1]), _y(_GOOD_DBFS[0])
    page.box(_LEFT, loud, _WIDTH - _LEFT - _RIGHT, soft - loud, _SOFT_BAND)
    for dbfs in range(_LOWEST_DBFS, 1, _TICK_DB):
        page.line(_LEFT, _y(dbfs), _WIDTH - _RIGHT, _y(dbfs), GRID)
        page.words(_LEFT - 8, _y(dbfs) + 4, f"{dbfs} dB".replace("-", "−"), anchor="end")
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(takes), 1)
    for number, take in enumerate(takes):
        seen = measure(take.pcm)
        top, bottom = _y(seen.speech_dbfs), _y(seen.noise_dbfs)
        x = _LEFT + (number + 0.2) * step
        detail = f"{take.file}: Stimme {seen.speech_dbfs:.0f} dB, Raum {seen.noise_dbfs:.0f} dB"
        page.box(x, top, step * 0.6, bottom - top, _FAULT_COLOURS[fault(seen)], detail)
    page.words(
        (_LEFT + _WIDTH - _RIGHT) / 2,
        _TOP + _LEVELS_HEIGHT + 24,
        f"{len(takes)} Aufnahmen in ihrer Reihenfolge",
        anchor="middle",
    )
    return page.svg()


def _draw_word(
    page: "_Page", found: Evaluation, transcript: str, takes: list[Outcome], top: float
) -> None:
    middle = top + _ROW / 2
    page.words(_LEFT - 8, middle + 4, transcript, INK, anchor="end")
    page.line(_LEFT, top + _ROW, _WIDTH - _RIGHT, top + _ROW, GRID)
    name = takes[0].recording.command.name if takes[0].recording.command else ""
    page.rule(_x(found.usual[name]), top + 2, top + _ROW - 2, FAINT, dashed=True)
    if name in found.thresholds:
        page.rule(_x(found.thresholds[name]), top + 1, top + _ROW - 1, _NEW, width=2.5)
    missed = 0
    for place, take in enumerate(takes):
        tests = take.recording.part is Part.TEST
        if take.right:
            sure = take.heard[0].confidence
            y = middle + (place - (len(takes) - 1) / 2) * _SPREAD
            page.dot(_x(sure), y, tests, f"{take.recording.file}: {sure:.0%}")
        else:
            heard = ", ".join(str(one.command) for one in take.heard) or "nichts"
            x = _LEFT + 14 + 16 * missed
            page.words(x, middle + 5, "×", _WRONG, 15, f"{take.recording.file}: {heard}")
            missed += 1


def _x(confidence: float) -> float:
    left = _LEFT + _MISSED_WIDTH + 12
    return left + confidence * (_WIDTH - _RIGHT - 14 - left)


def _y(dbfs: float) -> float:
    return _TOP + _LEVELS_HEIGHT * min(max(dbfs / _LOWEST_DBFS, 0.0), 1.0)


class _Page:
    """A page to draw on; lengths in px, ``detail`` is shown where the pointer rests."""

    def __init__(self, height: float) -> None:
        self._drawing = drawsvg.Drawing(_WIDTH, height)
        self._drawing.append(drawsvg.Rectangle(0, 0, _WIDTH, height, fill="white"))

    def svg(self) -> str:
        """Return the page as a self-contained SVG."""
        return str(self._drawing.as_svg())

    def title(self, title: str, subtitle: str) -> None:
        self.words(20, 24, title, INK, 16, bold=True)
        self.words(20, 42, subtitle)

    def legend(self, *entries: tuple[str, str, str]) -> None:
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
        look: dict[str, Any] = {"font_weight": "bold"} if bold else {}
        look |= {"font_family": FONT, "text_anchor": anchor, "fill": colour}
        self._append(drawsvg.Text(text, font_px, round(x, 1), round(y, 1), **look), detail)

    def dot(self, x: float, y: float, filled: bool, detail: str) -> None:
        colour = _TEST if filled else _TUNE
        fill = colour if filled else "white"
        self._append(
            drawsvg.Circle(
                round(x, 1), round(y, 1), 3.2, fill=fill, stroke=colour, stroke_width=1.6
            ),
            detail,
        )

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, detail: str = ""
    ) -> None:
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
        look: dict[str, Any] = {"stroke_dasharray": "3,2"} if dashed else {}
        self.line(x, top, x, bottom, colour, stroke_width=width, **look)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, **look: Any) -> None:
        ends = (round(end, 1) for end in (x1, y1, x2, y2))
        self._append(drawsvg.Line(*ends, stroke=colour, **look), "")

    def _append(self, thing: Any, detail: str) -> None:
        if detail:
            thing.append_title(detail)
        self._drawing.append(thing)
