"""What an observer is, and the list of them: one that fails never harms the session."""

import logging
from collections.abc import Callable, Iterable

from skill.errors import reason
from skill.messages.blocks import Exchange
from skill.messages.events import Event, Problem

_log = logging.getLogger(__name__)


class Observer:
    """Follows a session. Override what you need; both are called in the session's thread.

    They have to return within a few milliseconds, for the session waits: what takes longer (a
    network, a disk that sleeps) belongs into a thread and a queue of the observer's own.
    """

    title = "Ein Beobachter der Sitzung"
    """How it is called where it fails, in German."""

    def add(self, event: Event) -> None:
        """Take in what happened."""

    def after_block(self, block: Exchange) -> None:
        """Take note that 100 ms have passed, and of their sound."""


class Told(Observer):
    """Passes every event on to a function."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell

    def add(self, event: Event) -> None:
        """Pass it on."""
        self._tell(event)


class Observers:
    """All who follow a session, in the order in which they are told.

    One that raises is tried again with the next event. The failure is logged with its traceback
    and told to all as a `Problem`, once, until the same kind of event is taken in again.
    """

    def __init__(self, observers: Iterable[Observer] = ()) -> None:
        self._observers = list(observers)
        self._failing: dict[int, set[type]] = {}  # with what, by the id of who

    def append(self, observer: Observer) -> None:
        """Let one more follow from now on. May be called from any thread."""
        self._observers.append(observer)

    def tell(self, event: Event) -> None:
        """Tell all of them what happened."""
        self._call(lambda observer: observer.add(event), event)

    def after_block(self, block: Exchange) -> None:
        """Let all of them take note of a block."""
        self._call(lambda observer: observer.after_block(block), block)

    def _call(self, call: Callable[[Observer], None], what: Event | Exchange) -> None:
        problems = []
        for observer in tuple(self._observers):
            failing = self._failing.setdefault(id(observer), set())
            try:
                call(observer)
            except Exception as error:
                if not failing:
                    _log.warning("%s fails: %s", type(observer).__name__, error, exc_info=error)
                    problems.append(_problem(observer, error, what.seconds))
                failing.add(type(what))
            else:
                if type(what) in failing:
                    failing.clear()
        for problem in problems:
            self.tell(problem)


def _problem(observer: Observer, error: Exception, now_seconds: float) -> Problem:
    why = reason(error).rstrip(".") or type(error).__name__
    return Problem(now_seconds, f"{observer.title} kommt gerade nicht mit ({why}).")
