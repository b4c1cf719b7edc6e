"""YAML text to plain values that remember their lines.

Every scalar stays the text that was written ("no" is not false, "null" is not nothing, "08" is not
8): the shape it is read into decides what it means, see ``yaml_model.validate``. Aliases, merge
keys and tags are left out on purpose; a dialog is plain lists and fields.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from skill.errors import ContentError
from skill.written.mistakes import and_more

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
        "there is a colon too many, or the line is indented differently from its neighbours",
        'Put text that contains ": " into quotes, and begin the fields of one group below each '
        "other.",
    ),
    (
        r"expected ',' or '[\]}]'",
        "a bracket or a quotation mark is not closed, or a comma is missing",
        "Close what is open, and put a comma between two entries.",
    ),
    (
        "unexpected end of stream",
        "a quotation mark is opened but never closed",
        "Close it, with the same kind of mark.",
    ),
    (
        r"expected '-' indicator|expected key|expected <block end>|unindent",
        "the indentation does not fit what stands above",
        "Begin all fields of one group, and all dashes of one list, below each other, with spaces.",
    ),
    (
        "could not find expected ':'",
        "a line is neither a field nor the entry of a list",
        'Write "name: value", with a space after the colon, or begin the entry with "- ".',
    ),
    (
        "undefined alias|cannot start any token|expected alphabetic|expected the node content",
        "a value begins with a sign that means something special in YAML",
        'Put the value into quotes: "...".',
    ),
    (
        "another document",
        "a line of three dashes begins a second document",
        "Remove the dashes; a file holds one document.",
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

    def error(self, location: Location, problem: str, mend: str) -> ContentError:
        """Return an error that names file, line and field; ``problem`` goes on after the field."""
        return content_error(self.path, self.line(location), f"{spell(location)}{problem}", mend)


def content_error(path: Path, line: int | None, problem: str, mend: str) -> ContentError:
    """Return the error for ``path``: where it is, what is wrong there, how to mend it."""
    place = f"{path}, line {line}" if line else f"{path}"
    return ContentError(f"{place}: {problem}.", mend, path=path, line=line, detail=f"{problem}.")


def first_of(mistakes: Sequence[ContentError]) -> ContentError:
    """Return the first of several mistakes; it says how many follow, and holds all of them."""
    first = mistakes[0]
    return ContentError(
        first.problem,
        first.mend + and_more(len(mistakes) - 1),
        path=first.path,
        line=first.line,
        detail=first.detail,
        mistakes=mistakes,
    )


def spell(location: Location) -> str:
    """Return a location as a person counts: ``field "phases", item 2, "seconds" ``."""
    if not location:
        return ""
    steps = [f"item {step + 1}" if isinstance(step, int) else f'"{step}"' for step in location]
    return f"field {', '.join(steps)} "


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
        raise content_error(path, None, "the file is empty", "Fill it, or delete it.")
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
            problem, mend = "the line is indented with a tab", "Use spaces instead."
        elif _INVISIBLE.search(line):
            problem, mend = "the line holds an invisible sign", "Type the line anew."
        else:
            continue
        mistakes.append(content_error(path, number, problem, mend))
    return mistakes


def _text(path: Path) -> str:
    """Return the file's text, with plain line ends."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise content_error(
            path, None, f"the file cannot be read ({reason})", "Check that it is there and yours."
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise content_error(
            path, line, "the text is not UTF-8", 'Save the file anew with the encoding "UTF-8".'
        ) from error
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
            return content_error(path, line, problem, mend)
    return content_error(
        path, line, f"this is not YAML ({said.strip()})", "Compare its neighbours."
    )


def _composed(text: str) -> str:
    """Return text in which an umlaut is one character, however it was typed."""
    return unicodedata.normalize("NFC", text)


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
                f"{spell(location)}repeats line {node.start_mark.line + 1} by an alias (*)",
                "Write the value out in full.",
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
        return None if left_out else _composed(node.value)

    def _fields(self, node: yaml.MappingNode, location: Location) -> dict[str, Value]:
        fields: dict[str, Value] = {}
        for key, item in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._mistake(line, "a field's name must be a word", "Write name: value.")
                continue
            name = _composed(key.value)
            here = (*location, name)
            if name in fields:
                problem = f"{spell(here)}is there twice, first in line {self.lines[here]}"
                self._mistake(line, problem, "Remove one of them.")
                continue
            fields[name] = self.value(item, here, line)
        return fields

    def _mistake(self, line: int, problem: str, mend: str) -> None:
        self.mistakes.append(content_error(self._path, line, problem, mend))
