"""Can settings, history, fetched models and rendered speech be written?"""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from rueckgrat.doctor.finding import Figures, Finding, decimal, ok, unmeasured, warning
from rueckgrat.history import open_history
from rueckgrat.history.words import closed_mend
from skill.errors import reason
from skill.files import is_closed, is_folder, is_there

_LEAST_FREE_MB = 100.0
"""Rendered speech may take 64 MB, and the history grows by a few KB a training."""

_PURPOSE = {
    "data": "Trainingsverlauf",
    "cache": "Fertig gesprochene Sätze",
    "config": "Einstellungen",
}

_FULL = (errno.ENOSPC, errno.EDQUOT)


def check_storage(
    kind: str, folder: Path, free_bytes: Callable[[Path], int] = lambda at: shutil.disk_usage(at)[2]
) -> Finding:
    """Write something to the ``data``, ``cache`` or ``config`` folder, and take it away again.

    Training works without any of them, so the worst that is found is a warning.
    """
    name = f"storage_{kind}"
    purpose = _PURPOSE[kind]
    try:
        _try_to_write(folder)
    except OSError as error:
        why, mend = _explained(error, folder)
        return warning(
            name,
            f"{purpose}: In {folder} kann ich nichts ablegen. {why}.",
            mend,
            folder=str(folder),
            writable=False,
        )
    free_mb = free_bytes(_existing(folder)) / 1e6
    measured = f"{purpose}: In {folder} ist Platz, {decimal(free_mb)} MB sind frei."
    figures: Figures = {"folder": str(folder), "writable": True, "free_mb": round(free_mb)}
    if free_mb < _LEAST_FREE_MB:
        measured = f"{purpose}: In {folder} wird es eng, nur noch {decimal(free_mb)} MB sind frei."
        return warning(name, measured, "Schaff Platz, oder nimm eine größere Karte.", **figures)
    return ok(name, measured, **figures)


def check_history(path: Path) -> Finding:
    """Open the history, if there is one: a new one must belong to whoever trains.

    Training goes on without it. A damaged file is put aside, as it is when training begins.
    """
    if is_closed(path):
        return warning(
            "history",
            f"Den Trainingsverlauf in {path.parent} darf dieser Benutzer nicht lesen.",
            closed_mend(path),
            readable=False,
        )
    if not is_there(path):
        return unmeasured("history", "Es gibt noch keinen Trainingsverlauf.", entries=0)
    with open_history(path) as history:
        entries = sum(len(history.entries(person)) for person in history.people())
        problem = history.problem
    if problem:
        mend = (
            "Was noch lesbar ist, sichert „rueckgrat history export DATEI“; danach nimm eine neue"
            " Karte oder schaff Platz."
            if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
            else closed_mend(path)
        )
        return warning("history", problem, mend, entries=entries)
    return ok("history", f"Der Trainingsverlauf ist lesbar: {entries} Einträge.", entries=entries)


def _try_to_write(folder: Path) -> None:
    """Write, sync and remove a small file; folders that had to be made for it go, too."""
    made = [one for one in (folder, *folder.parents) if not is_there(one)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(".doctor", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(bytes(4_096))
                file.flush()
                os.fsync(file.fileno())
        finally:
            Path(path).unlink(missing_ok=True)
    finally:
        with contextlib.suppress(OSError):  # somebody else may have put something there
            for one in made:
                one.rmdir()


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if is_folder(one))


def _explained(error: OSError, folder: Path) -> tuple[str, str]:
    if error.errno in _FULL:
        return "Der Speicher ist voll", "Lösch etwas, oder nimm eine größere Karte."
    if error.errno == errno.EROFS:
        return (
            "Der Speicher lässt sich nur lesen",
            "Starte neu. Bleibt es dabei, ist die Karte wohl am Ende: Nimm eine neue. Soll sie nur"
            " lesbar sein, dann nenn in RUECKGRAT_HOME einen Ordner, der beschreibbar ist.",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return (
            "Dieser Benutzer darf dort nicht schreiben",
            f"Gib ihm den Ordner: „sudo chown -R $USER {_existing(folder)}“, oder nenn in"
            " RUECKGRAT_HOME einen anderen.",
        )
    return (
        f"{reason(error)[:1].upper()}{reason(error)[1:]}",
        f"Sieh nach, was bei {folder} im Weg ist, oder nenn in RUECKGRAT_HOME einen anderen"
        " Ordner.",
    )
