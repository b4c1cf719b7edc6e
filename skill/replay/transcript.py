"""The written record of a session: who said what when, for a person and for a program."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from skill.messages.events import Event, Kind
from skill.replay.record import was_cut

YOU = "Du"
COACH = "Coach"
MACHINE = "!"
_NOT_UNDERSTOOD = "nicht verstanden"


@dataclass(frozen=True)
class TranscriptLine:
    """One line of a transcript: when, who (``Du``, ``Coach``, ``!`` for the machine), what."""

    seconds: float
    who: str
    what: str

    def __str__(self) -> str:
        return f"{clock(self.seconds)}  {self.who:<5}  {self.what}"


def transcript_line(event: Event) -> TranscriptLine | None:
    """Return the transcript line of what was spoken, or of a problem; None for all else.

    Works on the events of a running session as well as on those of a take.
    """
    match event.kind:
        case Kind.SAID:
            return TranscriptLine(
                event.seconds, COACH, event.text + (" –" if was_cut(event) else "")
            )
        case Kind.HEARD:
            return TranscriptLine(event.seconds, YOU, event.text)
        case Kind.REJECTED:
            what = f"{event.text} ({_NOT_UNDERSTOOD})" if event.text else f"({_NOT_UNDERSTOOD})"
            return TranscriptLine(event.seconds, YOU, what)
        case Kind.PROBLEM:
            return TranscriptLine(event.seconds, MACHINE, event.text)
        case _:
            return None


def clock(seconds: float) -> str:
    """Return ``02:07.4`` for 127.43 seconds."""
    tenths = round(seconds * 10)
    return f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def transcript(events: Iterable[Event]) -> str:
    """Return what was spoken, one line each."""
    return "".join(f"{line}\n" for event in events if (line := transcript_line(event)))


def detailed(event: Event) -> str:
    """Return one event with everything a dialog test can expect of it, in one line."""
    kind = event.kind.value.upper() if event.kind is Kind.PROBLEM else event.kind.value
    spoken = f' "{event.text}"' if event.text else ""
    until = f" until {event.end_seconds:.2f}" if event.kind is Kind.SAID else ""
    cut = " (cut)" if was_cut(event) else ""
    decided = event.extra.get("decided_seconds")
    at = f" decided {decided:.2f}" if isinstance(decided, float) else ""
    return f"{event.seconds:8.2f} s  {kind:<8} {event.detail}{spoken}{until}{cut}{at}"


def jsonl(events: Iterable[Event]) -> str:
    """Return all events for a program: one JSON object per line, times in seconds."""
    return "".join(f"{json.dumps(_rounded(event), ensure_ascii=False)}\n" for event in events)


def _rounded(event: Event) -> dict[str, object]:
    fields = asdict(event)
    for name in ("seconds", "end_seconds"):
        if fields[name] is not None:
            fields[name] = round(fields[name], 3)
    return fields
