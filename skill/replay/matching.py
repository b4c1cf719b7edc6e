"""How the words of a dialog test name lines, states and commands."""

import re

from skill.content.states import covers
from skill.events import Event, Kind

ANY = "any"
"""In an expectation: whatever it is."""


def is_line(event: Event, wanted: str) -> bool:
    """Return whether a spoken line is meant: by its id, or by words of its text."""
    return event.kind is Kind.SAID and (
        wanted in (ANY, event.detail) or contains_words(event.text, wanted)
    )


def is_state(event: Event, wanted: str) -> bool:
    """Return whether a state was entered; ``exercise`` means all of its children."""
    return event.kind is Kind.STATE and covers(wanted, event.detail)


def is_command(event: Event, wanted: str) -> bool:
    """Return whether a command was heard; ``number`` means every number, ``number(8)`` one."""
    return event.kind is Kind.HEARD and wanted in (
        ANY,
        event.detail,
        event.detail.partition("(")[0],
    )


def contains_words(text: str, words: str) -> bool:
    """Return whether whole words occur in a text, whatever their case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None
