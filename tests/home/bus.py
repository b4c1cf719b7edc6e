"""A broker that is a dictionary: for trainers of a household in one thread."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from rueckgrat.history import History, open_history
from rueckgrat.history.codec import encode
from rueckgrat.history.history import Row
from rueckgrat.home.notes import merged
from rueckgrat.home.seal import Seal
from rueckgrat.home.sharing import ARRIVAL_SECONDS, SETTLE_SECONDS, Sharing
from skill.messages.notes import HistoryEntry

KEY = bytes(range(32))


class Notes:
    """A history in memory."""

    def __init__(self) -> None:
        self.log: list[Row] = []

    def rows(self, since: str = "") -> list[Row]:
        return [row for row in self.log if row[1] >= since]

    def merge(self, rows: Iterable[Row]) -> list[Row]:
        before, self.log = self.log, merged(self.log, rows)
        known = {row[:4] for row in before}
        return [row for row in self.log if row[:4] not in known]


class Bus:
    """Passes messages on when it is told to, and keeps the retained ones."""

    def __init__(self) -> None:
        self.now = 0.0
        self.retained: dict[str, bytes] = {}
        self.sent: list[tuple[str, bytes, bool]] = []
        self.rooms: dict[str, Sharing] = {}
        self._waiting: dict[str, list[tuple[str, bytes]]] = {}

    def join(self, name: str, notes: Notes | History, key: bytes = KEY) -> Sharing:
        def look_again() -> None:
            self._waiting[name] += self.retained.items()

        room = Sharing(name, Seal(key), notes, self.publish, look_again, lambda: self.now)
        self.rooms[name] = room
        self.reach(name)
        return room

    def leave(self, name: str) -> None:
        del self._waiting[name]

    def reach(self, name: str) -> None:
        """Connect, anew or for the first time: what lies here comes."""
        self._waiting[name] = list(self.retained.items())
        self.rooms[name].connected()

    def publish(self, topic: str, message: bytes, retained: bool) -> None:
        self.sent.append((topic, message, retained))
        if retained:
            self.retained[topic] = message
            if not message:
                del self.retained[topic]
        for waiting in self._waiting.values():
            waiting.append((topic, message))

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        for _ in range(10):
            for name in [*self._waiting]:
                arrived, self._waiting[name] = self._waiting[name], []
                for topic, message in arrived:
                    self.rooms[name].heard(topic, message)
                self.rooms[name].turn()

    def settle(self) -> None:
        for _ in range(4):
            self.pass_time(max(ARRIVAL_SECONDS, SETTLE_SECONDS) + 1)


def write_down(path: Path, entries: Iterable[HistoryEntry]) -> None:
    """Write many entries at once: each of a thousand for itself takes the disk twenty seconds."""
    open_history(path).close()
    rows = [(one.person, one.at.isoformat(), *encode(one.note)) for one in entries]
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany(
            "INSERT INTO entries (person, at, kind, fields) VALUES (?, ?, ?, ?)", rows
        )
