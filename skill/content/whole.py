"""Files of dialogs put together: names of exercises become phrases, and all rules are checked."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from skill.content.dialog_files import (
    Commands,
    Decoys,
    DialogFile,
    Phrases,
    Respellings,
    Topics,
)
from skill.content.exercise import Exercise
from skill.content.lint import Finding, lint
from skill.content.mistakes import suggest
from skill.content.schema import CommandRow, Content, Programme, Topic
from skill.content.shapes import Shape
from skill.content.spoken import placeholders
from skill.content.yaml_source import Location, YamlSource
from skill.errors import ContentError

_Named = TypeVar("_Named", Exercise, Programme)
_Place = tuple[YamlSource, Location]
Rule = Callable[[Content], Iterable[Finding]]


class Whole:
    """Files one on top of the other: what a later one has under a known id replaces the earlier.

    Decoys are added. ``own`` are files of a person's own: a decoy of the others is none any more
    when one of them claims it. ``awaited`` are exercises that are named but not there yet. Raises
    ContentError where there are no commands or no exercises at all.
    """

    def __init__(
        self,
        files: Sequence[DialogFile],
        own: Collection[Path] = (),
        awaited: Collection[str] = (),
    ) -> None:
        self._own = own
        self._awaited = awaited
        self._commands: dict[str, CommandRow] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}
        self._respellings: dict[str, str] = {}
        self._decoys: list[str] = []
        self._guards: dict[str, tuple[str, ...]] = {}
        self._exercises: dict[str, Exercise] = {}
        self._programmes: dict[str, Programme] = {}
        self._topics: dict[str, Topic] = {}
        self._rules: dict[str, str] = {}
        self._fillers: dict[str, None] = {}
        self._carriers: dict[str, None] = {}
        self._negations: dict[str, None] = {}
        self._places: dict[tuple[str, str], _Place] = {}
        self._findings: list[Finding] = []
        for file in files:
            self._add(file)
        self.content = self._content()

    def mistakes(
        self, blamed: Collection[Path] = (), further_rules: Iterable[Rule] = ()
    ) -> list[ContentError]:
        """Return every mistake across files, each at its place.

        Where two files do not go together and only one is among ``blamed``, that one is named.
        """
        findings = [*self._findings, *lint(self.content, self._awaited)]
        findings += [one for rule in further_rules for one in rule(self.content)]
        return [self._error(self._as_seen_from(blamed, one)) for one in findings]

    def _add(self, file: DialogFile) -> None:
        if file.path in self._own:
            heard = set(_phrases_heard(file.shape))
            self._decoys = [word for word in self._decoys if word not in heard]
        match file.shape:
            case Commands() as commands:
                self._commands.update(commands.commands)
                self._rules.update(commands.rules)
                self._fillers.update(dict.fromkeys(commands.fillers))
                self._carriers.update(dict.fromkeys(commands.carriers))
                self._negations.update(dict.fromkeys(commands.negations))
            case Phrases(phrases=lines):
                self._add_phrases(lines)
            case Respellings(respellings=respellings):
                self._respellings.update(respellings)
            case Decoys(decoys=groups):
                for name, words in groups.items():
                    self._decoys += words
                    self._guards[name] = (*self._guards.get(name, ()), *words)
            case Topics(topics=topics):
                self._topics.update(topics)
            case Exercise() as exercise:
                self._exercises[exercise.id] = exercise
            case Programme() as programme:
                self._programmes[programme.id] = programme
        self._note_places(file)

    def _note_places(self, file: DialogFile) -> None:
        source = file.source
        if isinstance(file.shape, Exercise | Programme):
            self._places[file.kind, file.shape.id] = (source, ())
            return
        self._places[file.kind, ""] = (source, (file.kind,))
        for location in source.lines:
            if len(location) == 2:
                self._places[file.kind, str(location[1])] = (source, location)

    def _add_phrases(self, lines: Mapping[str, tuple[str, ...]]) -> None:
        """Lines on top of others must be lines that the coach says, with the same placeholders."""
        known = dict(self._phrases)
        self._phrases.update(lines)
        if known:
            self._findings += _unlike(known, lines)

    def _content(self) -> Content:
        if not self._commands:
            raise ContentError("commands.yaml is missing.", "Put the shipped one back.")
        if not self._exercises:
            raise ContentError(
                "In exercises/ there is no exercise.", "Add one: see docs/adding-an-exercise.md."
            )
        exercises, programmes = _ordered(self._exercises), _ordered(self._programmes)
        return Content(
            exercises=exercises,
            programmes=programmes,
            topics=self._topics,
            commands=_with_names(self._commands, exercises, programmes, self._topics),
            phrases=self._phrases,
            respellings=self._respellings,
            decoys=tuple(self._decoys),
            guards={name: self._guards[name] for name in self._guards if name in self._commands},
            rules=self._rules,
            fillers=tuple(self._fillers),
            carriers=tuple(self._carriers),
            negations=tuple(self._negations),
        )

    def _as_seen_from(self, blamed: Collection[Path], finding: Finding) -> Finding:
        both = [one for one in (finding, finding.other) if one]
        return next((one for one in both if self._path(one) in blamed), finding)

    def _path(self, finding: Finding) -> Path | None:
        place = self._places.get(finding.place)
        return place[0].path if place else None

    def _error(self, finding: Finding) -> ContentError:
        if finding.place not in self._places:
            place = " ".join(finding.place).strip()
            return ContentError(f"{place} {finding.problem}.", finding.mend)
        source, location = self._places[finding.place]
        return source.error((*location, *finding.location), finding.problem, finding.mend)


def _phrases_heard(shape: Shape) -> Iterator[str]:
    match shape:
        case Exercise() | Programme():
            yield from shape.spoken_names
        case Topics(topics=topics):
            for topic in topics.values():
                yield from topic.questions
        case Commands(commands=rows):
            for row in rows.values():
                yield from (*row.phrases, *row.slots)


def _unlike(
    known: Mapping[str, Sequence[str]], lines: Mapping[str, Sequence[str]]
) -> list[Finding]:
    """Return what is wrong with lines that are to replace known ones."""
    return [
        finding
        for line_id, variants in lines.items()
        for finding in (
            _other_placeholders(line_id, variants, placeholders(known[line_id][0]))
            if line_id in known
            else [
                Finding(("phrases", line_id), (), "is no line of the coach", _near(line_id, known))
            ]
        )
    ]


def _other_placeholders(
    line_id: str, variants: Sequence[str], wanted: frozenset[str]
) -> Iterator[Finding]:
    names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "no placeholder"
    for index, variant in enumerate(variants):
        if placeholders(variant) != wanted:
            yield Finding(
                ("phrases", line_id),
                (index,),
                "does not hold the right placeholders",
                f"This line takes {names}.",
            )


def _near(line_id: str, known: Mapping[str, object]) -> str:
    """Return a mend for a misspelt line; the names of all hundred would be none."""
    said = suggest(line_id, known)
    return said if said.startswith("Did") else "Take a name of the shipped phrases.yaml."


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
