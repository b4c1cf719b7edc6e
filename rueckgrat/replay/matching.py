"""How the words of a dialog test name lines, states and commands."""

import re

from skill.content.states import covers
from skill.messages.events import CommandHeard, Event, Remembered, Said, StateEntered
from skill.progress.naming import name_of

ANY = "any"
"""In an expectation: whatever it is."""

OF_WHOM = " of "
"""Before the person whose note is expected: ``set_done(bruecke) of anna``."""


def is_line(event: Event, wanted: str) -> bool:
    """Return whether a spoken line is meant: by its id, or by words of its text."""
    return isinstance(event, Said) and (
        wanted in (ANY, event.line) or contains_words(event.text, wanted)
    )


def is_state(event: Event, wanted: str) -> bool:
    """Return whether a state was entered; ``exercise`` means all of its children."""
    return isinstance(event, StateEntered) and covers(wanted, event.state)


def is_command(event: Event, wanted: str) -> bool:
    """Return whether a command was heard; ``number`` means every number, ``number(8)`` one."""
    return isinstance(event, CommandHeard) and wanted in (
        ANY,
        str(event.command),
        event.command.name,
    )


def is_note(event: Event, wanted: str) -> bool:
    """Return whether a note was made.

    ``set_done`` means every set, ``set_done(bruecke)`` one of this exercise however it ended,
    ``set_done(bruecke, pain) of anna`` that one of hers.
    """
    note, _, person = wanted.partition(OF_WHOM)
    if not isinstance(event, Remembered) or (person and person.lower() != event.person):
        return False
    opened, made = re.escape(note.removesuffix(")")), name_of(event.note)
    return note == ANY or re.match(rf"{opened}(?=[(,)]|$)", made) is not None


def contains_words(text: str, words: str) -> bool:
    """Return whether whole words occur in a text, whatever their case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None
