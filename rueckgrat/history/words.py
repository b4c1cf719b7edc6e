"""What went wrong with the history, in a sentence for the person who trains."""

import errno
import sqlite3
from pathlib import Path

from skill.errors import reason
from skill.files import is_closed

NEWER = (
    "Dein Verlauf stammt von einer neueren Version von mir, deshalb schreibe ich heute nichts dazu."
)

_FULL = "Der Speicher ist voll, deshalb kann ich mir nichts merken. Schaff bitte etwas Platz."
_HELD = "Ein anderes Programm hält deinen Verlauf fest, deshalb kann ich mir gerade nichts merken."
_BROKEN = "Dein Verlauf ist beschädigt, deshalb kann ich mir gerade nichts merken."
_READ_ONLY = "In {folder} darf ich nicht schreiben, deshalb kann ich mir nichts merken."
_CLOSED = (
    "Deinen Verlauf in {folder} darf ich nicht lesen, deshalb kann ich mir nichts merken. Er gehört"
    " einem anderen Benutzer."
)
_OTHER = "An deinen Verlauf komme ich nicht heran, deshalb kann ich mir nichts merken ({why})."
_SET_ASIDE = (
    "Dein Verlauf war beschädigt. Ich habe ihn als {name} aufgehoben und fange einen neuen an."
)

_BY_SQLITE_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_CORRUPT: _BROKEN,
    sqlite3.SQLITE_NOTADB: _BROKEN,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
}
_BY_SYSTEM_CODE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
}


def sentence(error: BaseException, path: Path) -> str:
    """Return what an error of SQLite or of the system means for the history at ``path``."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, OSError):
        text = _BY_SYSTEM_CODE.get(error.errno or 0, _OTHER)
    else:  # the low byte is the kind, the rest the detail
        text = _BY_SQLITE_CODE.get((code or 0) & 0xFF, _OTHER)
    if text is _READ_ONLY and is_closed(path):
        text = _CLOSED
    why = reason(error) if isinstance(error, OSError) else f"die Datenbank meldet Fehler {code}"
    return text.format(folder=path.parent, why=why.rstrip("."))


def closed_mend(path: Path) -> str:
    """Return how to get hold of a history of somebody else, as after one start with sudo."""
    return f"Hol ihn dir zurück: „sudo chown -R $USER {path.parent}“."


def set_aside_sentence(kept: Path) -> str:
    """Return the sentence that says where a damaged history was put."""
    return _SET_ASIDE.format(name=kept.name)
