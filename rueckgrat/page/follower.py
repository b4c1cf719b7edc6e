"""Follows a session for the pages that are open: from the session's thread to the server's."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import Any

from rueckgrat.page.scene import Stage
from skill.messages.blocks import Exchange
from skill.messages.events import Event, Snapshot
from skill.observers import Observer

MOST_PAGES = 24
"""Open pages at a time: a household has fewer, and each costs a socket."""

_WAITING = 40
"""Messages that may wait for a slow page before it is dropped: some ten seconds of a training."""

PULSE_SECONDS = 3.0
"""How often a page hears from us when nothing happens, so that it can tell when we are away."""


class TooManyPagesError(Exception):
    """There are as many open pages as there may be."""


class Pages:
    """All open pages, each with what has yet to be sent to it. Lives in the server's loop.

    ``now_seconds`` is where the session's clock is, set from the session's thread.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._last = message(0.0, {})
        self.now_seconds = 0.0

    def __len__(self) -> int:
        return len(self._queues)

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take note of the loop in which the server runs."""
        self._loop = loop

    def publish(self, text: str) -> None:
        """Send a message to all pages. May be called from any thread; returns at once."""
        loop = self._loop
        if loop is None or loop.is_closed():
            self._last = text
            return
        loop.call_soon_threadsafe(self._spread, text)

    async def messages(self) -> AsyncGenerator[str, None]:
        """Yield what is to be sent to one page: how it is now, and then all that changes.

        TooManyPagesError where there is no room for it. It ends where the page is too slow.
        """
        if len(self._queues) >= MOST_PAGES:
            raise TooManyPagesError
        queue: asyncio.Queue[str | None] = asyncio.Queue(_WAITING)
        self._queues.add(queue)
        try:
            yield self._last
            if self.now_seconds:  # that message may be old: where the clock is by now
                yield message(self.now_seconds, {})
            while True:
                try:
                    text = await asyncio.wait_for(queue.get(), PULSE_SECONDS)
                except TimeoutError:
                    text = ""
                if text is None:
                    return
                yield text
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """End what is sent to every page, after what waits. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._drop(tuple(queue for queue in self._queues if queue.full()))
        for queue in self._queues:
            queue.put_nowait(None)
        self._queues.clear()

    def _spread(self, text: str) -> None:
        self._last = text
        # A page that does not take what it is sent is dropped: it comes back when it can.
        self._drop(tuple(queue for queue in self._queues if queue.full()))
        for queue in self._queues:
            queue.put_nowait(text)

    def _drop(self, queues: tuple[asyncio.Queue[str | None], ...]) -> None:
        for queue in queues:
            self._queues.discard(queue)
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)


class PageFollower(Observer):
    """Tells the pages how things stand, at most once in a block."""

    title = "Die Begleitseite"

    def __init__(self, stage: Stage, pages: Pages, snapshot: Callable[[], Snapshot]) -> None:
        self._stage = stage
        self._pages = pages
        self._snapshot = snapshot
        self._is_new = True
        self._has_begun = False
        self._minute = -1
        self._send(0.0)  # until the first block there may be long to wait, for a microphone

    def add(self, event: Event) -> None:
        """Take in what happened."""
        self._stage.add(event, self._snapshot())
        self._is_new = True
        if not self._has_begun:
            self._send(0.0)

    def after_block(self, block: Exchange) -> None:
        """Send what has changed."""
        self._has_begun = True
        self._pages.now_seconds = block.seconds
        minute = int(block.seconds // 60)
        if minute != self._minute:
            self._minute = minute
            self._is_new |= self._stage.look_at_the_calendar()
        if self._is_new:
            self._send(block.seconds)
            self._is_new = False

    def _send(self, now_seconds: float) -> None:
        self._pages.publish(message(now_seconds, self._stage.scene.as_dict()))


def message(now_seconds: float, scene: dict[str, Any]) -> str:
    """Return a message to a page: where the session's clock is, and the scene."""
    return json.dumps({"now": round(now_seconds, 3), "scene": scene}, ensure_ascii=False)
