"""Utterances in a table, and whether they are understood as the table says.

The table is a text of three columns with tabs between them:

    state           command     utterance
    exercise.repeat stop|pain   aua stopp
    exercise.repeat -           das stoppt

``command`` is what has to be obeyed: one of several with ``|`` between them, ``-`` for none. A
command that carries a value is ``number(8)``; without the value any of its values is right.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from skill.content.dialog_files import command_names
from skill.content.schema import Content
from skill.content.states import STATES
from skill.errors import SkillError, reason
from skill.messages.heard import Command, Meaning, SpokenWord
from skill.understanding.meant import Understanding
from skill.understanding.spoken import as_spoken
from skill.written.mistakes import suggest
from skill.written.text import NotTextError, read_text

NO_COMMAND = "-"
"""Stands for an utterance that must not be obeyed."""

COLUMNS = ("state", "command", "utterance")

_SAFETY = frozenset({"stop", "pain"})
_COMMAND = re.compile(r"(\w+)(?:\(([^()]*)\))?")


class UtteranceKind(StrEnum):
    """What a row asks for."""

    SAFETY = "safety"
    COMMANDS = "commands"
    TALK = "talk"


@dataclass(frozen=True)
class TableRow:
    """One utterance in a state, and the commands of which one has to come of it.

    ``line`` counts from 1. ``commands`` are written as ``Command`` spells them; the word
    ``NO_COMMAND`` among them: nothing need come of it.
    """

    line: int
    state: str
    commands: tuple[str, ...]
    utterance: str

    @property
    def kind(self) -> UtteranceKind:
        """Whether it is talk, asks for safety, or for any other command."""
        if NO_COMMAND in self.commands:
            return UtteranceKind.TALK
        return (
            UtteranceKind.SAFETY
            if _SAFETY & set(map(_name, self.commands))
            else UtteranceKind.COMMANDS
        )

    def accepts(self, command: Command | None) -> bool:
        """Return whether this command (None for none) is one of those that are right."""
        if command is None:
            return NO_COMMAND in self.commands
        return str(command) in self.commands or command.name in self.commands


@dataclass(frozen=True)
class Judged:
    """What came of a row: ``obeyed`` is the command that counts in its state, None for none."""

    row: TableRow
    meaning: Meaning
    obeyed: Command | None

    @property
    def is_right(self) -> bool:
        """Whether it is what the table says."""
        return self.row.accepts(self.obeyed)


@dataclass(frozen=True)
class Score:
    """So many rows of ``total`` are ``right``."""

    right: int
    total: int


def read_table(path: Path) -> tuple[TableRow, ...]:
    """Read a table of utterances: UTF-8, UTF-16 or Latin-1, umlauts composed or not.

    Columns may be in any order, others beside them are passed over, and so are empty lines. Raises
    SkillError, in German, for a file that cannot be read, a header or a line without the columns,
    and a state or command that there is not.
    """
    lines = [line.split("\t") for line in _text(path).split("\n")]
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if missing := [name for name in COLUMNS if name not in header]:
        raise SkillError(
            f"{path}: In der ersten Zeile fehlt {', '.join(missing)}.",
            f"Sie muss lauten: {', '.join(COLUMNS)}, mit Tabulatoren dazwischen.",
        )
    places = [header.index(name) for name in COLUMNS]
    rows = tuple(
        _row(path, number, cells, places)
        for number, cells in enumerate(lines[1:], start=2)
        if any(map(str.strip, cells))
    )
    if not rows:
        raise SkillError(f"{path}: Unter der ersten Zeile steht nichts.", "Schreib Sätze hinein.")
    return rows


def judge(understanding: Understanding, content: Content, row: TableRow) -> Judged:
    """Return what an utterance comes to where its row says it is said."""
    words = as_spoken(row.utterance)
    meaning, obeyed = obeyed_in(understanding, content, words, row.state)
    return Judged(row, meaning, obeyed)


def obeyed_in(
    understanding: Understanding, content: Content, words: Sequence[SpokenWord], state: str
) -> tuple[Meaning, Command | None]:
    """Return what words mean in a state, and the command if it is one that counts there."""
    live = content.live_commands(state)
    meaning = understanding.meaning(words, live)
    command = meaning.command
    return meaning, command if command and command.name in live else None


def scores(judged: Iterable[Judged]) -> Mapping[UtteranceKind, Score]:
    """Return how many rows of each kind there are, and how many are right; no kind without any."""
    found: dict[UtteranceKind, Score] = {}
    for one in judged:
        score = found.get(one.row.kind, Score(0, 0))
        found[one.row.kind] = Score(score.right + one.is_right, score.total + 1)
    return {kind: found[kind] for kind in UtteranceKind if kind in found}


def check_state(state: str) -> str:
    """Return a state of the coach as it was given; SkillError, in German, if there is none."""
    if state not in STATES:
        raise SkillError(f"Einen Zustand „{state}“ gibt es nicht.", suggest(state, STATES))
    return state


def _row(path: Path, number: int, cells: list[str], places: list[int]) -> TableRow:
    if len(cells) <= max(places):
        raise SkillError(
            f"{path}, Zeile {number}: Es fehlen Spalten.",
            "Schreib Zustand, Befehl und Satz, mit Tabulatoren dazwischen.",
        )
    state, command, utterance = (cells[place].strip() for place in places)
    try:
        check_state(state)
        commands = tuple(_checked(one.strip()) for one in command.split("|"))
        if not utterance:
            raise SkillError("Der Satz fehlt.", "Schreib hin, was gesagt wird.")
    except SkillError as error:
        raise SkillError(f"{path}, Zeile {number}: {error.problem}", error.mend) from None
    return TableRow(number, state, commands, utterance)


def _checked(command: str) -> str:
    found = _COMMAND.fullmatch(command)
    if command != NO_COMMAND and (not found or found[1] not in command_names()):
        name = found[1] if found else command
        raise SkillError(f"Einen Befehl „{name}“ gibt es nicht.", suggest(name, command_names()))
    return command


def _name(command: str) -> str:
    return command.partition("(")[0]


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except (OSError, NotTextError) as error:
        raise SkillError(
            f"Die Datei {path} kann ich nicht lesen ({reason(error)}).",
            "Nenn mir eine Tabelle mit Sätzen.",
            code="unreadable",
            path=path,
        ) from error
