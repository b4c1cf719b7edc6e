"""What is worth remembering of a session: small frozen notes, written down as they happen.

A person's progress is nothing but their notes, one after the other: `Profile.after` takes them in,
in the running session as well as when a history is read (`rueckgrat.history`).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Outcome(StrEnum):
    """How a set ended."""

    OPEN = "open"  # left before its end: skipped, another exercise, the end of the session
    COMPLETE = "complete"
    ENOUGH = "enough"
    PAIN = "pain"


class Feeling(StrEnum):
    """The answer to "Wie ging das?"."""

    EASY = "easy"
    GOOD = "good"
    HARD = "hard"


class Level(StrEnum):
    """Which variant of an exercise is trained."""

    EASIER = "easier"
    NORMAL = "normal"
    HARDER = "harder"


@dataclass(frozen=True)
class Load:
    """How much of an exercise: repetitions (on each side), steps of longer holds, the variant."""

    repetitions: int
    hold_steps: int = 0
    level: Level = Level.NORMAL


@dataclass(frozen=True)
class SessionBegan:
    """Somebody has begun to train: the coach has greeted them."""


@dataclass(frozen=True)
class PlanAt:
    """These exercises are being trained one after the other; it is the turn of ``index``.

    ``programme`` is the programme's id, empty for a single exercise.
    """

    exercises: tuple[str, ...]
    index: int
    programme: str = ""


@dataclass(frozen=True)
class PlanOver:
    """The plan was trained to its end, or given up for another one: nothing is left to resume."""


@dataclass(frozen=True)
class SetDone:
    """A set has ended. ``completed`` repetitions on each side (one number without sides)."""

    exercise: str
    completed: tuple[int, ...]
    load: Load
    outcome: Outcome


@dataclass(frozen=True)
class Rated:
    """How the last set of this exercise felt."""

    exercise: str
    feeling: Feeling


@dataclass(frozen=True)
class Hurt:
    """Something hurt in this exercise: it is left out until it is asked for again."""

    exercise: str


@dataclass(frozen=True)
class Wanted:
    """The person asked for this exercise by name: it is no longer left out."""

    exercise: str


@dataclass(frozen=True)
class LevelChosen:
    """The person asked for an easier or a harder variant of an exercise."""

    exercise: str
    level: Level


@dataclass(frozen=True)
class AgeTold:
    """The person's age group: a key of ``ages`` in an exercise."""

    group: str


@dataclass(frozen=True)
class TempoChosen:
    """The person's tempo: a factor on the length of every movement (1.25 is slower)."""

    tempo: float


@dataclass(frozen=True)
class SessionEnded:
    """The coach has said goodbye, or has gone to standby."""


Note: TypeAlias = (
    SessionBegan
    | PlanAt
    | PlanOver
    | SetDone
    | Rated
    | Hurt
    | Wanted
    | LevelChosen
    | AgeTold
    | TempoChosen
    | SessionEnded
)


@dataclass(frozen=True)
class HistoryEntry:
    """A note, whose it is, and when it was made (local time, without a zone).

    ``person`` is a name from the settings in lower case; empty where nobody is told apart.
    """

    person: str
    at: datetime
    note: Note


def kind_name(kind: type) -> str:
    """Return how notes and events are named outside of Python: ``set_done`` for `SetDone`."""
    return re.sub("(?<!^)([A-Z])", r"_\1", kind.__name__).lower()
