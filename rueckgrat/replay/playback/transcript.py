"""The words of a session as a list to click: each line begins where its sound begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from rueckgrat.observers.transcript import COACH, MACHINE, PERHAPS_ECHO, YOU, clock, transcript_line
from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.playback.failures import failure_button
from rueckgrat.understanding.explanation import refusal
from skill.messages.events import (
    CommandHeard,
    Event,
    ExerciseBegan,
    ExerciseEnded,
    SpeechDropped,
    SpeechRejected,
)

_LOOKS = {COACH: "coach", YOU: "you", PERHAPS_ECHO: "echo", MACHINE: "machine"}


@dataclass(frozen=True)
class _Entry:
    """A piece of the list: when, with what rank among those of the same time, and its HTML."""

    seconds: float
    rank: int
    html: str


def transcript_list(overview: SessionOverview) -> str:
    """Return what was said and understood, by time, with exercises as headings and failures."""
    entries = [*_lines(overview), *_headings(overview.events), *_failures(overview)]
    ordered = sorted(entries, key=lambda entry: (entry.seconds, entry.rank))
    return "\n".join(entry.html for entry in ordered)


def _lines(overview: SessionOverview) -> Iterator[_Entry]:
    for event in overview.events:
        line = transcript_line(event)
        if not line:
            continue
        look, what, note = _LOOKS[line.who], line.what, ""
        if isinstance(event, CommandHeard):
            note = f"→ {event.command}"
        elif isinstance(event, SpeechRejected | SpeechDropped):
            what, note = event.text or "…", refusal(event.reason)
            look = "rejected" if isinstance(event, SpeechRejected) else look
        marked = f' <span class="note">{escape(note)}</span>' if note else ""
        yield _Entry(
            event.seconds,
            1,
            f'<li><button type="button" class="line {look}" data-at="{event.seconds:.2f}"'
            f' tabindex="-1"><time>{clock(event.seconds)}</time>'
            f' <span class="who">{escape(line.who)}</span>'
            f' <span class="what">{escape(what)}{marked}</span></button></li>',
        )


def _headings(events: tuple[Event, ...]) -> Iterator[_Entry]:
    """Yield each exercise once, though it is told again whenever its plan changes."""
    now = ""
    for event in events:
        if isinstance(event, ExerciseBegan) and event.exercise != now:
            now = event.exercise
            yield _Entry(event.seconds, 0, f"<li><h3>{escape(event.name)}</h3></li>")
        elif isinstance(event, ExerciseEnded):
            now = ""


def _failures(overview: SessionOverview) -> Iterator[_Entry]:
    for number, failure in enumerate(overview.failures, start=1):
        yield _Entry(failure.seconds, 2, f"<li>{failure_button(overview, number)}</li>")
