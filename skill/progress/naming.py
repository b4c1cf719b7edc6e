"""Notes by name, as events and dialog tests write them: ``set_done(bruecke, complete)``."""

from typing import get_args

from skill.messages.notes import (
    AgeTold,
    Hurt,
    LevelChosen,
    Note,
    PlanAt,
    Rated,
    SetDone,
    TempoChosen,
    Wanted,
    kind_name,
)

NOTE_KINDS = tuple(kind_name(note_type) for note_type in get_args(Note))
"""The names of all notes: ``session_began``, ``set_done``, ..."""


def name_of(note: Note) -> str:
    """Return a note's name and what matters most in it: ``rated(bruecke, easy)``."""
    details = ", ".join(detail for detail in _details(note) if detail)
    kind = kind_name(type(note))
    return f"{kind}({details})" if details else kind


def _details(note: Note) -> tuple[str, ...]:
    match note:
        case PlanAt():
            return note.exercises[note.index], note.programme
        case SetDone():
            return note.exercise, note.outcome.value
        case Rated():
            return note.exercise, note.feeling.value
        case LevelChosen():
            return note.exercise, note.level.value
        case Hurt() | Wanted():
            return (note.exercise,)
        case AgeTold():
            return (note.group,)
        case TempoChosen():
            return (f"{note.tempo:g}",)
        case _:
            return ()
