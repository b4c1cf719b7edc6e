"""Reads ``dialogs/`` as a whole: files to shapes, names of exercises to phrases, then all rules.

    dialogs/commands.yaml      commands:     id -> row
    dialogs/phrases.yaml       phrases:      line id -> variants
    dialogs/respellings.yaml   respellings:  written -> as the voice must read it
    dialogs/decoys.yaml        decoys:       group -> words
    dialogs/exercises/ID.yaml  one exercise each

Further folders of the same build come on top: a row, line or exercise with a known id replaces the
one below it, decoys and everything new are added.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from skill.content.lint import Finding, lint
from skill.content.mistakes import and_more
from skill.content.schema import CommandRow, Content, Exercise, Phrase, Shape, Templates
from skill.content.yaml_model import validate
from skill.content.yaml_source import Location, YamlSource, content_error, read_yaml
from skill.errors import ContentError
from skill.paths import dialogs_dir

_FileShape = TypeVar("_FileShape", bound=Shape)


class _Commands(Shape):
    commands: dict[str, CommandRow]


class _Phrases(Shape):
    phrases: dict[str, Templates]


class _Respellings(Shape):
    respellings: dict[str, str]


class _Decoys(Shape):
    decoys: dict[str, tuple[Phrase, ...]]


def load_content(folder: Path | None = None, extra: Sequence[Path] = ()) -> Content:
    """Return everything that is said or understood, checked as a whole.

    ``folder`` is the shipped ``dialogs/`` unless given; each of ``extra`` comes on top of it.
    Raises ``ContentError`` for the first mistake, with file, line, field and mend.
    """
    reading = _Reading()
    for one in (folder or dialogs_dir(), *extra):
        reading.add(one)
    return reading.content()


class _Reading:
    """What has been read so far, and where every part of it stands."""

    def __init__(self) -> None:
        self._commands: dict[str, CommandRow] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}
        self._respellings: dict[str, str] = {}
        self._decoys: list[str] = []
        self._guards: dict[str, tuple[str, ...]] = {}
        self._exercises: dict[str, Exercise] = {}
        self._places: dict[tuple[str, str], tuple[YamlSource, Location]] = {}

    def add(self, folder: Path) -> None:
        """Read one folder on top of what is there."""
        if not folder.is_dir():
            raise ContentError(f"{folder} is not a folder.", "Name the folder with the dialogs.")
        for stray in sorted([*folder.glob("*.yml"), *folder.glob("exercises/*.yml")]):
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
            self._add_exercise(path)

    def content(self) -> Content:
        """Return the whole; raise the first mistake across files."""
        if not self._commands:
            raise ContentError("commands.yaml is missing.", "Put the shipped one back.")
        if not self._exercises:
            raise ContentError(
                "In exercises/ there is no exercise.", "Add one: see docs/adding-an-exercise.md."
            )
        ordered = sorted(
            self._exercises.values(), key=lambda exercise: (exercise.order, exercise.id)
        )
        content = Content(
            exercises=tuple(ordered),
            commands=_with_exercise_names(self._commands, ordered),
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

    def _add_exercise(self, path: Path) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
            raise content_error(
                path,
                None,
                "the file's name is the exercise's id: small letters a to z, digits, hyphens",
                "Rename it, for example to roll-up.yaml.",
            )
        source = read_yaml(path)
        self._exercises[path.stem] = validate(source, Exercise, given={"id": path.stem})
        self._places["exercises", path.stem] = (source, ())

    def _error(self, finding: Finding, further: int) -> ContentError:
        mend = finding.mend + and_more(further)
        if finding.place not in self._places:
            return ContentError(f"{' '.join(finding.place).strip()} {finding.problem}.", mend)
        source, location = self._places[finding.place]
        return source.error((*location, *finding.location), finding.problem, mend)


def _with_exercise_names(
    commands: dict[str, CommandRow], exercises: Sequence[Exercise]
) -> dict[str, CommandRow]:
    """Return the commands, with the exercises' names as slots of the row ``exercise``."""
    row = commands.get("exercise")
    if row is None:
        return commands
    names = {name: exercise.id for exercise in exercises for name in exercise.spoken_names}
    return {**commands, "exercise": row.model_copy(update={"slots": {**row.slots, **names}})}
