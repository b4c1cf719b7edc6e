"""What happened in a session: the record that transcript, timeline picture and tests read."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of events. ``who`` of a transcript line follows from it."""

    HEARD = "heard"  # user: a command; text = words, detail = command
    REJECTED = "rejected"  # user: speech that is no command; detail = reason
    SAID = "said"  # coach: a line; text as written, detail = line id
    BREATH = "breath"  # coach: detail = in | out
    EARCON = "earcon"  # coach: detail = name
    HUSH = "hush"  # coach: everything that sounded was cut
    VOLUME = "volume"  # coach: detail = gain in dB
    STATE = "state"  # coach: detail = the state entered
    REMEMBERED = "remembered"  # coach: a note was made; detail = the note, text = whose it is
    PROBLEM = "problem"  # the machine: text = a sentence for a person


@dataclass(frozen=True)
class Event:
    """One thing that happened, from ``seconds`` to ``end_seconds`` on the session's clock.

    ``end_seconds`` of SAID and BREATH is the planned end; a later HUSH cuts it short.
    ``extra`` holds figures worth plotting: confidence, decided_seconds, ...
    """

    seconds: float
    kind: Kind
    text: str = ""
    detail: str = ""
    end_seconds: float | None = None
    extra: dict[str, float | str] = field(default_factory=dict)
