"""The SQLite database: its shape, its versions, and how it is opened so that nothing is lost."""

import sqlite3
from pathlib import Path
from typing import Any

from rueckgrat.history import files
from rueckgrat.history.words import NEWER, sentence
from skill.errors import SkillError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE entries ("
        " id INTEGER PRIMARY KEY AUTOINCREMENT,"
        " person TEXT NOT NULL,"
        " at TEXT NOT NULL,"  # local time, ISO 8601
        " kind TEXT NOT NULL,"
        " fields TEXT NOT NULL"  # the note's fields as JSON
        ")",
    ),
    ("ALTER TABLE entries ADD COLUMN number INTEGER",),  # the id at the trainer it came from
)
"""What leads from each version to the next, from an empty file on: only ever add to the end."""

_OPENING_SECONDS, _WRITING_SECONDS = 2.0, 30.0
"""How long to wait for another process that is writing.

The training begins only after the opening; an entry waits on a thread of its own. SQLite's locks
are not fair: beside a process that writes without a break, seconds may pass.
"""


class DamagedError(SkillError):
    """The file is no history, or no longer a whole one."""


class NewerError(SkillError):
    """The history was written by a newer version of the program."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open the history for writing, made or brought up to date as needed.

    Every statement is a transaction of its own, and safe against a power cut once it returns.
    Raises DamagedError, NewerError, and SkillError (with a German sentence) for a place that
    can't be written, a full disk, or a file that another process holds.

    The journal is truncated rather than deleted: with ``synchronous=FULL`` SQLite then syncs
    after that last step, which is what commits. (After a deletion it would not sync the folder,
    and a power cut could bring the journal, and with it the state before, back.) A write-ahead
    log needs fewer syncs, but leaves two more files and can't be read in a read-only folder.
    """
    connection = None
    try:
        files.create(path)
        connection = sqlite3.connect(path, timeout=_OPENING_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        _check(connection, path)
        _migrate(connection)
        _touch(connection)
        connection.execute(f"PRAGMA busy_timeout = {_WRITING_SECONDS * 1000:.0f}")
    except (sqlite3.Error, OSError, SkillError) as error:
        if connection:
            connection.close()
        raise _as_skill_error(error, path) from error
    return connection


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a history that can't be written, to read what can be read. Raises sqlite3.Error."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=_OPENING_SECONDS, isolation_level=None)


def is_damage(error: BaseException) -> bool:
    """Return whether an error of SQLite says that the file itself is broken."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_gone(error: sqlite3.Error) -> bool:
    """Return whether the file was deleted or moved away under an open connection."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_READONLY_DBMOVED


def _as_skill_error(error: Exception, path: Path) -> SkillError:
    if isinstance(error, SkillError):
        return error
    kind = DamagedError if is_damage(error) else SkillError
    return kind(sentence(error, path))


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Read the file through: a few milliseconds for years of training."""
    connection.execute("BEGIN")  # nobody else changes the file meanwhile
    found = _pragma(connection, "quick_check(1)")
    wanted_bytes = int(_pragma(connection, "page_count")) * int(_pragma(connection, "page_size"))
    size_bytes = path.stat().st_size
    connection.execute("ROLLBACK")
    if found != "ok":
        raise DamagedError(str(found))
    if size_bytes < wanted_bytes:  # SQLite takes what is missing of the last page for zeros
        raise DamagedError(f"Die Datei hat {size_bytes} Byte statt {wanted_bytes}.")


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the database up to date in one transaction: wholly, or not at all."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)  # again: another process may have been faster
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise DamagedError("Das ist die Datenbank eines anderen Programms.")
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")


def _touch(connection: sqlite3.Connection) -> None:
    """Begin to write and take it back: what can't be written shows now, not after the first set."""
    try:
        connection.execute("SELECT person, at, kind, fields FROM entries LIMIT 0")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # no such table, or column
            raise DamagedError("Die Tabelle der Einträge fehlt.") from error
        raise
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    version = int(_pragma(connection, "user_version"))
    if version > len(MIGRATIONS):
        raise NewerError(NEWER)
    return version


def _pragma(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]
