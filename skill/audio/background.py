"""Calls that may never return, in threads of their own."""

import threading
from collections.abc import Callable


class BackgroundTask:
    """A call in a thread of its own, so that a sound system that hangs holds up nobody.

    Waiting for it can be interrupted (Ctrl-C), and a program may end without it.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self.error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """True until the call has returned, or failed with ``error``."""
        return self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait (at most so long) for the call; tell whether it has ended."""
        self._thread.join(seconds)
        return not self.running

    def _run(self) -> None:
        try:
            self._call()
        except Exception as error:
            self.error = error
