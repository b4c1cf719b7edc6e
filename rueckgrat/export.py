"""Sets as a table: CSV for a person's spreadsheet, in German, or JSON for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from skill.errors import SkillError, reason
from skill.files import is_there, write_whole
from skill.messages.notes import Feeling, Level, Outcome
from skill.progress.set_records import SetRecord

COLUMNS = (
    *("person", "at", "exercise", "level", "hold_steps", "planned", "completed"),
    *("repetitions", "outcome", "feeling"),
)
"""``planned`` and each number of ``completed`` count one side, ``repetitions`` all sides."""

_TITLES = (
    *("Person", "Zeit", "Übung", "Schwierigkeit", "Haltestufen", "Geplant", "Geschafft"),
    *("Wiederholungen", "Ende", "Gefühl"),
)
_WORDS: Mapping[str, Mapping[str, str]] = {
    "level": {Level.EASIER: "leichter", Level.NORMAL: "normal", Level.HARDER: "schwerer"},
    "outcome": {
        Outcome.OPEN: "abgebrochen",
        Outcome.COMPLETE: "ganz",
        Outcome.ENOUGH: "genug",
        Outcome.PAIN: "Schmerz",
    },
    "feeling": {Feeling.EASY: "leicht", Feeling.GOOD: "gut", Feeling.HARD: "schwer"},
}
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"


def table(sets: Mapping[str, Iterable[SetRecord]]) -> list[dict[str, Any]]:
    """Return a row for each set of each person, by the names of `COLUMNS`."""
    return [_row(person, one) for person, done in sets.items() for one in done]


def must_be_exportable(file: Path, overwrite: bool) -> None:
    """Raise SkillError if the file's ending is unknown, or if it is there already."""
    if file.suffix.lower() not in WRITERS:
        raise SkillError(
            f"Wie ich {file} schreiben soll, weiß ich nicht.",
            f"Lass den Namen auf {' oder '.join(WRITERS)} enden.",
            code="unknown-ending",
            path=file,
        )
    if is_there(file) and not overwrite:
        raise SkillError(
            f"{file} gibt es schon.",
            "Nimm einen anderen Namen, oder schreib --force dazu.",
            code="there-already",
            path=file,
        )


def export(file: Path, rows: list[dict[str, Any]], overwrite: bool = False) -> None:
    """Write the rows as the file's ending says; it appears whole or not at all.

    SkillError for an unknown ending, a file that is there already, or one that can't be written.
    """
    must_be_exportable(file, overwrite)
    text = WRITERS[file.suffix.lower()](rows)
    try:
        file.parent.stat()  # a mistyped folder is not to be made
        write_whole(file, text)
    except OSError as error:
        raise SkillError(
            f"{file} kann ich nicht schreiben ({reason(error)}).",
            "Nimm einen anderen Ort.",
            code="unwritable",
            path=file,
        ) from error


def _row(person: str, one: SetRecord) -> dict[str, Any]:
    cells = (
        *(person, one.at.isoformat(timespec="seconds"), one.exercise),
        *(one.load.level.value, one.load.hold_steps, one.load.repetitions),
        *(list(one.completed), sum(one.completed), one.outcome.value),
        one.feeling.value if one.feeling else None,
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _as_csv(rows: list[dict[str, Any]]) -> str:
    """Return what a German Excel opens by a double click: its separator, its dates, UTF-8 told."""
    text = io.StringIO(_BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_TITLES)
    writer.writerows([_in_german(name, row[name]) for name in COLUMNS] for row in rows)
    return text.getvalue()


def _in_german(name: str, cell: Any) -> Any:
    if name == "at":
        return f"{datetime.fromisoformat(cell):%d.%m.%Y %H:%M:%S}"
    if name == "completed":  # not "8/6", which would be a date
        return " und ".join(map(str, cell))
    word = _WORDS.get(name, {}).get(cell, cell)
    is_formula = isinstance(word, str) and word.startswith(_FORMULAS)
    return f"'{word}" if is_formula else word  # a name must not be worked out by a spreadsheet


def _as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[list[dict[str, Any]]], str]] = {".csv": _as_csv, ".json": _as_json}
"""What makes the text of a file, by its ending."""
