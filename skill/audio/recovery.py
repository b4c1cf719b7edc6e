"""Noticing that a device is gone, and coming back to it: pure, with time as a parameter."""

from skill.messages.blocks import BLOCK_SECONDS, Pcm

_NOTHING_STEPS = 1
"""Steps of 16 bits between the least and the greatest sample: even a quiet room brings more."""


class Watchdog:
    """Tells whether a device still calls back: for a dead one may just stop, without any error.

    After ``late_seconds`` without a call it is late, which may pass; after ``limit_seconds`` it
    is lost. The first call may take ``first_limit_seconds``: a sound server that was asleep, a
    Bluetooth headset that has to connect.
    """

    def __init__(
        self,
        now_seconds: float,
        limit_seconds: float = 1.0,
        first_limit_seconds: float = 4.0,
        late_seconds: float = 0.3,
    ) -> None:
        self._limit_seconds = limit_seconds
        self._late_seconds = late_seconds
        self._late_at_seconds = now_seconds + first_limit_seconds
        self._lost_at_seconds = now_seconds + first_limit_seconds

    def feed(self, now_seconds: float) -> None:
        """Note that the device has called back."""
        self._lost_at_seconds = now_seconds + self._limit_seconds
        self._late_at_seconds = now_seconds + self._late_seconds

    def is_late(self, now_seconds: float) -> bool:
        """Tell whether it has been quiet for suspiciously long."""
        return now_seconds > self._late_at_seconds

    def is_lost(self, now_seconds: float) -> bool:
        """Tell whether it has been quiet for too long."""
        return now_seconds > self._lost_at_seconds


class BackOff:
    """Tells when to try again: soon at first, then ever more rarely, at last every 3 s.

    A device that is back must be in use within 5 s, and opening it takes a moment.
    """

    def __init__(
        self, first_seconds: float = 0.25, factor: float = 2.0, most_seconds: float = 3.0
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


class LastWords:
    """Follows what a session still says when a device is lost; over after 0.5 s of silence."""

    def __init__(self, silent_blocks: int = 5, most_blocks: int = 80) -> None:
        self._silent_blocks = silent_blocks
        self._blocks_left = most_blocks
        self._silent = 0

    def add(self, block: Pcm) -> None:
        """Take the next block that the session says (22,050 Hz)."""
        self._blocks_left -= 1
        self._silent = 0 if block.any() else self._silent + 1

    @property
    def over(self) -> bool:
        """True when nothing more is to be waited for."""
        return self._silent >= self._silent_blocks or self._blocks_left <= 0


class MicrophoneWatch:
    """Tells whether nothing but silence has come for too long.

    A microphone that has never brought anything is suspected after ``first_seconds``, one that has
    after ``later_seconds``: those that suppress noise are silent as long as the room is.
    """

    def __init__(self, first_seconds: float = 45.0, later_seconds: float = 180.0) -> None:
        self._later_seconds = later_seconds
        self._limit_seconds = first_seconds
        self._silent_blocks = 0

    def process(self, block: Pcm) -> bool:
        """Take the next 100 ms as they were delivered; return whether to mention the silence."""
        if block.size and int(block.max()) - int(block.min()) > _NOTHING_STEPS:
            self._silent_blocks = 0
            self._limit_seconds = self._later_seconds
        else:
            self._silent_blocks += 1
        return self._silent_blocks >= round(self._limit_seconds / BLOCK_SECONDS)
