"""The written record of a session: who said what when."""

from collections.abc import Iterable
from dataclasses import dataclass

from skill.messages.events import (
    CommandHeard,
    Event,
    Problem,
    Said,
    SpeechDropped,
    SpeechRejected,
)
from skill.messages.heard import ECHO, MASKED, TALKED_OVER

YOU = "Du"
COACH = "Coach"
MACHINE = "!"
PERHAPS_ECHO = "Echo?"
_NOT_UNDERSTOOD = "nicht verstanden"

_PASSED_OVER = {
    ECHO: "für den Coach selbst gehalten",
    MASKED: "das sagte der Coach gerade selbst",
    TALKED_OVER: "zu dicht hinter dem Coach",
}
"""Why words had no effect that were understood well enough."""


@dataclass(frozen=True)
class TranscriptLine:
    """One line of a transcript: when, who said what.

    ``Du``, ``Coach``, ``!`` for the machine, ``Echo?`` for words taken for the coach's own.
    """

    seconds: float
    who: str
    what: str

    def __str__(self) -> str:
        return f"{clock(self.seconds)}  {self.who:<5}  {self.what}"


def transcript_line(event: Event) -> TranscriptLine | None:
    """Return the transcript line of what was spoken, or of a problem; None for all else.

    What the person said stands where it was understood, so that times only ever rise.

    Works on the events of a running session as well as on those of a take.
    """
    match event:
        case Said():
            return TranscriptLine(event.seconds, COACH, event.text + (" –" if event.is_cut else ""))
        case CommandHeard():
            return TranscriptLine(event.decided_seconds, YOU, event.text)
        case SpeechRejected() | SpeechDropped():
            who = YOU if isinstance(event, SpeechRejected) else PERHAPS_ECHO
            why = f"({_PASSED_OVER.get(event.reason, _NOT_UNDERSTOOD)})"
            return TranscriptLine(event.decided_seconds, who, f"{event.text} {why}".lstrip())
        case Problem():
            return TranscriptLine(event.seconds, MACHINE, event.text)
        case _:
            return None


def clock(seconds: float) -> str:
    """Return ``02:07.4`` for 127.43 seconds."""
    tenths = round(seconds * 10)
    return f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def transcript(events: Iterable[Event]) -> str:
    """Return what was spoken, one line each, in the order of their times."""
    lines = [line for event in events if (line := transcript_line(event))]
    return "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.seconds))
