"""The report's two pictures: how sure the ear was of each take, and how loud each take was."""

from rueckgrat.calibration.evaluation import Evaluation
from rueckgrat.calibration.measuring import RecordingOutcome
from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.quality import Fault, fault, measure
from rueckgrat.pictures.colours import FAINT, GRID, INK
from rueckgrat.pictures.sheet import Sheet

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
    page = Sheet(_WIDTH, _TOP + len(rows) * _ROW + 44)
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
    page = Sheet(_WIDTH, _TOP + _LEVELS_HEIGHT + 44)
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
    page: Sheet, found: Evaluation, transcript: str, takes: list[RecordingOutcome], top: float
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
        tests = take.recording.part is Split.TEST
        if take.right:
            sure = take.heard[0].confidence
            y = middle + (place - (len(takes) - 1) / 2) * _SPREAD
            colour, fill = (_TEST, _TEST) if tests else (_TUNE, "white")
            page.dot(_x(sure), y, colour, fill, f"{take.recording.file}: {sure:.0%}")
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
