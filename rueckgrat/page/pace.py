"""A replay at the pace of real time, for somebody who looks on."""

import time
from collections.abc import Callable

from skill.messages.blocks import Exchange
from skill.observers import Observer


class Paced(Observer):
    """Holds a session back until its time has come. Seconds of a clock that goes on."""

    title = "Das Tempo"

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._began: float | None = None

    def after_block(self, block: Exchange) -> None:
        """Wait until as much time has passed as the session believes."""
        now = self._clock()
        if self._began is None:
            self._began = now - block.seconds
        early = self._began + block.seconds - now
        if early > 0:
            self._sleep(early)
