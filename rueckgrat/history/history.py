"""The memory on disk: a log of entries that is only ever added to."""

import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from rueckgrat.history import files
from rueckgrat.history.codec import decode, encode
from rueckgrat.history.database import (
    DamagedError,
    is_damage,
    is_gone,
    open_database,
    open_read_only,
)
from rueckgrat.history.words import sentence, set_aside_sentence
from rueckgrat.history.writing import BackgroundWriter
from skill.errors import SkillError
from skill.messages.notes import HistoryEntry

_log = logging.getLogger(__name__)

Row: TypeAlias = tuple[str, str, str, str, int]
"""An entry as it is kept: person, time, kind, fields, and its number at whoever noted it.

The first four are the entry; the number orders those of the same moment."""

_PATIENCE_SECONDS = 0.04
"""A block lasts 0.1 s, and ear and coach need their share of it."""

_INSERT = "INSERT INTO entries (person, at, kind, fields) VALUES (?, ?, ?, ?)"
_ORDER = (  # by time only where several trainers have added to it: a clock may be set back
    "CASE WHEN EXISTS (SELECT 1 FROM entries WHERE number IS NOT NULL) THEN at END,"
    " COALESCE(number, id), kind, fields"
)
_SELECT = f"SELECT at, kind, fields FROM entries WHERE person = ? ORDER BY {_ORDER}"
_ROWS = (
    "SELECT person, at, kind, fields, COALESCE(number, id) AS n FROM entries WHERE at >= ?"
    " ORDER BY at, n, kind, fields, person"
)
_MERGE = "INSERT INTO entries (person, at, kind, fields, number) VALUES (?, ?, ?, ?, ?)"
_PEOPLE = "SELECT person FROM entries GROUP BY person ORDER BY MIN(id)"


class History:
    """All entries of all people. ``problem`` is a German sentence on what is wrong, or empty.

    Made by `open_history`. Nothing but `add`, `flush`, `merge` and `forget` ever raises.
    ``problem`` may change until `close` has returned.

    An entry is four syncs of the disk: 2.6 ms on an SSD (median of 1000), 24 ms at worst, while
    other programs used it. But an SD card may stall for a second, and `add` is called from the
    audio loop, where a block lasts 100 ms. So one thread owns the database and writes at once,
    while `add` waits for it, though never longer than 40 ms. Nearly always the entry is safe when
    `add` returns; if the card stalls, the sound goes on and the entry is safe as soon as the card
    answers. `flush` and `close` wait for that.
    """

    def __init__(self, path: Path, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        self.path = path
        self.problem = ""
        self._desk = BackgroundWriter(patience_seconds)
        self._database: sqlite3.Connection | None = None
        self._is_closed = False
        self.merged = 0
        """How many entries of other trainers have been merged since it was opened."""

    def open(self) -> None:
        """Open the file, so that a problem shows before the first entry; never raises."""
        self._desk.ask(self._try_to_open)

    def add(self, entry: HistoryEntry) -> None:
        """Write one entry down, safe against a power cut when this returns; at most 40 ms.

        SkillError, in German, when that is impossible, or when an earlier entry that took longer
        could not be written. Every `add` tries anew: space may have been made.
        """
        self._desk.do(lambda: self._write(entry))

    def flush(self) -> None:
        """Wait until every entry is safe; SkillError, in German, for one that could not be."""
        self._desk.finish()

    def entries(self, person: str) -> list[HistoryEntry]:
        """Return the person's entries in the order in which they were added.

        Those that only a newer version understands are left out, with a line in the log.
        """
        rows = self._desk.ask(lambda: self._read(_SELECT, person))
        read = (_entry(person, *row) for row in rows)
        return [one for one in read if one]

    def people(self) -> list[str]:
        """Return whose entries there are, by their first one."""
        return [str(name) for (name,) in self._desk.ask(lambda: self._read(_PEOPLE))]

    def rows(self, since: str = "") -> list[Row]:
        """Return everybody's entries from this time on as they are kept, for other trainers."""
        return self._desk.ask(lambda: self._read(_ROWS, since))

    def merge(self, rows: Iterable[Row]) -> list[Row]:
        """Add the entries that are not there yet, all or none of them; return these.

        SkillError, in German, when that is impossible.
        """
        return self._desk.ask(lambda: self._merge(rows))

    def forget(self) -> None:
        """Delete everything, also what was set aside; SkillError, in German, when that fails."""
        self._desk.ask(self._delete)

    def close(self) -> None:
        """Wait until every entry is safe and let go of the file; a late error is in ``problem``."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self.flush()
        except SkillError as error:
            self.problem = str(error)
        self._desk.ask(self._let_go)
        self._desk.close()

    def __enter__(self) -> "History":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Everything below runs on the desk's thread: a connection of SQLite belongs to one thread.

    def _try_to_open(self) -> None:
        try:
            self._open()
        except SkillError as error:
            self.problem = str(error)

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            try:
                self._database = open_database(self.path)
            except DamagedError as error:
                _log.info("The history is damaged: %s", error)
                self._begin_anew()
                self._database = open_database(self.path)
        return self._database

    def _begin_anew(self) -> None:
        try:
            kept = files.set_aside(self.path, date.today())
        except OSError as error:
            raise SkillError(sentence(error, self.path)) from error
        self.problem = set_aside_sentence(kept)

    def _write(self, entry: HistoryEntry) -> None:
        row = (entry.person, entry.at.isoformat(), *encode(entry.note))
        try:
            try:
                self._open().execute(_INSERT, row)
            except sqlite3.Error as error:
                if not is_gone(error):
                    raise
                # Deleted meanwhile, by `rueckgrat history forget`: what comes now is kept again.
                self._let_go()
                self._open().execute(_INSERT, row)
        except sqlite3.Error as error:
            if is_damage(error):
                self._let_go()  # to be set aside by the next entry
            raise SkillError(sentence(error, self.path)) from error

    def _merge(self, rows: Iterable[Row]) -> list[Row]:
        try:
            with self._open() as database:
                database.execute("BEGIN IMMEDIATE")
                known = {row[:4] for row in database.execute(_ROWS, ("",))}
                given = {row[:4]: row for row in rows}
                new = [row for entry, row in given.items() if entry not in known]
                database.executemany(_MERGE, new)
        except sqlite3.Error as error:
            raise SkillError(sentence(error, self.path)) from error
        self.merged += len(new)
        return new

    def _read(self, query: str, *values: str) -> list[Any]:
        try:
            if self._database:
                return self._database.execute(query, values).fetchall()
            if not self.path.exists():
                return []
            with closing(open_read_only(self.path)) as database:
                return database.execute(query, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            _log.info("The history cannot be read: %s", error)
            self.problem = self.problem or sentence(error, self.path)
            return []

    def _delete(self) -> None:
        self._let_go()
        files.delete(self.path)

    def _let_go(self) -> None:
        if self._database:
            self._database.close()
        self._database = None


def open_history(path: Path | None = None) -> History:
    """Open the history, by default the user's own. Never raises: it must not stop a training.

    ``problem`` says in one German sentence what is wrong, if something is. A damaged file is
    renamed and kept, and a new one begun. Where nothing can be written (a read-only folder, a
    full disk, a file of a newer version) what is there can still be read, and `add` raises.
    """
    history = History(path or files.history_file())
    history.open()
    return history


def _entry(person: str, at: str, kind: str, fields: str) -> HistoryEntry | None:
    note = decode(kind, fields)
    try:
        return HistoryEntry(person, datetime.fromisoformat(at), note) if note else None
    except ValueError:
        _log.info("An entry of the time %r was skipped.", at)
        return None
