"""The weeks as a picture: how much was trained, how it felt, and where it hurt."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path

from rueckgrat.history.weeks import CalendarWeek
from rueckgrat.pictures.colours import COACH, CUT, FAINT, GRID, INK
from rueckgrat.pictures.files import write_svg
from rueckgrat.pictures.sheet import Sheet
from skill.messages.notes import Feeling

PAIN_WORD = "weh"
FEELING_WORDS = {Feeling.EASY: "leicht", Feeling.GOOD: "gut", Feeling.HARD: "schwer"}

_COLOURS = {Feeling.EASY: "#8fc1e3", Feeling.GOOD: "#6fb36a", Feeling.HARD: "#e0803a"}
_WIDTH, _LEFT, _RIGHT = 760.0, 110.0, 24.0
_TOP, _BARS = 92.0, 200.0
_FEELINGS_TOP, _FEELINGS = _TOP + _BARS + 26, 56.0
_DATES = _FEELINGS_TOP + _FEELINGS + 18
_SESSIONS = _DATES + 18
_PAINS = _SESSIONS + 18
_WIDEST = 56.0
_DATE_WIDTH, _NUMBER_WIDTH = 40.0, 26.0
"""With some space; where weeks are narrower, only some of them get a label."""
_MOST_TICKS = 5


def draw_weeks(weeks: Sequence[CalendarWeek], name: str = "") -> str:
    """Return an SVG with a bar of repetitions for each week, and below it how they felt.

    Where anything hurt, a last row says how often. ``weeks`` are consecutive, oldest first, at
    least one.
    """
    has_pains = any(week.pains for week in weeks)
    sheet = Sheet(_WIDTH, (_PAINS if has_pains else _SESSIONS) + 16)
    sheet.title(
        f"Dein Training, {name}" if name else "Dein Training",
        "Jede Säule ist eine Woche, so hoch wie alle Wiederholungen zusammen.",
    )
    sheet.legend(
        ("▮", COACH, "Wiederholungen"),
        *(("▮", _COLOURS[one], word) for one, word in FEELING_WORDS.items()),
        *((("●", CUT, "tat weh"),) if has_pains else ()),
    )
    if has_pains:
        sheet.words(_LEFT - 8, _PAINS, "Tat weh", FAINT, anchor="end")
    most = _draw_scale(sheet, max(week.repetitions for week in weeks))
    step = (_WIDTH - _LEFT - _RIGHT) / len(weeks)
    for number, week in enumerate(weeks):
        middle = _LEFT + (number + 0.5) * step
        width = min(step * 0.7, _WIDEST)
        _draw_week(sheet, week, middle, width, most)
        place = len(weeks) - 1 - number  # counted from the latest, which always has its labels
        if place % ceil(_DATE_WIDTH / step) == 0:
            sheet.words(middle, _DATES, f"{week.monday:%d.%m.}", anchor="middle")
        if place % ceil(_NUMBER_WIDTH / step) == 0:
            sheet.words(middle, _SESSIONS, f"{week.sessions}", INK, anchor="middle")
            if week.repetitions:
                top = _TOP + _BARS * (1 - week.repetitions / most)
                sheet.words(middle, top - 5, f"{week.repetitions}", INK, anchor="middle")
    return sheet.svg()


def write_picture(path: Path, weeks: Sequence[CalendarWeek], name: str = "") -> None:
    """Write the SVG of ``draw_weeks`` to a file; SkillError when that is impossible."""
    write_svg(path, draw_weeks(weeks, name))


def _draw_scale(sheet: Sheet, most: int) -> int:
    """Draw the lines behind the bars; return how many repetitions the highest one stands for."""
    tick = _tick(most)
    top = max(ceil(most / tick), 1) * tick
    for repetitions in range(0, top + 1, tick):
        y = _TOP + _BARS * (1 - repetitions / top)
        sheet.line(_LEFT, y, _WIDTH - _RIGHT, y, GRID)
        sheet.words(_LEFT - 8, y + 4, f"{repetitions}", anchor="end")
    labels = ((_FEELINGS_TOP + _FEELINGS / 2 + 4, "Gefühl"), (_DATES, "Woche ab"))
    for y, label in (*labels, (_SESSIONS, "Trainings")):
        sheet.words(_LEFT - 8, y, label, FAINT, anchor="end")
    return top


def _tick(most: int) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50 … that is enough for a few lines."""
    tick, factors = 1, (2.0, 2.5, 2.0)
    number = 0
    while most > tick * _MOST_TICKS:
        tick = round(tick * factors[number % len(factors)])
        number += 1
    return tick


def _draw_week(sheet: Sheet, week: CalendarWeek, middle: float, width: float, most: int) -> None:
    left = middle - width / 2
    height = _BARS * week.repetitions / most
    if week.repetitions:
        detail = (
            f"Woche ab {week.monday:%d.%m.%Y}: {week.repetitions} Wiederholungen,"
            f" Sätze: {week.sets}, Trainings: {week.sessions}, Tage: {week.days}"
        )
        sheet.box(left, _TOP + _BARS - height, width, height, COACH, detail)
    if week.pains:
        detail = f"Woche ab {week.monday:%d.%m.%Y}: tat {week.pains} Mal weh"
        sheet.words(
            middle, _PAINS, f"●{week.pains}", CUT, detail=detail, bold=True, anchor="middle"
        )
    rated = sum(week.feelings.values())
    top = _FEELINGS_TOP + _FEELINGS
    for feeling, word in FEELING_WORDS.items():
        count = week.feelings.get(feeling, 0)
        if count:
            share = _FEELINGS * count / rated
            top -= share
            sheet.box(left, top, width, share, _COLOURS[feeling], f"{word}: {count} von {rated}")
