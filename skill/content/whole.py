"""Files of dialogs put together: names of exercises become phrases, and all rules are checked."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

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
from skill.content.lint import LintFinding, lint
from skill.content.schema import CommandRow, Content, Programme, Topic
from skill.content.sentence_lint import (
    safety_sentences_spoken,
    sentences_of_two_meanings,
    slack_templates,
    wrong_templates,
)
from skill.content.sentences import add_template
from skill.content.word_graph import Sense, WordGraph
from skill.errors import ContentError
from skill.messages.heard import Command
from skill.written.mistakes import RuleError, closest, suggest
from skill.written.shapes import Shape
from skill.written.spoken import placeholders
from skill.written.yaml_source import Location, YamlSource

_Named = TypeVar("_Named", Exercise, Programme)
_Place = tuple[YamlSource, Location]
Rule = Callable[[Content], Iterable[LintFinding]]


class Whole:
    """Files one on top of the other: what a later one has under a known id replaces the earlier.

    Decoys are added, and so is all that ``own-commands.yaml`` holds. ``own`` are files of a
    person's own: a decoy of the others is none any more when one of them claims it. ``awaited``
    are exercises that are named but not there yet. Raises ContentError where there are no commands
    or no exercises at all.
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
        self._absences: dict[str, None] = {}
        self._spellings: dict[str, str] = {}
        self._places: dict[tuple[str, str], _Place] = {}
        self._added: dict[str, list[_Place]] = {}
        self._findings: list[LintFinding] = []
        further = [file for file in files if isinstance(file.shape, OwnCommands)]
        for file in files:
            if file not in further:
                self._add(file)
        for file in further:  # whatever replaces a row stands beneath them
            self._add_sentences(file)
        self.content = self._content()
        self._files = files

    def mistakes(
        self, blamed: Collection[Path] = (), further_rules: Iterable[Rule] = ()
    ) -> list[ContentError]:
        """Return every mistake across files, each at its place.

        Where two files do not go together and only one is among ``blamed``, that one is named.
        """
        content = self.content
        wrong = wrong_templates(content)
        findings = [*self._findings, *wrong, *lint(content, self._awaited)]
        findings += [one for rule in further_rules for one in rule(content)]
        if not wrong:
            findings += self._own_findings()
        return [self._error(self._as_seen_from(blamed, one)) for one in findings]

    def own_mistakes(self, rule: Rule) -> list[ContentError]:
        """Return the mistakes by one more rule that are in ``own-commands.yaml``."""
        return [self._error(one) for one in rule(self.content) if self._is_further(one)]

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
                self._absences.update(dict.fromkeys(commands.absences))
                self._spellings.update(commands.spellings)
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

    def _add_sentences(self, file: DialogFile) -> None:
        """Add a person's templates to the rows, and their fillers; note where each is written."""
        assert isinstance(file.shape, OwnCommands)
        place = ("own-commands", str(file.path))
        self._places[place] = (file.source, ())
        for name, templates in file.shape.sentences.items():
            row = self._commands.get(name)
            if row is None:
                mend = suggest(name, self._commands)
                where = ("sentences", name)
                self._findings.append(LintFinding(place, where, "ist kein Befehl", mend))
                continue
            self._commands[name] = row.model_copy(
                update={"sentences": (*row.sentences, *templates)}
            )
            self._added.setdefault(name, []).extend(
                (file.source, ("sentences", name, index)) for index in range(len(templates))
            )
        for index, filler in enumerate(file.shape.fillers):
            self._places["fillers", filler] = (file.source, ("fillers", index))
            self._findings += self._no_filler(place, index, filler)
            self._fillers[filler] = None

    def _no_filler(self, place: tuple[str, str], index: int, filler: str) -> Iterator[LintFinding]:
        if self._turns(filler):
            yield LintFinding(
                place,
                ("fillers", index),
                f"enthält „{filler}“, und das kehrt den Sinn der Wörter daneben um",
                "Nimm es aus fillers heraus.",
            )

    def _turns(self, filler: str) -> bool:
        return bool(set(filler.split()) & (self._negations.keys() | self._absences.keys()))

    def _note_places(self, file: DialogFile) -> None:
        source = file.source
        if isinstance(file.shape, Exercise | Programme):
            self._places[file.kind, file.shape.id] = (source, ())
            return
        self._places[file.kind, ""] = (source, (file.kind,))
        for location in source.lines:
            if len(location) == 2:
                part = "rules" if location[0] == "rules" else file.kind
                self._places[part, str(location[1])] = (source, location)

    def _add_phrases(self, lines: Mapping[str, tuple[str, ...]]) -> None:
        """Lines on top of others must be lines that the coach says, with the same placeholders."""
        known = dict(self._phrases)
        self._phrases.update(lines)
        if known:
            self._findings += _unlike(known, lines)

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
            decoys=tuple(self._without_meant(commands)),
            guards={name: self._guards[name] for name in self._guards if name in self._commands},
            rules=self._rules,
            fillers=tuple(self._fillers),
            carriers=tuple(self._carriers),
            negations=tuple(self._negations),
            absences=tuple(self._absences),
            spellings=self._spellings,
        )

    def _as_seen_from(self, blamed: Collection[Path], finding: LintFinding) -> LintFinding:
        both = [one for one in (finding, finding.other) if one]
        return next((one for one in both if self._path(one) in blamed), finding)

    def _without_meant(self, commands: Mapping[str, CommandRow]) -> list[str]:
        """Return the decoys that are no sentence which a person has added."""
        graph = WordGraph()
        for sense in self._added_senses(commands):
            with suppress(RuleError):  # which is found by the rules
                add_template(graph, sense, commands, self._rules)
        return [decoy for decoy in self._decoys if not graph.whole(decoy.split())]

    def _added_senses(self, commands: Mapping[str, CommandRow]) -> Iterator[Sense]:
        for name, places in self._added.items():
            for template in commands[name].sentences[-len(places) :]:
                yield Sense(Command(name), template)

    def _own_findings(self) -> Iterator[LintFinding]:
        """Yield what is wrong between a person's own sentences and all others."""
        content, graph = self.content, WordGraph()
        for sense in self._added_senses(content.commands):
            add_template(graph, sense, content.commands, content.rules)
        for file in self._files:
            if file.path in self._own and not isinstance(file.shape, Commands):
                for phrase in _phrases_heard(file.shape):
                    start = graph.begin(Sense(Command(""), phrase))
                    graph.end(graph.add_words(start, phrase.split()))
        clashes: dict[object, LintFinding] = {}
        for finding in sentences_of_two_meanings(content, graph):
            for one in self._own_view(finding):  # of a template the first says enough
                clashes.setdefault((one.place, one.location), one)
        yield from clashes.values()
        yield from filter(self._is_further, slack_templates(content, self._added))
        if self._added.keys() & content.safety_commands:
            for finding in safety_sentences_spoken(content):
                if finding.other and self._is_further(finding.other):
                    yield finding.other
        yield from self._fillers_that_mean_something()

    def _own_view(self, finding: LintFinding) -> Iterator[LintFinding]:
        """Yield a finding as seen from the person's own file, if one is to blame."""
        for one in (finding, finding.other):
            if one and self._path(one) in self._own and self._path_is_no_row(one):
                yield replace(one, other=None)
                return

    def _path_is_no_row(self, finding: LintFinding) -> bool:
        return finding.place[0] != "commands" or self._is_further(finding)

    def _fillers_that_mean_something(self) -> Iterator[LintFinding]:
        for (part, filler), (_, location) in list(self._places.items()):
            if part != "fillers" or location[:1] != ("fillers",) or self._turns(filler):
                continue
            for sense in self.content.sentences.whole(filler.split())[:1]:
                yield LintFinding(
                    (part, filler),
                    (),
                    f"enthält „{filler}“, und das ist ein ganzer Satz für „{sense.command.name}“",
                    "Nimm es aus fillers heraus.",
                )

    def _is_further(self, finding: LintFinding) -> bool:
        """Return whether a finding is in an ``own-commands.yaml``."""
        place = self._resolved(finding)
        return place is not None and place[0].path.stem == OWN_COMMANDS

    def _path(self, finding: LintFinding) -> Path | None:
        place = self._resolved(finding)
        return place[0].path if place else None

    def _resolved(self, finding: LintFinding) -> _Place | None:
        """Return the file of a finding and the way there; a row may have templates of others."""
        part, name = finding.place
        if part == "commands" and finding.location[:1] == ("sentences",) and name in self._added:
            added = self._added[name]
            index = int(finding.location[1]) - len(self.content.commands[name].sentences)
            if -len(added) <= index:
                return added[index]
        if finding.place not in self._places:
            return None
        source, location = self._places[finding.place]
        return source, (*location, *finding.location)

    def _error(self, finding: LintFinding) -> ContentError:
        resolved = self._resolved(finding)
        if resolved is None:
            return ContentError(f"{finding.at} {finding.problem}.", finding.mend, code="rule")
        source, location = resolved
        return source.error(location, finding.problem, finding.mend)


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
) -> list[LintFinding]:
    """Return what is wrong with lines that are to replace known ones."""
    return [
        finding
        for line_id, variants in lines.items()
        for finding in (
            _other_placeholders(line_id, variants, placeholders(known[line_id][0]))
            if line_id in known
            else [
                LintFinding(
                    ("phrases", line_id), (), "ist kein Satz von mir", _near(line_id, known)
                )
            ]
        )
    ]


def _other_placeholders(
    line_id: str, variants: Sequence[str], wanted: frozenset[str]
) -> Iterator[LintFinding]:
    names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "keiner"
    for index, variant in enumerate(variants):
        if placeholders(variant) != wanted:
            yield LintFinding(
                ("phrases", line_id),
                (index,),
                "enthält nicht die richtigen Platzhalter",
                f"Hierher gehört {names}.",
            )


def _near(line_id: str, known: Mapping[str, object]) -> str:
    """Return a mend for a misspelt line; the names of all hundred would be none."""
    if closest(line_id, known):
        return suggest(line_id, known)
    return "Nimm einen Namen aus der mitgelieferten phrases.yaml."


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
