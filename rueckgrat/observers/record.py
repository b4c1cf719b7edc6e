"""What really sounded: a session announces lines ahead of time, and a hush takes them back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from skill.messages.blocks import Exchange
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    Hushed,
    Said,
    SpeechDropped,
    SpeechRejected,
    StateEntered,
    ToneSounded,
)
from skill.observers.observer import Observer

_SOUNDING = (Said, BreathSounded, ToneSounded)
SENTENCE_GAP_SECONDS = 0.4
"""A line may be said sentence by sentence; it is over when no sentence follows for so long.

The coach takes up to 0.3 s from one to the next (a pause, rounded up to the next block)."""


class Record(Observer):
    """Keeps the events of a session as they turned out, live and in replay.

    ``add`` takes the session's events; ``pass_to`` reports those whose time has come to
    ``on_moment``, in the order they happened. A line that is hushed before it begins is dropped;
    one that is hushed while it sounds ends there.
    """

    title = "Das Protokoll"

    def __init__(self, on_moment: Callable[[Event], None] = lambda _: None) -> None:
        self._on_moment = on_moment
        self._past: list[Event] = []
        self._planned: list[Event] = []

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened or is planned, ordered by the time it begins."""
        return tuple(sorted(self._past + self._planned, key=lambda event: event.seconds))

    @property
    def quiet_from_seconds(self) -> float:
        """When the last line known so far ends; 0 before the first."""
        known = self._past + self._planned
        return max((one.end_seconds for one in known if isinstance(one, Said)), default=0.0)

    def lines(self) -> Iterator[Said]:
        """Yield the coach's lines as a whole, past and planned."""
        return whole_lines(self.events)

    def states(self) -> Iterator[StateEntered]:
        """Yield the states entered, in order."""
        known = self._past + self._planned
        return (event for event in known if isinstance(event, StateEntered))

    def add(self, event: Event) -> None:
        """Take in what the session tells."""
        if isinstance(event, Hushed):
            self._past = list(_hushed(self._past, event.seconds))
            self._planned = list(_hushed(self._planned, event.seconds))
        self._planned.append(event)

    def after_block(self, block: Exchange) -> None:
        """Report what has happened until now."""
        self.pass_to(block.seconds)

    def pass_to(self, now_seconds: float) -> None:
        """Report what has happened until now."""
        due = [event for event in self._planned if event.seconds <= now_seconds]
        self._planned = [event for event in self._planned if event.seconds > now_seconds]
        # 79.60000000000001 is no later than 79.6: then the order of the session's reports counts.
        for event in sorted(due, key=lambda one: round(happened_seconds(one), 6)):
            self._past.append(event)
            self._on_moment(event)


def whole_lines(events: Iterable[Event]) -> Iterator[Said]:
    """Yield one event per line said; sentences of one line that follow each other are joined.

    What is said after a hush is said anew.
    """
    line: Said | None = None
    for event in events:
        if isinstance(event, Hushed) and line:
            yield line
            line = None
        if not isinstance(event, Said):
            continue
        if line and _continues(event, line):
            line = replace(
                line,
                text=f"{line.text} {event.text}",
                end_seconds=event.end_seconds,
                is_cut=event.is_cut,
            )
            continue
        if line:
            yield line
        line = event
    if line:
        yield line


def happened_seconds(event: Event) -> float:
    """Return when an event took effect: speech of the user counts when it was decided on."""
    if isinstance(event, CommandHeard | SpeechRejected | SpeechDropped):
        return event.decided_seconds
    return event.seconds


def _continues(event: Said, line: Said) -> bool:
    gap_seconds = event.seconds - line.end_seconds
    return event.line == line.line and not line.is_cut and gap_seconds < SENTENCE_GAP_SECONDS


def _hushed(events: list[Event], hush_seconds: float) -> Iterator[Event]:
    for event in events:
        if not isinstance(event, _SOUNDING) or event.end_seconds <= hush_seconds:
            yield event
        elif event.seconds < hush_seconds:
            yield replace(event, end_seconds=hush_seconds, is_cut=True)
