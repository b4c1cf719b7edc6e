"""The household's notes as sets that only grow: merged in any order they are the same. Pure.

A note is its person, its time, its kind and its fields: a trainer that gets it twice knows it
already, whoever told it. Nothing is ever taken back, so no conflict can lose a note.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from rueckgrat.history.history import Row

_CONTENT: TypeAdapter[tuple[int, list[Row]]] = TypeAdapter(tuple[int, list[Row]])


def merged(*logs: Iterable[Row]) -> list[Row]:
    """Return all notes of all logs, each once, in the order that every trainer reads them in."""
    known: dict[tuple[str, str, str, str], Row] = {}
    for row in (row for log in logs for row in log):
        known[row[:4]] = min(row, known.get(row[:4], row), key=lambda one: one[4])
    return sorted(known.values(), key=_in_order)


def _in_order(row: Row) -> tuple[str, int, str, str, str]:
    person, at, kind, fields, number = row
    return at, number, kind, fields, person


def by_month(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Return the notes of each month (2026-11), in their order."""
    months: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        months[row[1][:7]].append(row)
    return months


def digest(rows: Iterable[Row]) -> bytes:
    """Return what tells one set of notes from another, whatever their order."""
    return sha256(repr(sorted(row[:4] for row in rows)).encode()).digest()


def packed(sent_ns: int, rows: Sequence[Row]) -> bytes:
    """Return notes as they travel, with the time they were sent."""
    return json.dumps([sent_ns, rows], ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(content: bytes) -> tuple[int, list[Row]]:
    """Return the time and the notes of a message; ValueError where it is none."""
    try:
        sent_ns, rows = _CONTENT.validate_json(content)
    except ValidationError as error:
        raise ValueError("no notes") from error
    for row in rows:
        if datetime.fromisoformat(row[1]).tzinfo is not None:
            raise ValueError("a time with a zone")
    return sent_ns, rows
