"""The history's files: where they lie, how a damaged one is put aside, how all are deleted."""

import os
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from skill.errors import SkillError, reason
from skill.paths import user_dir

_COMPANIONS = ("-journal", "-wal", "-shm")
"""Endings of files that SQLite may leave beside a database; they belong to no other database."""

_DAMAGED = "damaged"


def history_file() -> Path:
    """Return where the history lies (it need not exist)."""
    return user_dir("data") / "history.db"


def create(path: Path) -> None:
    """Make an empty file, and its folder, for its owner's eyes only; leave one that is there.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))


def set_aside(path: Path, today: date) -> Path:
    """Rename a damaged history, with all that belongs to it, and return its new path.

    Nothing is overwritten: the second one of a day gets a number. Raises OSError.
    """
    names = (f"{path.stem}-{_DAMAGED}-{today.isoformat()}{_number(n)}" for n in count(1))
    kept = next(one for name in names if not (one := path.with_name(name + path.suffix)).exists())
    path.rename(kept)
    for companion in _companions(path):
        companion.rename(kept.with_name(kept.name + companion.name.removeprefix(path.name)))
    return kept


def is_kept(path: Path) -> bool:
    """Return whether there is anything that `delete` would delete, or can't be ruled out."""
    try:
        return bool(_all(path))
    except OSError:  # a folder that can't be looked into
        return True


def delete(path: Path) -> None:
    """Delete the history and all that belongs to it, also what was set aside.

    SkillError, in German, when a file resists.
    """
    try:
        for one in _all(path):
            one.unlink(missing_ok=True)
    except OSError as error:
        raise SkillError(
            f"Ich kann {error.filename} nicht löschen ({reason(error)}).",
            f"Lösch die Dateien {path.stem}* in {path.parent} selbst.",
        ) from error


def _all(path: Path) -> list[Path]:
    aside = sorted(path.parent.glob(f"{path.stem}-{_DAMAGED}-*"))
    return [one for one in (path, *_companions(path), *aside) if one.exists()]


def _companions(path: Path) -> Iterator[Path]:
    beside = (path.with_name(path.name + ending) for ending in _COMPANIONS)
    return (one for one in beside if one.exists())


def _number(n: int) -> str:
    return f"-{n}" if n > 1 else ""
