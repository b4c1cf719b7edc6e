"""What really sounded: a session announces lines ahead of time, and a hush takes them back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from skill.messages.events import Event, Kind

_SOUNDING = {Kind.SAID, Kind.BREATH, Kind.EARCON}
SENTENCE_GAP_SECONDS = 0.4
"""A line may be said sentence by sentence; it is over when no sentence follows for so long.

The coach takes up to 0.3 s from one to the next (a pause, rounded up to the next block)."""

CUT = "cut"
"""Key in ``extra`` of a line that was cut short; its ``end_seconds`` is where it was cut."""


class Record:
    """Keeps the events of a session as they turned out, live and in replay.

    ``add`` takes the session's events; ``pass_to`` reports those whose time has come to
    ``on_moment``, in the order they happened. A line that is hushed before it begins is dropped;
    one that is hushed while it sounds ends there.
    """

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
        return max((end_seconds(one) for one in known if one.kind is Kind.SAID), default=0.0)

    def lines(self) -> Iterator[Event]:
        """Yield the coach's lines as a whole, past and planned."""
        return whole_lines(self.events)

    def states(self) -> Iterator[Event]:
        """Yield the states entered, in order."""
        return (event for event in self._past + self._planned if event.kind is Kind.STATE)

    def add(self, event: Event) -> None:
        """Take in what the session reports; made to be its ``on_event``."""
        if event.kind is Kind.HUSH:
            self._past = list(_hushed(self._past, event.seconds))
            self._planned = list(_hushed(self._planned, event.seconds))
        self._planned.append(event)

    def pass_to(self, now_seconds: float) -> None:
        """Report what has happened until now."""
        due = [event for event in self._planned if event.seconds <= now_seconds]
        self._planned = [event for event in self._planned if event.seconds > now_seconds]
        # 79.60000000000001 is no later than 79.6: then the order of the session's reports counts.
        for event in sorted(due, key=lambda one: round(happened_seconds(one), 6)):
            self._past.append(event)
            self._on_moment(event)


def whole_lines(events: Iterable[Event]) -> Iterator[Event]:
    """Yield one SAID event per line; sentences of one line that follow each other are joined."""
    line: Event | None = None
    for event in events:
        if event.kind is not Kind.SAID:
            continue
        if line and _continues(event, line):
            line = replace(
                line,
                text=f"{line.text} {event.text}",
                end_seconds=event.end_seconds,
                extra={**line.extra, **event.extra},
            )
            continue
        if line:
            yield line
        line = event
    if line:
        yield line


def happened_seconds(event: Event) -> float:
    """Return when an event took effect: speech of the user counts when it was decided on."""
    decided = event.extra.get("decided_seconds")
    return decided if isinstance(decided, float) else event.seconds


def end_seconds(event: Event) -> float:
    """Return when an event ends; most have no length."""
    return event.seconds if event.end_seconds is None else event.end_seconds


def was_cut(event: Event) -> bool:
    """Return whether a line was hushed while it sounded."""
    return CUT in event.extra


def _continues(event: Event, line: Event) -> bool:
    gap_seconds = event.seconds - end_seconds(line)
    return event.detail == line.detail and not was_cut(line) and gap_seconds < SENTENCE_GAP_SECONDS


def _hushed(events: list[Event], hush_seconds: float) -> Iterator[Event]:
    for event in events:
        if event.kind not in _SOUNDING or end_seconds(event) <= hush_seconds:
            yield event
        elif event.seconds < hush_seconds:
            yield replace(event, end_seconds=hush_seconds, extra={**event.extra, CUT: "hush"})
