"""Entries to write down."""

from datetime import datetime, timedelta
from pathlib import Path

from rueckgrat.history import open_history
from skill.messages.notes import (
    AgeTold,
    Feeling,
    HistoryEntry,
    Hurt,
    Level,
    LevelChosen,
    Load,
    Note,
    Outcome,
    PlanAt,
    PlanOver,
    Rated,
    SessionBegan,
    SessionEnded,
    SetDone,
    TempoChosen,
    Wanted,
)

BEGIN = datetime(2026, 1, 5, 18, 30)

NOTES: tuple[Note, ...] = (
    SessionBegan(),
    PlanAt(("bridge", "roll_up"), 1, "daily"),
    PlanOver(),
    SetDone("leg_raise", (8, 6), Load(8, 2, Level.HARDER), Outcome.ENOUGH),
    SetDone("bridge", (10,), Load(10), Outcome.COMPLETE),
    Rated("bridge", Feeling.HARD),
    Hurt("roll_up"),
    Wanted("roll_up"),
    LevelChosen("bridge", Level.EASIER),
    AgeTold("older"),
    TempoChosen(1.25),
    SessionEnded(),
)


def entry(note: Note, minutes: int = 0, person: str = "anna") -> HistoryEntry:
    return HistoryEntry(person, BEGIN + timedelta(minutes=minutes), note)


def numbered(number: int, person: str = "anna") -> HistoryEntry:
    """An entry that can be told from every other one."""
    return entry(SetDone(f"bridge {number}", (8,), Load(8), Outcome.COMPLETE), number, person)


def fill(path: Path, count: int = 200) -> bytes:
    """Make a history with this many entries, closed; return the file's content."""
    with open_history(path) as history:
        for number in range(count):
            history.add(numbered(number))
    return path.read_bytes()
