"""The whole picture: header, time axis, and the lanes of user, coach, breath and state."""

from collections.abc import Sequence

import drawsvg

from rueckgrat.observers.transcript import clock
from rueckgrat.pictures import colours
from rueckgrat.replay.checks import Failure
from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.picture import style
from rueckgrat.replay.picture.labels import Label
from rueckgrat.replay.picture.lanes import draw_breath, draw_coach, draw_states, draw_user
from rueckgrat.replay.picture.page import Page
from rueckgrat.replay.picture.rows import Rows
from rueckgrat.replay.picture.words import shorten, text_width
from skill.messages.events import Problem

_LANES = (
    ("du", style.USER_WAVE + 18, colours.USER),
    ("Coach", style.COACH_WAVE + 18, colours.COACH),
    ("Atem", style.BREATH + 11, colours.FAINT),
    ("Zustand", style.STATE + 11, colours.FAINT),
)

_LEGEND = (
    ("Wörter → Befehl", colours.USER, "verstanden, gestrichelt: wann es feststand"),
    ("✗", colours.REJECTED, "gesagt, aber kein Befehl"),
    ("○", colours.FAINT, "für den Coach gehalten"),
    ("|", colours.CUT, "Satz abgebrochen"),
    ("●", colours.COACH, "Signalton"),
    ("◢", colours.BREATH_IN, "einatmen"),
    ("◣", colours.BREATH_OUT, "ausatmen"),
)
_TICK_SECONDS = 5


def draw(overview: SessionOverview) -> str:
    """Return the session as a self-contained SVG.

    Time wraps into rows of a minute. Failures are numbered: on the time axis, and in words
    under the title.
    """
    failures = overview.failures
    rows = Rows(max(overview.seconds, 0.1))
    top = style.MARGIN + style.HEADER + len(failures) * style.FAILURE_HEIGHT
    width = rows.right + style.MARGIN
    drawing = drawsvg.Drawing(width, top + rows.count * style.ROW_HEIGHT)
    drawing.append(drawsvg.Rectangle(0, 0, width, drawing.height, fill="white"))
    page = Page(drawing, rows, top)
    _draw_header(page, overview, -top)
    _draw_failures(page, failures, style.HEADER - top)
    _draw_axis(page)
    for draw_lane in (draw_user, draw_coach, draw_breath, draw_states):
        draw_lane(page, overview)
    for event in overview.events:
        if isinstance(event, Problem):
            page.rule(event.seconds, style.AXIS, style.LINES, colours.CUT)
    return str(drawing.as_svg())


def _draw_header(page: Page, overview: SessionOverview, top: float) -> None:
    y = top + style.MARGIN
    left = page.rows.left
    page.text(0, left, y + 16, overview.title, style.TITLE_PX, colours.INK, bold=True)
    colour = colours.CUT if overview.failures else colours.FAINT
    page.text(0, left, y + 36, overview.summary, style.LABEL_PX, colour)
    x = left
    for mark, colour, meaning in _LEGEND:
        page.text(0, x, y + 56, mark, style.LABEL_PX, colour, bold=True)
        x += text_width(mark, style.LABEL_PX, bold=True) + 5
        page.text(0, x, y + 56, meaning, style.LABEL_PX, colours.FAINT)
        x += text_width(meaning, style.LABEL_PX) + 18


def _draw_failures(page: Page, failures: Sequence[Failure], top: float) -> None:
    width = page.rows.right - page.rows.left
    placed: list[list[Label]] = [[] for _ in range(page.rows.count)]
    for number, failure in enumerate(failures, start=1):
        y = top + number * style.FAILURE_HEIGHT
        words = f"{number}  {clock(failure.seconds)}  {failure}"
        short = shorten(words, width, style.LABEL_PX, bold=True)
        page.text(0, page.rows.left, y, short, style.LABEL_PX, colours.CUT, bold=True)
        place = page.rows.at(min(failure.seconds, page.rows.total_seconds))
        page.rule(failure.seconds, style.AXIS, style.LINES, colours.CUT, dashed=True)
        label = _beside(place.left, str(number), page.rows.right + style.MARGIN, placed[place.row])
        placed[place.row].append(label)
        page.text(place.row, label.left, style.AXIS + 9, str(number), 9, colours.CUT, bold=True)


def _beside(x: float, number: str, right: float, placed: Sequence[Label]) -> Label:
    """Return the place of a failure's number: beside its line, for several may be of one moment."""
    width = text_width(number, 9, bold=True)
    steps = [(width + 4) * step for step in range(len(placed) + 1)]
    lefts = [x + 2 + step for step in steps if x + 2 + step + width < right]
    lefts += [x - 2 - width - step for step in steps]
    labels = [Label(left, 0, (number,), width) for left in lefts]
    return next((one for one in labels if not one.collides(placed, 2.0)), labels[0])


def _draw_axis(page: Page) -> None:
    rows = page.rows
    for row in range(rows.count):
        for name, lane, colour in _LANES:
            page.text(row, rows.left - 8, lane, name, style.LABEL_PX, colour, anchor="end")
        first = round(row * rows.seconds_per_row)
        last = min(first + rows.seconds_per_row, rows.total_seconds)
        for second in range(first, int(last) + 1, _TICK_SECONDS):
            x = rows.left + (second - first) * rows.px_per_second
            page.hair(row, x, style.AXIS, style.STATE + style.LANE_HEIGHT, colours.GRID)
            label = f"{second // 60}:{second % 60:02d}"
            page.text(row, x, style.AXIS - 3, label, style.LINE_PX, colours.FAINT, anchor="middle")
