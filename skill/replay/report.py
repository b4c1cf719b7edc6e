"""What a person reads about a dialog test that failed."""

from skill.replay.checks import Failure
from skill.replay.run import Result
from skill.replay.transcript import detailed

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
