"""Files that appear whole or not at all, their names, and folders that take files."""

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from skill.errors import SkillError, reason

UNFINISHED = ".part"
"""How a file ends that is still being written; after a crash it is left behind."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@contextlib.contextmanager
def appearing_whole(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; at the end it is renamed to ``path`` in one step.

    Missing folders are made. After an error nothing is left but what was at ``path`` before. Two
    processes or threads may write the same file at once: the later one wins.
    """
    writer = f"{os.getpid()}-{threading.get_ident()}"
    part = path.with_name(f".{path.name}.{writer}{UNFINISHED}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step, text as UTF-8; OSError when that is impossible."""
    data = content.encode() if isinstance(content, str) else content
    with appearing_whole(path) as part:
        part.write_bytes(data)


def slug(name: str) -> str:
    """Return ``ueberspringen`` for "überspringen": plain letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_UMLAUTS)).strip("-")


def check_writable(folder: Path) -> None:
    """Make a folder for results; SkillError if it takes no file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SkillError(
            f"Nach {folder} kann ich nichts schreiben ({reason(error)}).",
            "Nenn mit --out einen Ordner, in den du schreiben darfst.",
            code="unwritable",
            path=folder,
        ) from error
