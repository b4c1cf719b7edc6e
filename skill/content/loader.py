"""Reads ``dialogs/`` as a whole: files to shapes, names of exercises to phrases, then all rules.

    dialogs/commands.yaml      commands:     id -> row
    dialogs/phrases.yaml       phrases:      line id -> variants
    dialogs/respellings.yaml   respellings:  written -> as the voice must read it
    dialogs/decoys.yaml        decoys:       group -> words
    dialogs/exercises/ID.yaml  one exercise each
    dialogs/programmes/ID.yaml one programme each
    dialogs/knowledge/*.yaml   topics: id -> topic

Further folders of the same build come on top: a row, line or exercise with a known id replaces the
one below it, decoys and everything new are added.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from skill.content.lint import Finding, lint
from skill.content.mistakes import and_more
from skill.content.personal import personal
from skill.content.schema import (
    CommandRow,
    Content,
    Exercise,
    Phrase,
    Programme,
    Shape,
    Templates,
    Topic,
)
from skill.content.yaml_model import validate
from skill.content.yaml_source import Location, YamlSource, content_error, read_yaml
from skill.errors import ContentError
from skill.paths import dialogs_dir

_FileShape = TypeVar("_FileShape", bound=Shape)
_Named = TypeVar("_Named", Exercise, Programme)

_FOLDERS = ("exercises", "programmes", "knowledge")


class _Commands(Shape):
    commands: dict[str, CommandRow]


class _Phrases(Shape):
    phrases: dict[str, Templates]


class _Respellings(Shape):
    respellings: dict[str, str]


class _Decoys(Shape):
    decoys: dict[str, tuple[Phrase, ...]]


class _Topics(Shape):
    topics: dict[str, Topic]


def load_content(
    folder: Path | None = None,
    extra: Sequence[Path] = (),
    *,
    people: Sequence[str] = (),
    wake: Sequence[str] = (),
) -> Content:
    """Return everything that is said or understood, checked as a whole.

    ``folder`` is the shipped ``dialogs/`` unless given; each of ``extra`` comes on top of it.
    ``people`` and ``wake`` are the household's own names and phrases, see ``personal``.
    Raises ``ContentError`` for the first mistake, with file, line, field and mend.
    """
    reading = _Reading()
    for one in (folder or dialogs_dir(), *extra):
        reading.add(one)
    return personal(reading.content(), people, wake)


class _Reading:
    """What has been read so far, and where every part of it stands."""

    def __init__(self) -> None:
        self._commands: dict[str, CommandRow] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}
        self._respellings: dict[str, str] = {}
        self._decoys: list[str] = []
        self._guards: dict[str, tuple[str, ...]] = {}
        self._exercises: dict[str, Exercise] = {}
        self._programmes: dict[str, Programme] = {}
        self._topics: dict[str, Topic] = {}
        self._places: dict[tuple[str, str], tuple[YamlSource, Location]] = {}

    def add(self, folder: Path) -> None:
        """Read one folder on top of what is there."""
        if not folder.is_dir():
            raise ContentError(f"{folder} is not a folder.", "Name the folder with the dialogs.")
        strays = [path for name in _FOLDERS for path in folder.glob(f"{name}/*.yml")]
        for stray in sorted([*folder.glob("*.yml"), *strays]):
            raise content_error(stray, None, "files end in .yaml here", "Rename it.")
        for commands in self._read(folder, "commands", _Commands):
            self._commands.update(commands.commands)
        for phrases in self._read(folder, "phrases", _Phrases):
            self._phrases.update(phrases.phrases)
        for respellings in self._read(folder, "respellings", _Respellings):
            self._respellings.update(respellings.respellings)
        for decoys in self._read(folder, "decoys", _Decoys):
            self._decoys += [word for group in decoys.decoys.values() for word in group]
            for name, words in decoys.decoys.items():
                self._guards[name] = (*self._guards.get(name, ()), *words)
        for path in sorted(folder.glob("exercises/*.yaml")):
            self._add_named(path, Exercise, self._exercises)
        for path in sorted(folder.glob("programmes/*.yaml")):
            self._add_named(path, Programme, self._programmes)
        for path in sorted(folder.glob("knowledge/*.yaml")):
            self._add_topics(path)

    def content(self) -> Content:
        """Return the whole; raise the first mistake across files."""
        if not self._commands:
            raise ContentError("commands.yaml is missing.", "Put the shipped one back.")
        if not self._exercises:
            raise ContentError(
                "In exercises/ there is no exercise.", "Add one: see docs/adding-an-exercise.md."
            )
        exercises, programmes = _ordered(self._exercises), _ordered(self._programmes)
        content = Content(
            exercises=exercises,
            programmes=programmes,
            topics=self._topics,
            commands=_with_names(self._commands, exercises, programmes, self._topics),
            phrases=self._phrases,
            respellings=self._respellings,
            decoys=tuple(self._decoys),
            guards={name: self._guards[name] for name in self._guards if name in self._commands},
        )
        findings = lint(content)
        if findings:
            raise self._error(findings[0], len(findings) - 1)
        return content

    def _read(self, folder: Path, name: str, shape: type[_FileShape]) -> Iterator[_FileShape]:
        """Yield the file called ``name``, if the folder has it, and note where its parts stand."""
        path = folder / f"{name}.yaml"
        if not path.exists():
            return
        source = read_yaml(path)
        yield validate(source, shape)
        self._places[name, ""] = (source, (name,))
        for location in source.lines:
            if len(location) == 2:
                self._places[name, str(location[1])] = (source, location)

    def _add_named(self, path: Path, shape: type[_Named], into: dict[str, _Named]) -> None:
        kind = path.parent.name
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
            raise content_error(
                path,
                None,
                f"the file's name is the {shape.__name__.lower()}'s id: small letters a to z,"
                " digits, hyphens",
                "Rename it, for example to roll-up.yaml.",
            )
        source = read_yaml(path)
        into[path.stem] = validate(source, shape, given={"id": path.stem})
        self._places[kind, path.stem] = (source, ())

    def _add_topics(self, path: Path) -> None:
        source = read_yaml(path)
        self._topics.update(validate(source, _Topics).topics)
        for location in source.lines:
            if len(location) == 2:
                self._places["knowledge", str(location[1])] = (source, location)

    def _error(self, finding: Finding, further: int) -> ContentError:
        mend = finding.mend + and_more(further)
        if finding.place not in self._places:
            return ContentError(f"{' '.join(finding.place).strip()} {finding.problem}.", mend)
        source, location = self._places[finding.place]
        return source.error((*location, *finding.location), finding.problem, mend)


def _ordered(named: Mapping[str, _Named]) -> tuple[_Named, ...]:
    return tuple(sorted(named.values(), key=lambda one: (one.order, one.id)))


def _with_names(
    commands: dict[str, CommandRow],
    exercises: Sequence[Exercise],
    programmes: Sequence[Programme],
    topics: Mapping[str, Topic],
) -> dict[str, CommandRow]:
    """Return the commands; the rows that choose something get the names of what there is."""
    names = {
        "exercise": {name: one.id for one in exercises for name in one.spoken_names},
        "programme": {name: one.id for one in programmes for name in one.spoken_names},
        "question": {phrase: key for key, topic in topics.items() for phrase in topic.questions},
    }
    return {
        command: row.model_copy(update={"slots": {**row.slots, **names.get(command, {})}})
        for command, row in commands.items()
    }
