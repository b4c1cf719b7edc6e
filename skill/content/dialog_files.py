"""The files of a folder like ``dialogs/``, each read into its shape: nothing is put together yet.

commands.yaml      commands:     id -> row
own-commands.yaml  sentences:    id -> further templates of that row; fillers: further fillers
phrases.yaml       phrases:      line id -> variants
respellings.yaml   respellings:  written -> as the built-in voice must read it; natural: as others
decoys.yaml        decoys:       group -> words
exercises/ID.yaml  one exercise each
programmes/ID.yaml one programme each
knowledge/*.yaml   topics: id -> topic
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from skill.content.command_row import CommandRow, Template
from skill.content.exercise import Exercise
from skill.content.schema import Programme, Topic
from skill.errors import ContentError, reason
from skill.files import is_folder, is_there
from skill.paths import dialogs_dir
from skill.written.shapes import Phrase, Shape, Templates
from skill.written.yaml_model import validate
from skill.written.yaml_source import YamlSource, content_error, read_yaml


class Commands(Shape):
    """The shape of ``commands.yaml``; for all but the rows see ``Content``."""

    commands: dict[str, CommandRow]
    rules: dict[str, Template] = Field(default_factory=dict)
    fillers: tuple[Phrase, ...] = ()
    carriers: tuple[Phrase, ...] = ()
    negations: tuple[Phrase, ...] = ()
    absences: tuple[Phrase, ...] = ()
    spellings: dict[Phrase, Phrase] = Field(default_factory=dict)


class OwnCommands(Shape):
    """The shape of ``own-commands.yaml``: it adds to commands, and replaces nothing."""

    sentences: dict[str, tuple[Template, ...]] = Field(default_factory=dict)
    fillers: tuple[Phrase, ...] = ()


class Phrases(Shape):
    """The shape of ``phrases.yaml``."""

    phrases: dict[str, Templates]


class Respellings(Shape):
    """The shape of ``respellings.yaml``."""

    respellings: dict[str, str] = Field(default_factory=dict)
    natural: dict[str, str] = Field(default_factory=dict)


class Decoys(Shape):
    """The shape of ``decoys.yaml``."""

    decoys: dict[str, tuple[Phrase, ...]]


class Topics(Shape):
    """The shape of a file in ``knowledge/``."""

    topics: dict[str, Topic]


OWN_COMMANDS = "own-commands"

SINGLE: Mapping[str, type[Shape]] = MappingProxyType(
    {
        "commands": Commands,
        OWN_COMMANDS: OwnCommands,
        "phrases": Phrases,
        "respellings": Respellings,
        "decoys": Decoys,
    }
)
"""Files there is one of in a folder, by name."""

FOLDERS: Mapping[str, type[Shape]] = MappingProxyType(
    {"exercises": Exercise, "programmes": Programme, "knowledge": Topics}
)
"""Folders whose files are of one shape."""

_READ_ELSEWHERE = ("answers", "calibration", "calibration-dialog")
_KEPT_FILES = 128
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, eq=False)
class DialogFile:
    """One file that is right by itself. ``kind`` is a key of SINGLE or FOLDERS.

    A file that has not changed is the same object again: reading is half of a start.
    """

    kind: str
    source: YamlSource
    shape: Shape

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path


@dataclass(frozen=True)
class FolderRead:
    """The files of a folder that are right, and all mistakes in the others."""

    files: tuple[DialogFile, ...]
    mistakes: tuple[ContentError, ...]


def read_folder(folder: Path) -> FolderRead:
    """Read every file of a folder; ContentError if there is no such folder."""
    if not is_folder(folder):
        raise ContentError(
            f"{folder} ist kein Ordner.",
            "Nenn mir den Ordner mit den Dialogen.",
            code="no-folder",
            path=folder,
        )
    if closed := _closed(folder):
        return FolderRead((), (closed,))
    paths = [(name, folder / f"{name}.yaml") for name in SINGLE]
    paths = [(name, path) for name, path in paths if is_there(path)]
    for name in FOLDERS:
        found = sorted(folder.glob(f"{name}/*.yaml"))
        paths += [(name, path) for path in found if not path.name.startswith(".")]
    return read_files(paths, _strays(folder))


def read_files(
    paths: "list[tuple[str, Path]]", mistakes: "tuple[ContentError, ...]" = ()
) -> FolderRead:
    """Read files of which the kind is known, after ``mistakes`` that are known already."""
    files, found = [], list(mistakes)
    for kind, path in paths:
        try:
            files.append(read_file(kind, path))
        except ContentError as error:
            found += error.mistakes
    return FolderRead(tuple(files), tuple(found))


def read_file(kind: str, path: Path) -> DialogFile:
    """Read one file; ContentError holds all mistakes that it has by itself."""
    try:
        state = path.stat()
    except OSError:
        return _read(kind, path)
    return _read_once(kind, path, state.st_mtime_ns, state.st_size, state.st_ino)


def command_names() -> tuple[str, ...]:
    """Return the names of all commands of the coach: the rows of the shipped ``commands.yaml``."""
    shape = read_file("commands", dialogs_dir() / "commands.yaml").shape
    assert isinstance(shape, Commands)
    return tuple(shape.commands)


@lru_cache(_KEPT_FILES)
def _read_once(kind: str, path: Path, *_: int) -> DialogFile:
    return _read(kind, path)


def _read(kind: str, path: Path) -> DialogFile:
    named = kind in ("exercises", "programmes")
    if named and not _ID.fullmatch(path.stem):
        raise content_error(
            path,
            None,
            "Der Name der Datei darf nur kleine Buchstaben von a bis z, Ziffern und Striche haben",
            "Benenn sie um, zum Beispiel in roll-up.yaml.",
            "wrong-file-name",
        )
    source = read_yaml(path)
    shape = SINGLE.get(kind) or FOLDERS[kind]
    given = {"id": path.stem} if named else None
    return DialogFile(kind, source, validate(source, shape, given=given))


def kind_of(path: Path) -> str:
    """Return the kind of a file by its name, its folder, or else by what it holds."""
    if path.stem in SINGLE:
        return path.stem
    if path.parent.name in FOLDERS:
        return path.parent.name
    value = read_yaml(path).value
    fields = value if isinstance(value, dict) else {}
    if "topics" in fields:
        return "knowledge"
    return "programmes" if "exercises" in fields else "exercises"


def _closed(folder: Path) -> ContentError | None:
    """Return the mistake of a folder that may not be listed, or not be entered."""
    try:
        for one in folder.iterdir():
            one.lstat()
    except PermissionError as error:
        return content_error(
            folder,
            None,
            f"Den Ordner darf ich nicht lesen ({reason(error)})",
            f"Hol ihn dir zurück: „sudo chown -R $USER {folder}“.",
            "unreadable",
        )
    except OSError:  # one that has just gone
        return None
    return None


def _strays(folder: Path) -> tuple[ContentError, ...]:
    """Return a mistake for each file that nobody would read."""
    endings = [path for name in FOLDERS for path in folder.glob(f"{name}/*.yml")]
    known = {f"{name}.yaml" for name in (*SINGLE, *_READ_ELSEWHERE)}
    lost = [path for path in sorted(folder.glob("*.yaml")) if _is_lost(path, known)]
    return (
        *(
            content_error(path, None, "Dateien enden hier auf .yaml", "Benenn sie um.")
            for path in sorted([*folder.glob("*.yml"), *endings])
        ),
        *(
            content_error(
                path,
                None,
                "Hier lese ich die Datei nicht",
                f"Schieb sie in einen der Ordner {', '.join(FOLDERS)}, oder weg von hier.",
            )
            for path in lost
        ),
    )


def _is_lost(path: Path, known: set[str]) -> bool:
    return not (
        path.name in known or path.name.startswith(".") or path.name.endswith(".dialog.yaml")
    )
