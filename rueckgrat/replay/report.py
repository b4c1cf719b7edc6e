"""What a person reads about a dialog test that failed."""

from rueckgrat.observers.protocol import as_dict
from rueckgrat.replay.checks import Failure
from rueckgrat.replay.run import Result
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    Hushed,
    Problem,
    Remembered,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)
from skill.progress.naming import name_of

_AROUND = 4
"""Events shown before and after the moment of a failure."""


def report(result: Result) -> str:
    """Return every failure with file and line; of the first one also what happened around it.

    Most of what follows a first failure comes of it. Empty for a test that has passed.
    """
    if result.passed:
        return ""
    first, *others = result.failures
    return "\n".join([_paragraph(result, first), *(headline(result, one) for one in others)])


def headline(result: Result, failure: Failure) -> str:
    """Return one failure in one line: ``file:line: what was asked: what came of it``."""
    source = result.script.source
    return f"{source.path}:{source.line(failure.place)}: {failure}"


def _paragraph(result: Result, failure: Failure) -> str:
    events = result.take.events
    before = [event for event in events if event.seconds < failure.seconds]
    after = events[len(before) :]
    lines = [
        headline(result, failure),
        *(f"    {detailed(event)}" for event in before[-_AROUND:]),
        f"  > {failure.seconds:8.2f} s  ----",
        *(f"    {detailed(event)}" for event in after[:_AROUND]),
    ]
    return "\n".join(lines)


def detailed(event: Event) -> str:
    """Return one event with everything a dialog test can expect of it, in one line."""
    word, what = _in_words(event)
    return f"{event.seconds:8.2f} s  {word:<8} {what}".rstrip()


def _in_words(event: Event) -> tuple[str, str]:
    match event:
        case Said():
            cut = " (abgebrochen)" if event.is_cut else ""
            return "said", f"{event.line} „{event.text}“ bis {event.end_seconds:.2f}{cut}"
        case CommandHeard():
            what = f"{event.command} „{event.text}“ entschieden {event.decided_seconds:.2f}"
            return "heard", what
        case SpeechRejected() | SpeechDropped():
            word = "rejected" if isinstance(event, SpeechRejected) else "dropped"
            return word, f"{event.reason} „{event.text}“ entschieden {event.decided_seconds:.2f}"
        case StateEntered():
            return "state", event.state
        case BreathSounded():
            return "breath", event.direction
        case ToneSounded():
            return "earcon", event.name
        case Hushed():
            return "hush", ""
        case Remembered():
            return "remembered", f"{name_of(event.note)} {event.person}"
        case Problem():
            return "PROBLEM", event.text
        case _:
            fields = as_dict(event)
            del fields["seconds"]
            return fields.pop("event"), ", ".join(f"{name} {one}" for name, one in fields.items())
