"""Events as JSON, for other programs; ``docs/following-a-session.md`` describes them."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from skill.messages.events import Event, Snapshot
from skill.messages.notes import Note, kind_name

EVENT_KINDS = {kind: kind_name(kind) for kind in get_args(Event)}
"""All events there are, and their names: ``state_entered``, ``phase_began``, ..."""

_NOTES = get_args(Note)


def as_dict(thing: Event | Snapshot) -> dict[str, Any]:
    """Return an event or a snapshot as what JSON knows; an event's name is its ``event``.

    Figures are rounded to a thousandth. A note gets its name as ``kind``.
    """
    plain: dict[str, Any] = _plain(thing)
    return plain


def as_json(thing: Event | Snapshot) -> str:
    """Return an event or a snapshot as one line of JSON, without a line break."""
    return json.dumps(as_dict(thing), ensure_ascii=False)


def jsonl(events: Iterable[Event]) -> str:
    """Return events for a program: one JSON object per line."""
    return "".join(f"{as_json(event)}\n" for event in events)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        if type(value) in EVENT_KINDS:
            return {"event": EVENT_KINDS[type(value)], **plain}
        return {"kind": kind_name(type(value)), **plain} if isinstance(value, _NOTES) else plain
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return round(value, 3) if isinstance(value, float) else value
