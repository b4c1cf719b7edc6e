"""A session's place in the home: what it shows there, and what is wished from there.

Three threads: the session's, which only leaves word here; the line's (`link`), which only brings
messages; and one that does all the rest. So whatever a broker or a disk does, the sound goes on.
"""

import json
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

from rueckgrat.home.entities import QUALITY
from rueckgrat.home.sharing import Notebook, Sharing
from rueckgrat.home.standing import Happening, Standing, happenings
from rueckgrat.home.topics import BIRTH, TrainerTopics
from rueckgrat.home.wishes import Wishes
from skill.messages.blocks import Exchange
from skill.messages.events import Event, Remembered, Snapshot
from skill.messages.heard import Command
from skill.observers import Observer

_log = logging.getLogger(__name__)

DEAF_SECONDS = 5.0
"""Without a block for so long the devices are gone, and nobody listens."""

_TICK_SECONDS = 1.0
_NOTED_SECONDS = 0.5
"""A note is told of a moment before it is written down."""

_MOST_HAPPENINGS = 64
_MOST_MESSAGES = 500
"""What may wait here; more happenings push out the oldest, more messages wait on the line."""


class LinkLike(Protocol):
    """The line to the broker; see `link.BrokerLink`."""

    @property
    def is_up(self) -> bool:
        """Whether the broker is there now."""
        ...

    def open(self) -> None:
        """Connect, and stay connected."""
        ...

    def subscribe(self, topics: list[tuple[str, int]]) -> None:
        """Listen to topics."""
        ...

    def publish(self, topic: str, payload: str | bytes, retained: bool, quality: int = 1) -> None:
        """Send a message if the broker is there."""
        ...

    def finish(self, topic: str, payload: str) -> None:
        """Send a last message."""
        ...

    def close(self) -> None:
        """Say goodbye."""
        ...


class TrainerAtHome(Observer):
    """Follows a session for the home. ``command`` takes what is wished there.

    ``titles`` are those of programmes by their ids; ``announcement`` is the discovery message.
    ``line`` is set before `open`.
    """

    title = "Die Verbindung nach Hause"

    def __init__(
        self,
        topics: TrainerTopics,
        announcement: Mapping[str, Any],
        titles: Mapping[str, str],
        command: Callable[[Command], None],
        notebook: Notebook,
        with_names: bool = False,
    ) -> None:
        self.line: LinkLike
        self.sharing: Sharing | None = None
        self._topics = topics
        self._announcement = json.dumps(announcement, ensure_ascii=False)
        self._titles = titles
        self._command = command
        self._notebook = notebook
        self._with_names = with_names
        self._wishes = Wishes({title: name for name, title in titles.items()})
        # Left by the session's thread:
        self._standing = Standing()
        self._seconds = 0.0
        self._heard_at = time.monotonic()
        self._happened: deque[Happening] = deque(maxlen=_MOST_HAPPENINGS)
        self._noted_at: float | None = None
        # Left by the line's thread:
        self._messages: queue.Queue[tuple[str, bytes]] = queue.Queue(_MOST_MESSAGES)
        self._is_new = False
        # The own thread's:
        self._announced_at = float("-inf")
        self._shown = ""
        self._week: tuple[date, int] | None = None
        self._wake = threading.Event()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="home", daemon=True)

    # --- in the session's thread -----------------------------------------------------------------

    def begin(self, snapshot: Snapshot) -> None:
        """Take note of where the session is."""
        self._standing = replace(self._standing, now=snapshot)

    def add(self, event: Event) -> None:
        """Take in what happened."""
        before = self._standing
        self._standing = before.after(event)
        if isinstance(event, Remembered):
            self._noted_at = time.monotonic()
        if self._standing is not before and self._standing != before:
            self._happened.extend(happenings(before, self._standing))
            self._wake.set()

    def after_block(self, block: Exchange) -> None:
        """Act on what is wished."""
        self._seconds = block.seconds
        self._heard_at = time.monotonic()
        now = replace(self._standing.now, seconds=block.seconds)
        for command in self._wishes.due(now):
            self._command(command)

    # --- in the line's thread --------------------------------------------------------------------

    def up(self) -> None:
        """Take note that the broker is there (again)."""
        quality = [(self._topics.command("+"), 0), (BIRTH, 0), (self._topics.availability, 1)]
        self.line.subscribe(quality)
        self.look_around()
        self._is_new = True
        self._wake.set()

    def look_around(self) -> None:
        """Let everything come that the household's trainers have laid on the broker."""
        if self.sharing:
            topics = self.sharing.topics
            self.line.subscribe([(topics.notes("+"), 1), (topics.month("+", "+"), 1)])

    def message(self, topic: str, payload: bytes, lay_there: bool) -> None:
        """Take in a message. A command that lay on the broker is no wish of anybody's."""
        name = topic.rpartition("/")[2]
        if topic == self._topics.command(name):
            if not lay_there:
                self._wishes.take(name, payload.decode(errors="replace"))
        elif topic in (BIRTH, self._topics.availability):
            # The will of a connection that died may come after the birth of the next one.
            is_news = payload == (b"online" if topic == BIRTH else b"offline")
            self._is_new = self._is_new or (is_news and not lay_there)
        else:
            try:
                self._messages.put((topic, payload), timeout=_TICK_SECONDS)
            except queue.Full:
                _log.info("A message of the household is dropped: %s", topic)
        self._wake.set()

    # --- in a thread of its own ------------------------------------------------------------------

    def open(self) -> None:
        """Begin."""
        self._thread.start()
        self.line.open()

    def close(self) -> None:
        """Leave word that the trainer is gone, and let go of the broker."""
        self._is_over = True
        self._wake.set()
        self._thread.join(timeout=5.0)
        self.line.close()

    def _run(self) -> None:
        while not self._is_over:
            self._wake.wait(_TICK_SECONDS)
            self._wake.clear()
            self._safely(self._turn)
        self._safely(self._leave)

    def _safely(self, do: Callable[[], None]) -> None:
        try:
            do()
        except Exception:  # the next turn tries again; the session knows nothing of it
            _log.info("The home is out of step", exc_info=True)

    def _turn(self) -> None:
        is_up, now = self.line.is_up, time.monotonic()
        if is_up and self._is_new and now >= self._announced_at + _TICK_SECONDS:
            self._is_new, self._announced_at = False, now
            self._announce()
        while not self._messages.empty():
            topic, payload = self._messages.get_nowait()
            if self.sharing:
                self.sharing.heard(topic, payload)
        if is_up:
            self._tell()
        else:
            self._happened.clear()  # an hour later it is no news

    def _announce(self) -> None:
        """Make oneself known, as after every start of the broker or of Home Assistant."""
        self.line.publish(self._topics.discovery, self._announcement, True)
        self.line.publish(self._topics.availability, "online", True)
        self._shown = ""
        if self.sharing:
            self.sharing.connected()
            self._noted_at = time.monotonic()

    def _tell(self) -> None:
        while self._happened:
            happened = json.dumps({"event_type": self._happened.popleft().value})
            self.line.publish(self._topics.event, happened, False)
        if self._noted_at is not None and time.monotonic() >= self._noted_at + _NOTED_SECONDS:
            self._noted_at = self._week = None
            if self.sharing:
                self.sharing.noted()
        if self.sharing:
            self.sharing.turn()
            if self.sharing.is_changed:
                self.sharing.is_changed, self._week = False, None
        self._show()

    def _show(self) -> None:
        is_hearing = time.monotonic() - self._heard_at < DEAF_SECONDS
        standing = self._standing.at(self._seconds)
        standing = replace(standing, week=self._trainings(), is_hearing=is_hearing)
        shown = json.dumps(standing.shown(self._titles, self._with_names), ensure_ascii=False)
        if shown != self._shown:
            self.line.publish(self._topics.state, shown, True, QUALITY)
            self._shown = shown

    def _trainings(self) -> int:
        """Count this week's trainings, of all people."""
        today = date.today()
        if self._week is None or self._week[0] != today:
            monday = today - timedelta(days=today.weekday())
            rows = self._notebook.rows(monday.isoformat())
            self._week = today, sum(row[2] == "SessionBegan" for row in rows)
        return self._week[1]

    def _leave(self) -> None:
        if self.sharing and self.line.is_up:
            self.sharing.noted()
            self.sharing.lay_down()
        self.line.finish(self._topics.availability, "offline")
