"""A thread that does work in order, for which callers wait a limited time only."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

_Result = TypeVar("_Result")


class BackgroundWriter:
    """One thread that runs what it is given, one after the other.

    ``do`` waits until the work is done, but no longer than ``patience_seconds``; then it returns
    while the work goes on. While earlier work is unfinished ``do`` doesn't wait at all. Errors
    are raised by the ``do`` that waited for the work, else by the next ``do`` or ``finish``.
    """

    def __init__(self, patience_seconds: float) -> None:
        self._patience_seconds = patience_seconds
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")
        self._unsettled: list[Future[None]] = []

    def do(self, work: Callable[[], None]) -> None:
        """Run ``work`` on the thread, waiting for it as the class says; raise what went wrong."""
        is_behind = any(not one.done() for one in self._unsettled)
        mine = self._worker.submit(work)
        self._unsettled.append(mine)
        if not is_behind:
            wait([mine], self._patience_seconds)
        self._settle()

    def ask(self, question: Callable[[], _Result]) -> _Result:
        """Return the answer, however long it takes: it waits for all work before it."""
        return self._worker.submit(question).result()

    def finish(self) -> None:
        """Wait for all work; raise what went wrong."""
        wait(self._unsettled)
        self._settle()

    def close(self) -> None:
        """End the thread when all work is done; raises no error, see ``finish``."""
        self._worker.shutdown()

    def _settle(self) -> None:
        done = [one for one in self._unsettled if one.done()]
        self._unsettled = [one for one in self._unsettled if one not in done]
        for one in done:
            one.result()
