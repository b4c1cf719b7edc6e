"""How the words of a dialog test name lines, states and commands."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from skill.content.duration import SPOKEN_LETTERS_PER_SECOND
from skill.content.states import covers
from skill.messages.events import CommandHeard, Event, Remembered, Said, StateEntered
from skill.progress.naming import name_of
from skill.written.spoken import sentences

ANY = "any"
"""In an expectation: whatever it is."""

OF_WHOM = " of "
"""Before the person whose note is expected: ``set_done(bruecke) of anna``."""

_PAUSE_LETTERS = 3
"""As long as so many letters is the pause between two sentences (71 measured; error 0.2 s)."""


def is_line(event: Event, wanted: str) -> bool:
    """Return whether a spoken line is meant: by its id, or by words of its text."""
    return isinstance(event, Said) and (
        wanted in (ANY, event.line) or contains_words(event.text, wanted)
    )


def begins_seconds(line: Said, wanted: str, said: Iterable[Event]) -> float | None:
    """Return when what is wanted of a whole line begins; None if it broke off before.

    A line named by its id begins with its first sentence, words with the sentence in which they
    stand. ``said`` is where the line comes from: it may be said in one piece or in several.
    """
    if wanted in (ANY, line.line):
        return line.seconds
    place = _place_of(wanted, line.text)
    for one in said:
        if not isinstance(one, Said) or one.line != line.line:
            continue
        if not line.seconds <= one.seconds <= line.end_seconds:
            continue
        if place < len(one.text):
            begins = one.seconds + _seconds_before(one, place)
            return begins if begins < one.end_seconds else None
        place -= len(one.text) + 1
    return line.seconds


def _place_of(words: str, text: str) -> int:
    found = _whole_words(words, text)
    return found.start() if found else 0


def _seconds_before(said: Said, place: int) -> float:
    """Return how long it takes until the sentence begins that holds this letter."""
    lengths = [len(one) + 1 + _PAUSE_LETTERS for one in sentences(said.text)]
    starts = [0, *accumulate(len(one) + 1 for one in sentences(said.text))]
    number = bisect_right(starts, place) - 1
    letters = sum(lengths[:number])
    if said.is_cut:  # nobody knows how long it would have taken
        return letters / SPOKEN_LETTERS_PER_SECOND
    return (said.end_seconds - said.seconds) * letters / sum(lengths)


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
    return _whole_words(words, text) is not None


def _whole_words(words: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
