"""Notes as JSON and back, for every kind of `Note`: a new kind needs nothing here.

The kind is the name of the note's class; the JSON holds its fields. Old histories hold these
names: whoever renames a note or a field adds a migration (`rueckgrat.history.database`).
"""

import logging
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from skill.messages.notes import Note

_log = logging.getLogger(__name__)

_KINDS: dict[str, TypeAdapter[Note]] = {one.__name__: TypeAdapter(one) for one in get_args(Note)}


def encode(note: Note) -> tuple[str, str]:
    """Return the note's kind and its fields as JSON."""
    kind = type(note).__name__
    return kind, _KINDS[kind].dump_json(note).decode()


def decode(kind: str, fields: str) -> Note | None:
    """Return the note; None, with a line in the log, for one that this version cannot read.

    Such are an unknown kind, a value that is not allowed, and a missing field without a default.
    A note with additional fields is read without them.
    """
    adapter = _KINDS.get(kind)
    if adapter is None:
        _log.info("A note of the unknown kind %r was skipped.", kind)
        return None
    try:
        note = adapter.validate_json(fields)
    except ValidationError as error:
        problem = error.errors()[0]
        _log.info("A note of the kind %s was skipped: %s %s", kind, problem["loc"], problem["msg"])
        return None
    if adapter.dump_json(note).decode() != fields:  # it has other fields than this version writes
        _log_unknown_fields(kind, fields, adapter.dump_python(note, mode="json"))
    return note


_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def _log_unknown_fields(kind: str, fields: str, known: Any) -> None:
    unknown = sorted(_unknown(_ANY.validate_json(fields), known))
    if unknown:
        _log.info("A note of the kind %s was read without %s.", kind, ", ".join(unknown))


def _unknown(written: Any, known: Any) -> Iterator[str]:
    """Yield the names of fields that were not read, those of inner objects after a dot."""
    if not (isinstance(written, dict) and isinstance(known, dict)):
        return
    for name, value in written.items():
        if name in known:
            yield from (f"{name}.{inner}" for inner in _unknown(value, known[name]))
        else:
            yield str(name)
