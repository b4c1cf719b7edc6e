"""Work done at once, but on a thread of its own: whoever asks for it never waits for long."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

_Result = TypeVar("_Result")


class BackgroundWriter:
    """One worker that does what it is given, one after the other.

    ``do`` waits until the work is done, but no longer than ``patience_seconds``; then the work
    goes on alone, and while something is in arrears ``do`` doesn't wait at all. An error comes
    out of the ``do`` it belongs to; of late work, out of the next ``do`` or ``finish``.
    """

    def __init__(self, patience_seconds: float) -> None:
        self._patience_seconds = patience_seconds
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")
        self._unsettled: list[Future[None]] = []

    def do(self, work: Callable[[], None]) -> None:
        """Have it done, within the patience if possible; raise what went wrong."""
        in_arrears = any(not one.done() for one in self._unsettled)
        mine = self._worker.submit(work)
        self._unsettled.append(mine)
        if not in_arrears:
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
        """Send the worker home after its last piece of work; errors are for ``finish``."""
        self._worker.shutdown()

    def _settle(self) -> None:
        done = [one for one in self._unsettled if one.done()]
        self._unsettled = [one for one in self._unsettled if one not in done]
        for one in done:
            one.result()
