"""Files of dialogs put together: names of exercises become phrases."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from skill.content.command_row import CommandRow
from skill.content.dialog_files import (
    OWN_COMMANDS,
    Commands,
    Decoys,
    DialogFile,
    OwnCommands,
    Phrases,
    Respellings,
    Topics,
)
from skill.content.exercise import Exercise
from skill.content.lint import LintFinding
from skill.content.places import Places
from skill.content.replaced_lines import unlike
from skill.content.schema import Content, Programme, Topic
from skill.content.sentences import TemplateAdder
from skill.content.word_graph import Sense, WordGraph
from skill.errors import ContentError
from skill.messages.heard import Command
from skill.written.mistakes import RuleError, suggest
from skill.written.shapes import Shape

_Named = TypeVar("_Named", Exercise, Programme)


class Whole:
    """Files one on top of the other: what a later one has under a known id replaces the earlier.

    Decoys are added, and so is all that ``own-commands.yaml`` holds. ``own`` are files of a
    person's own: a decoy of the others is none any more when one of them claims it. Raises
    ContentError where there are no commands or no exercises at all.

    ``content`` is what they are together, ``places`` tells where it is written. ``findings`` are
    mistakes that show while files are put together, ``added`` the number of templates that were
    added to each command, ``own_fillers`` the fillers that were.
    """

    def __init__(self, files: Sequence[DialogFile], own: Collection[Path] = ()) -> None:
        self.own = own
        self.files = files
        self.places = Places()
        self.findings: list[LintFinding] = []
        self.own_fillers: list[str] = []
        self.added: dict[str, int] = {}
        self._commands: dict[str, CommandRow] = {}
        self._phrases: dict[str, tuple[str, ...]] = {}
        self._respellings: dict[str, str] = {}
        self._natural: dict[str, str] = {}
        self._decoys: list[str] = []
        self._guards: dict[str, tuple[str, ...]] = {}
        self._exercises: dict[str, Exercise] = {}
        self._programmes: dict[str, Programme] = {}
        self._topics: dict[str, Topic] = {}
        self._rules: dict[str, str] = {}
        self._fillers: dict[str, None] = {}
        self._carriers: dict[str, None] = {}
        self._negations: dict[str, None] = {}
        self._absences: dict[str, None] = {}
        self._spellings: dict[str, str] = {}
        for file in files:
            if not isinstance(file.shape, OwnCommands):
                self._add(file)
        for file in files:  # whatever replaces a row stands beneath them
            if isinstance(file.shape, OwnCommands):
                self._add_sentences(file, file.shape)
        self.content = self._content()

    def added_senses(self) -> Iterator[Sense]:
        """Yield every template that a person has added, and what it means."""
        for name, count in self.added.items():
            for template in self._commands[name].sentences[-count:]:
                yield Sense(Command(name), template)

    def _add(self, file: DialogFile) -> None:
        if file.path in self.own:
            heard = set(phrases_heard(file.shape))
            self._decoys = [word for word in self._decoys if word not in heard]
        match file.shape:
            case Commands() as commands:
                self._commands.update(commands.commands)
                self._rules.update(commands.rules)
                self._fillers.update(dict.fromkeys(commands.fillers))
                self._carriers.update(dict.fromkeys(commands.carriers))
                self._negations.update(dict.fromkeys(commands.negations))
                self._absences.update(dict.fromkeys(commands.absences))
                self._spellings.update(commands.spellings)
            case Phrases(phrases=lines):
                self._add_phrases(lines)
            case Respellings() as spoken:
                self._respellings.update(spoken.respellings)
                self._natural.update(spoken.natural)
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
        self.places.note(file)

    def _add_sentences(self, file: DialogFile, own: OwnCommands) -> None:
        """Add a person's templates to the rows, and their fillers; note where each is written."""
        place = (OWN_COMMANDS, str(file.path))
        self.places.note_part(place, file.source, ())
        for name, templates in own.sentences.items():
            row = self._commands.get(name)
            if row is None:
                wrong, mend = "ist kein Befehl", suggest(name, self._commands)
                self.findings.append(LintFinding(place, ("sentences", name), wrong, mend))
                continue
            self._commands[name] = row.model_copy(
                update={"sentences": (*row.sentences, *templates)}
            )
            if templates:
                self.added[name] = self.added.get(name, 0) + len(templates)
            for index in range(len(templates)):
                where = ("sentences", name, index)
                self.places.note_template(name, len(row.sentences) + index, file.source, where)
        for index, filler in enumerate(own.fillers):
            self.places.note_part(("fillers", filler), file.source, ("fillers", index))
            self.own_fillers.append(filler)
            self._fillers[filler] = None

    def _add_phrases(self, lines: Mapping[str, tuple[str, ...]]) -> None:
        """Lines on top of others must be lines that the coach says, with the same placeholders."""
        known = dict(self._phrases)
        self._phrases.update(lines)
        if known:
            self.findings += unlike(known, lines)

    def _content(self) -> Content:
        if not self._commands:
            raise ContentError("Die Datei commands.yaml fehlt.", "Leg die mitgelieferte zurück.")
        if not self._exercises:
            raise ContentError(
                "In exercises/ liegt keine Übung.",
                "Leg eine an: Wie das geht, steht in docs/adding-an-exercise.md.",
            )
        exercises, programmes = _ordered(self._exercises), _ordered(self._programmes)
        commands = _with_names(self._commands, exercises, programmes, self._topics)
        return Content(
            exercises=exercises,
            programmes=programmes,
            topics=self._topics,
            commands=commands,
            phrases=self._phrases,
            respellings=self._respellings,
            natural_respellings=self._natural,
            decoys=tuple(self._without_meant(commands)),
            guards={name: self._guards[name] for name in self._guards if name in self._commands},
            rules=self._rules,
            fillers=tuple(self._fillers),
            carriers=tuple(self._carriers),
            negations=tuple(self._negations),
            absences=tuple(self._absences),
            spellings=self._spellings,
        )

    def _without_meant(self, commands: Mapping[str, CommandRow]) -> list[str]:
        """Return the decoys that are no sentence which a person has added."""
        graph, adder = WordGraph(), TemplateAdder(commands, self._rules)
        for sense in self.added_senses():
            with suppress(RuleError):  # which is found by the rules
                adder.add(graph, sense)
        return [decoy for decoy in self._decoys if not graph.whole(decoy.split())]


def phrases_heard(shape: Shape) -> Iterator[str]:
    """Yield every name and phrase that a file lets the ear hear."""
    match shape:
        case Exercise() | Programme():
            yield from shape.spoken_names
        case Topics(topics=topics):
            for topic in topics.values():
                yield from topic.questions
        case Commands(commands=rows):
            for row in rows.values():
                yield from (*row.phrases, *row.slots)


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
