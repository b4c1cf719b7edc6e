"""Noticing that a device is gone, and coming back to it: pure, with time as a parameter."""


class Watchdog:
    """Barks when nothing has come for ``limit_seconds``; before the first sign it is patient.

    A dead device may just stop calling back, without any error. A healthy one may take seconds
    to deliver at all: a sound server that was asleep, a Bluetooth headset that connects first.
    """

    def __init__(
        self, now_seconds: float, limit_seconds: float = 1.0, first_limit_seconds: float = 4.0
    ) -> None:
        self._limit_seconds = limit_seconds
        self._barks_at_seconds = now_seconds + first_limit_seconds

    def feed(self, now_seconds: float) -> None:
        """Note that something has come."""
        self._barks_at_seconds = now_seconds + self._limit_seconds

    def barks(self, now_seconds: float) -> bool:
        """Tell whether it has been quiet for too long."""
        return now_seconds > self._barks_at_seconds


class BackOff:
    """Tells when to try again: soon at first, then ever more rarely, at last every 5 s."""

    def __init__(
        self, first_seconds: float = 0.25, factor: float = 2.0, most_seconds: float = 5.0
    ) -> None:
        self._first_seconds = first_seconds
        self._factor = factor
        self._most_seconds = most_seconds
        self.reset(0.0)

    def reset(self, now_seconds: float) -> None:
        """Begin anew: the first try is due after the first pause."""
        self._pause_seconds = self._first_seconds
        self._due_seconds = now_seconds + self._pause_seconds

    def due(self, now_seconds: float) -> bool:
        """Tell whether to try now."""
        return now_seconds >= self._due_seconds

    def failed(self, now_seconds: float) -> None:
        """Note that the try was in vain."""
        self._pause_seconds = min(self._pause_seconds * self._factor, self._most_seconds)
        self._due_seconds = now_seconds + self._pause_seconds
