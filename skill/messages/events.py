"""What happens in a session: what whoever follows it is told. One small frozen dataclass each.

``seconds`` is when it happens, on the session's clock (0 where the session has yet to begin).
``docs/following-a-session.md`` describes them as a protocol, with an example of each.
"""

from dataclasses import dataclass
from typing import TypeAlias

from skill.messages.heard import Command, Decision
from skill.messages.notes import Note

# --- where the session is -----------------------------------------------------------------------


@dataclass(frozen=True)
class StateEntered:
    """The coach has entered this state; children come after a dot: ``exercise.repeat``."""

    seconds: float
    state: str


@dataclass(frozen=True)
class PersonChanged:
    """Somebody else trains from now on. ``person`` is a name, empty for a guest or for nobody."""

    seconds: float
    person: str
    is_guest: bool = False


@dataclass(frozen=True)
class ExerciseBegan:
    """It is this exercise's turn. It comes again when the plan for it changes.

    ``repetitions`` are those of one side; ``sides`` is empty where both are trained at once.
    ``planned_seconds`` is the time of all movements at the present tempo, without the lines
    between them. The exercise is number ``position`` (from 1) ``of`` the plan; ``programme`` is
    the programme's id, empty where none was chosen. ``then`` is the name of the exercise after it,
    empty for the last one.
    """

    seconds: float
    exercise: str
    name: str
    repetitions: int
    sides: tuple[str, ...]
    level: str
    planned_seconds: float
    position: int
    of: int
    programme: str = ""
    then: str = ""


@dataclass(frozen=True)
class ExerciseEnded:
    """The exercise is over, or has been left."""

    seconds: float
    exercise: str


@dataclass(frozen=True)
class RepetitionBegan:
    """A repetition begins, or is begun anew after a pause. ``repetition`` counts from 1.

    ``planned_seconds`` is its length with all that is said in it; an answer makes it longer.
    """

    seconds: float
    exercise: str
    side: str
    repetition: int
    repetitions: int
    planned_seconds: float


@dataclass(frozen=True)
class RepetitionDone:
    """A repetition has been made to its end."""

    seconds: float
    exercise: str
    side: str
    repetition: int
    repetitions: int


@dataclass(frozen=True)
class PhaseBegan:
    """A movement or a hold begins, or goes on for ``planned_seconds`` behind an answer.

    It is number ``phase`` (from 1) of ``phases`` in this repetition. ``name`` is its name in the
    exercise's file, ``kind`` is "move" or "hold", ``text`` what is said at its beginning, and
    ``breath`` "in", "out", "both" (in turn) or "".
    """

    seconds: float
    exercise: str
    side: str
    repetition: int
    repetitions: int
    phase: int
    phases: int
    name: str
    kind: str
    text: str
    breath: str
    planned_seconds: float


# --- what is heard and said ---------------------------------------------------------------------


@dataclass(frozen=True)
class CommandHeard:
    """Somebody has said (or pressed) a command: ``text`` are the words of it.

    They were spoken from ``seconds`` to ``end_seconds``, and understood at ``decided_seconds``.
    """

    seconds: float
    end_seconds: float
    decided_seconds: float
    text: str
    command: Command
    confidence: float = 1.0
    decision: Decision = Decision.FINAL


@dataclass(frozen=True)
class SpeechRejected:
    """Speech was heard that is no command; ``reason`` tells why not. Times as in a command."""

    seconds: float
    end_seconds: float
    decided_seconds: float
    text: str
    reason: str
    confidence: float = 1.0
    decision: Decision = Decision.FINAL


@dataclass(frozen=True)
class SpeechDropped:
    """Words were taken for the coach's own voice, so nothing follows; ``reason`` tells why.

    ``command`` is what they would have meant. Times as in a command.
    """

    seconds: float
    end_seconds: float
    decided_seconds: float
    text: str
    reason: str
    command: Command | None = None
    confidence: float = 1.0
    decision: Decision = Decision.FINAL


@dataclass(frozen=True)
class Said:
    """The coach says this; ``line`` is its id in the dialogs.

    It is told up to 0.3 s before it sounds. ``end_seconds`` is the planned end: a later `Hushed`
    cuts it short, or keeps it from sounding at all. ``is_cut`` tells so in a record.
    """

    seconds: float
    end_seconds: float
    text: str
    line: str
    is_cut: bool = False


@dataclass(frozen=True)
class BreathSounded:
    """A breath is heard: ``direction`` is "in" or "out". Times as in what is said."""

    seconds: float
    end_seconds: float
    direction: str
    is_cut: bool = False


@dataclass(frozen=True)
class ToneSounded:
    """A sign tone is heard, by its name. Times as in what is said."""

    seconds: float
    end_seconds: float
    name: str
    is_cut: bool = False


@dataclass(frozen=True)
class Hushed:
    """Everything that sounded was cut, and what was yet to sound was dropped."""

    seconds: float


# --- what is set, kept, or wrong ----------------------------------------------------------------


@dataclass(frozen=True)
class VolumeSet:
    """Everything sounds at this gain from now on, in decibels (0 = as rendered)."""

    seconds: float
    gain_db: float


@dataclass(frozen=True)
class TempoSet:
    """Movements take so many times their length from now on: 1.25 is slower."""

    seconds: float
    tempo: float


@dataclass(frozen=True)
class MuteSet:
    """The microphone was closed by hand (``is_muted``), or opened again."""

    seconds: float
    is_muted: bool


@dataclass(frozen=True)
class Remembered:
    """A note was made for the history; ``person`` is whose, in lower case."""

    seconds: float
    person: str
    note: Note


@dataclass(frozen=True)
class Problem:
    """Something of the machine does not work; ``text`` is a German sentence for a person."""

    seconds: float
    text: str


Event: TypeAlias = (
    StateEntered
    | PersonChanged
    | ExerciseBegan
    | ExerciseEnded
    | RepetitionBegan
    | RepetitionDone
    | PhaseBegan
    | CommandHeard
    | SpeechRejected
    | SpeechDropped
    | Said
    | BreathSounded
    | ToneSounded
    | Hushed
    | VolumeSet
    | TempoSet
    | MuteSet
    | Remembered
    | Problem
)


@dataclass(frozen=True)
class Snapshot:
    """Where a session is, for whoever comes late: the events that still hold.

    ``state`` is empty before the first block. ``exercise`` is None outside of exercises,
    ``repetition`` outside of sets, ``phase`` between two repetitions.
    """

    seconds: float = 0.0
    state: str = ""
    person: str = ""
    is_guest: bool = False
    exercise: ExerciseBegan | None = None
    repetition: RepetitionBegan | None = None
    phase: PhaseBegan | None = None
    gain_db: float = 0.0
    tempo: float = 1.0
    is_muted: bool = False
    finished: bool = False
