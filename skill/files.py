"""Files that appear whole or not at all, their names, and folders that take files."""

import contextlib
import fcntl
import os
import re
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from skill.errors import SkillError, reason

UNFINISHED = ".part"
"""How a file ends that is still being written; after a crash it is left behind."""

_NO_ANSWER = (OSError, ValueError)
"""What asking for a path may end in: a folder that is not to be entered, a name that none has."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_there(path: Path) -> bool:
    """Return whether there is anything; no, where that can't be told: nothing can be read there."""
    try:
        return path.exists()
    except _NO_ANSWER:
        return False


def is_folder(path: Path) -> bool:
    """Return whether it is a folder that can be seen."""
    try:
        return path.is_dir()
    except _NO_ANSWER:
        return False


def is_file(path: Path) -> bool:
    """Return whether it is a file that can be seen."""
    try:
        return path.is_file()
    except _NO_ANSWER:
        return False


def is_closed(path: Path) -> bool:
    """Return whether a file may not be read, or a folder on the way may not be entered."""
    try:
        with path.open("rb"):
            return False
    except PermissionError:
        return True
    except _NO_ANSWER:
        return False


def as_it_lies(path: Path) -> Path:
    """Return a path by the name that it has on disk, where an umlaut may be one sign or two.

    What is not there by any name stays as it is.
    """
    spellings = (unicodedata.normalize(form, str(path)) for form in ("NFC", "NFD"))
    return next((one for one in (path, *map(Path, spellings)) if is_there(one)), path)


def same_file(path: Path, other: Path) -> bool:
    """Return whether both are there, and are the same."""
    try:
        return path.samefile(other)
    except _NO_ANSWER:
        return False


def listed(folder: Path) -> list[Path]:
    """Return what lies in a folder, sorted; nothing where it can't be looked into."""
    try:
        return sorted(folder.iterdir())
    except _NO_ANSWER:
        return []


@contextlib.contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a lock for all processes of this machine; yield False if another one holds it.

    The kernel lets go of it however the process ends; the file stays and means nothing. Where no
    lock can be made nobody is kept from anything.
    """
    with contextlib.ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            stack.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        except OSError:
            pass
        yield True


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
    data = content.encode(errors="replace") if isinstance(content, str) else content
    with appearing_whole(path) as part:
        part.write_bytes(data)


def slug(name: str) -> str:
    """Return ``ueberspringen`` for "überspringen": plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFC", name).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.translate(_UMLAUTS)).strip("-")


def check_writable(folder: Path) -> None:
    """Make a folder for results; SkillError if it takes no file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SkillError(
            f"In {folder} kann ich nichts schreiben ({reason(error)}).",
            "Nenn mit --out einen Ordner, in den du schreiben darfst.",
            code="unwritable",
            path=folder,
        ) from error
