"""What happened in a session: the record that transcript, timeline picture and tests read."""

from dataclasses import dataclass, field
from enum import StrEnum

from skill.messages.cues import Breathe, Earcon, Hush, Say, SetVolume, Sound
from skill.messages.heard import Heard


class Kind(StrEnum):
    """Kinds of events. ``who`` of a transcript line follows from it."""

    HEARD = "heard"  # user: a command; text = words, detail = command
    REJECTED = "rejected"  # user: speech that is no command; detail = reason
    SAID = "said"  # coach: a line; text as written, detail = line id
    BREATH = "breath"  # coach: detail = in | out
    EARCON = "earcon"  # coach: detail = name
    HUSH = "hush"  # coach: everything that sounded was cut
    VOLUME = "volume"  # coach: detail = gain in dB
    MUTE = "mute"  # the microphone was closed or opened by hand; detail = on | off
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


def heard_event(heard: Heard) -> Event:
    """Return what is reported of an utterance: a command, or speech that is none."""
    command = heard.command
    return Event(
        heard.start_seconds,
        Kind.HEARD if command else Kind.REJECTED,
        text=heard.text,
        detail=str(command) if command else heard.reason,
        end_seconds=heard.end_seconds,
        extra={
            "confidence": heard.confidence,
            "decided_seconds": heard.decided_seconds,
            "decision": heard.decision.value,
        },
    )


def cue_event(cue: Sound, start_seconds: float, end_seconds: float) -> Event:
    """Return what is reported of a cue that sounds at this time."""
    match cue:
        case Say():
            return Event(start_seconds, Kind.SAID, cue.text, cue.line, end_seconds)
        case Breathe():
            return Event(start_seconds, Kind.BREATH, "", cue.direction.value, end_seconds)
        case Earcon():
            return Event(start_seconds, Kind.EARCON, "", cue.name, end_seconds)
        case Hush():
            return Event(start_seconds, Kind.HUSH)
        case SetVolume():
            return Event(start_seconds, Kind.VOLUME, detail=f"{cue.gain_db:+.0f}")
