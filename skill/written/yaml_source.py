"""YAML text to plain values that remember their lines.

Every scalar stays the text that was written ("no" is not false, "null" is not nothing, "08" is not
8): the shape it is read into decides what it means, see ``yaml_model.validate``. Aliases, merge
keys and tags are left out on purpose; a dialog is plain lists and fields.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from skill.errors import ContentError, reason
from skill.written.mistakes import and_more
from skill.written.text import composed

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Location: TypeAlias = tuple[str | int, ...]
"""The way to a value: field names, and indices counted from 0."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_INVISIBLE = re.compile(
    "[^\t\x20-\x7e\xa1-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]"
)
"""What YAML does not accept as text, and what word processors put between letters unseen."""

_SYNTAX = (
    # (what PyYAML or libyaml says, what is wrong, how to mend it)
    (
        "mapping values are not allowed",
        "Hier steht ein Doppelpunkt zu viel, oder die Zeile ist anders eingerückt als die daneben",
        "Setz einen Text, in dem „: “ steht, in Anführungszeichen, und schreib die Felder einer"
        " Gruppe genau untereinander.",
    ),
    (
        r"expected ',' or '[\]}]'",
        "Eine Klammer oder ein Anführungszeichen ist nicht geschlossen, oder ein Komma fehlt",
        "Schließ, was offen ist, und setz ein Komma zwischen zwei Einträge.",
    ),
    (
        "unexpected end of stream",
        "Ein Anführungszeichen ist offen und wird nie geschlossen",
        "Schließ es, mit dem gleichen Zeichen.",
    ),
    (
        r"expected '-' indicator|expected key|expected <block end>|unindent",
        "Die Zeile ist anders eingerückt, als es zu den Zeilen darüber passt",
        "Schreib alle Felder einer Gruppe und alle Striche einer Liste genau untereinander, mit"
        " Leerzeichen davor.",
    ),
    (
        "could not find expected ':'",
        "Eine Zeile ist weder ein Feld noch der Eintrag einer Liste",
        "Schreib „Name: Wert“, mit einem Leerzeichen nach dem Doppelpunkt, oder beginne den Eintrag"
        " mit „- “.",
    ),
    (
        "undefined alias|cannot start any token|expected alphabetic|expected the node content",
        "Ein Wert beginnt mit einem Zeichen, das in YAML etwas Besonderes heißt",
        'Setz den Wert in Anführungszeichen: "...".',
    ),
    (
        "another document",
        "Eine Zeile aus drei Strichen beginnt ein zweites Dokument",
        "Lösch die Striche: In eine Datei gehört nur eines.",
    ),
)


@dataclass(frozen=True)
class YamlSource:
    """What a file says, and where. ``lines`` maps every location to its line, counted from 1."""

    path: Path
    value: Value
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """Return the line of ``location``; steps that are not in the file are passed over."""
        known: Location = ()
        for step in location:
            if (*known, step) in self.lines:
                known = (*known, step)
        return self.lines[known]

    def error(
        self, location: Location, problem: str, mend: str, code: str = "rule"
    ) -> ContentError:
        """Return an error that names file, line and field; ``problem`` goes on after the field."""
        said = f"{spell(location)} {problem}"
        return content_error(self.path, self.line(location), said, mend, code, location)


def content_error(
    path: Path,
    line: int | None,
    problem: str,
    mend: str,
    code: str = "",
    field: Location = (),
) -> ContentError:
    """Return the error for ``path``: where it is, what is wrong there, how to mend it."""
    place = f"{path}, Zeile {line}" if line else f"{path}"
    said = f"{problem}."
    return ContentError(
        f"{place}: {said}", mend, code=code, path=path, line=line, field=field, detail=said
    )


def first_of(mistakes: Sequence[ContentError]) -> ContentError:
    """Return the first of several mistakes; it says how many follow, and holds all of them."""
    first = mistakes[0]
    return ContentError(
        first.problem,
        first.mend + and_more(len(mistakes) - 1),
        code=first.code,
        path=first.path,
        line=first.line,
        field=first.field,
        detail=first.detail,
        mistakes=mistakes,
    )


def spell(location: Location) -> str:
    """Return a location as a person counts: ``Feld „phases“, Eintrag 2, „seconds“``."""
    if not location:
        return "Die Datei"
    steps = [f"Eintrag {step + 1}" if isinstance(step, int) else f"„{step}“" for step in location]
    return f"Feld {', '.join(steps)}"


def read_yaml(path: Path) -> YamlSource:
    """Read one YAML file.

    Raises ``ContentError`` with file, line and mend for a file that cannot be read, is empty, is
    not UTF-8 or not YAML, for tabs, for a field that is there twice, and for aliases. It holds all
    mistakes of one kind: a file that is not YAML has only its first.
    """
    text = _text(path)
    if signs := _wrong_signs(path, text):
        raise first_of(signs)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(path, error) from error
    if node is None:
        raise content_error(path, None, "Die Datei ist leer", "Füll sie, oder lösch sie.", "empty")
    reader = _Reader(path)
    source = YamlSource(path, reader.value(node, ()), reader.lines)
    if reader.mistakes:
        raise first_of(reader.mistakes)
    return source


def _wrong_signs(path: Path, text: str) -> list[ContentError]:
    """Return a mistake for each line with a tab before its text, or with a sign nobody sees."""
    mistakes = []
    for number, line in enumerate(text.split("\n"), start=1):
        if re.match(r" *\t", line):
            problem, mend = "Die Zeile beginnt mit einem Tabulator", "Nimm Leerzeichen dafür."
        elif _INVISIBLE.search(line):
            problem, mend = "In der Zeile steht ein unsichtbares Zeichen", "Tipp die Zeile neu ein."
        else:
            continue
        mistakes.append(content_error(path, number, problem, mend, "wrong-sign"))
    return mistakes


def _text(path: Path) -> str:
    """Return the file's text, with plain line ends."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = f"Die Datei kann ich nicht lesen ({reason(error)})"
        mend = "Schau, ob sie da ist und dir gehört."
        raise content_error(path, None, problem, mend, "unreadable") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        mend = "Speichere die Datei neu, mit der Kodierung „UTF-8“."
        raise content_error(path, line, "Der Text ist nicht UTF-8", mend, "not-utf-8") from error
    return text.replace("\r\n", "\n")


def _syntax_error(path: Path, error: yaml.MarkedYAMLError) -> ContentError:
    """Return YAML's own error in words for somebody who does not know YAML."""
    said = f"{error.problem} {error.context or ''}"
    # What is not closed or not complete is best found where it was begun.
    opened = re.search("quoted|flow|simple key", error.context or "")
    mark = error.context_mark if opened else error.problem_mark
    line = mark.line + 1 if mark else None
    for pattern, problem, mend in _SYNTAX:
        if re.search(pattern, said):
            return content_error(path, line, problem, mend, "not-yaml")
    problem = f"Das ist kein YAML ({said.strip()})"
    return content_error(path, line, problem, "Vergleiche es mit den Zeilen daneben.", "not-yaml")


class _Reader:
    """Turns YAML nodes into values; writes down the line of each, and what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.lines: dict[Location, int] = {}
        self.mistakes: list[ContentError] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, location: Location, line: int = 1) -> Value:
        """Return what ``node`` holds, and note that ``location`` stands in ``line``."""
        self.lines[location] = line
        if id(node) in self._seen:
            self._mistake(
                line,
                f"{spell(location)} wiederholt Zeile {node.start_mark.line + 1} durch ein Kürzel"
                " (*)",
                "Schreib den Wert ganz hin.",
            )
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._fields(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(item, (*location, index), item.start_mark.line + 1)
                for index, item in enumerate(node.value)
            ]
        assert isinstance(node, yaml.ScalarNode)
        left_out = node.value == "" and not node.style
        return None if left_out else composed(node.value)

    def _fields(self, node: yaml.MappingNode, location: Location) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        for key, item in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._mistake(line, "Ein Feld muss ein Wort heißen", "Schreib „Name: Wert“.")
                continue
            name = composed(key.value)
            here = (*location, name)
            if name in fields:
                problem = f"{spell(here)} steht zweimal da, zuerst in Zeile {self.lines[here]}"
                self._mistake(line, problem, "Lösch eines davon.")
                continue
            fields[name] = self.value(item, here, line)
        return fields

    def _mistake(self, line: int, problem: str, mend: str) -> None:
        self.mistakes.append(content_error(self._path, line, problem, mend, "not-plain"))
