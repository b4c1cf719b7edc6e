"""Sets as a table for other programs: CSV or JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from skill.errors import SkillError, reason
from skill.files import write_whole
from skill.progress.set_records import SetRecord

COLUMNS = (
    *("person", "at", "exercise", "level", "hold_steps", "planned", "completed"),
    *("repetitions", "outcome", "feeling"),
)
"""``planned`` and each number of ``completed`` count one side, ``repetitions`` all sides."""


def table(sets: Mapping[str, Iterable[SetRecord]]) -> list[dict[str, Any]]:
    """Return a row for each set of each person, by the names of `COLUMNS`."""
    return [_row(person, one) for person, done in sets.items() for one in done]


def must_be_exportable(file: Path, overwrite: bool) -> None:
    """Raise SkillError if the file's ending is unknown, or if it is there already."""
    if file.suffix.lower() not in _WRITERS:
        raise SkillError(
            f"Wie ich {file} schreiben soll, weiß ich nicht.",
            f"Lass den Namen auf {' oder '.join(_WRITERS)} enden.",
            code="unknown-ending",
            path=file,
        )
    if file.exists() and not overwrite:
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
    text = _WRITERS[file.suffix.lower()](rows)
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
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(
        {**row, "completed": " ".join(map(str, row["completed"])), "feeling": row["feeling"] or ""}
        for row in rows
    )
    return text.getvalue()


def _as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


_WRITERS: dict[str, Callable[[list[dict[str, Any]]], str]] = {".csv": _as_csv, ".json": _as_json}
