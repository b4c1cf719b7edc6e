"""One history for all trainers of a household: what each tells the others over the broker.

A note is told at once, sealed, to whoever listens. What a trainer knows of a month lies on the
broker, retained, for whoever comes later. Both hold whole notes, and merging them is the same in
any order and any number (`notes`): a message lost, late, twice or played back by somebody changes
nothing. A message with a foreign key is passed over.
"""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Protocol

from rueckgrat.history.history import Row
from rueckgrat.home.notes import by_month, digest, packed, unpacked
from rueckgrat.home.seal import Seal
from rueckgrat.home.topics import HouseholdTopics
from skill.errors import SkillError

_log = logging.getLogger(__name__)

ARRIVAL_SECONDS = 2.0
"""How long after connecting a trainer looks at what lies on the broker before it adds to it."""

SETTLE_SECONDS = 120.0
"""How long a trainer collects what is new before it lays a month on the broker anew."""

_MOST_ROWS = 200
"""So many notes in one message of new ones: about 40 kB before they are packed."""

Entry = tuple[str, str, str, str]


class Notebook(Protocol):
    """The history, as far as it is shared."""

    def rows(self, since: str = "") -> list[Row]:
        """Return all entries of all people from this time on."""
        ...

    def merge(self, rows: Iterable[Row]) -> list[Row]:
        """Add those that are not there yet, and return them; SkillError."""
        ...


class Sharing:
    """One trainer's part. All of it is called in one thread; ``clock`` is any that only rises.

    ``publish`` gets topic, message, and whether it is retained; ``look_again`` lets everything
    that lies on the broker come once more.
    """

    def __init__(
        self,
        trainer: str,
        seal: Seal,
        notebook: Notebook,
        publish: Callable[[str, bytes, bool], None],
        look_again: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        settle_seconds: float = SETTLE_SECONDS,
        arrival_seconds: float = ARRIVAL_SECONDS,
    ) -> None:
        self._trainer = trainer
        self._seal = seal
        self._notebook = notebook
        self._publish = publish
        self._look_again = look_again
        self._clock = clock
        self._settle_seconds = settle_seconds
        self._arrival_seconds = arrival_seconds
        self.topics = HouseholdTopics(seal.house)
        self._told: set[Entry] = set()
        self._lying: dict[str, bytes] = {}  # digests of the months that lie on the broker as ours
        self._newest: dict[str, int] = {}
        self._due: float | None = None
        self._is_behind = False
        self.is_changed = False
        """Whether notes of others have come; to be set back by who looks."""

    def connected(self) -> None:
        """Begin anew: nothing is known of what lies on the broker, it may be another one."""
        self._lying.clear()
        self._told.clear()
        self._due = self._clock() + self._arrival_seconds

    def noted(self) -> None:
        """Tell the others what is new since yesterday; what a wrong clock dates comes later."""
        since = (date.today() - timedelta(days=1)).isoformat()
        new = [row for row in self._notebook.rows(since) if row[:4] not in self._told]
        for first in range(0, len(new), _MOST_ROWS):
            part = new[first : first + _MOST_ROWS]
            self._send(self.topics.notes(self._trainer), part, retained=False)
        self._told.update(row[:4] for row in new)
        self._wait()

    def heard(self, topic: str, message: bytes) -> None:
        """Take in what another trainer (or oneself, a while ago) has said."""
        own = self.topics.month_of(topic, self._trainer)
        before = self._lying.pop(own, None)
        if message:
            try:
                sent_ns, rows = unpacked(self._seal.opened(topic, message))
            except ValueError:  # ForeignError is one
                _log.info("Ignored, foreign: %s", topic)
            else:
                self._take(topic, sent_ns, rows, own)
        if own and self._lying.get(own) != before:  # somebody else has written there
            self._wait()

    def turn(self) -> None:
        """Lay on the broker what has changed, if the time has come."""
        if self._due is not None and self._clock() >= self._due:
            self.lay_down()
            if self._is_behind:
                self._look_again()

    def lay_down(self) -> None:
        """Lay all months on the broker that do not lie there as they are."""
        self._due = None
        for month, rows in by_month(self._notebook.rows()).items():
            is_now = digest(rows)
            if self._lying.get(month) != is_now:
                self._send(self.topics.month(self._trainer, month), rows, retained=True)
                self._lying[month] = is_now

    def _take(self, topic: str, sent_ns: int, rows: list[Row], own: str) -> None:
        new = self._merge(rows)
        if own:
            self._lying[own] = digest(rows)
        elif sent_ns < self._newest.get(topic, 0) and not new:
            _log.info("Ignored, played back: %s", topic)
        self._newest[topic] = max(sent_ns, self._newest.get(topic, 0))
        if new:
            self._wait()

    def _merge(self, rows: list[Row]) -> list[Row]:
        try:
            new = self._notebook.merge(rows)
        except SkillError as error:
            if not self._is_behind:
                _log.warning("Was die anderen Trainer notiert haben, fehlt mir noch. %s", error)
            self._is_behind = True
            self._wait()
            return []
        self._is_behind = False
        self._told.update(row[:4] for row in rows)
        self.is_changed = self.is_changed or bool(new)
        return new

    def _send(self, topic: str, rows: list[Row], retained: bool) -> None:
        content = packed(time.time_ns(), rows)
        self._publish(topic, self._seal.sealed(topic, content), retained)

    def _wait(self) -> None:
        """Lay down in a while: one message for all that changes until then."""
        if self._due is None:
            self._due = self._clock() + self._settle_seconds
