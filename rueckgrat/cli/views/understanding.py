"""Shows what sentences mean: one of them at length, a table of them by its misses."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from rueckgrat.cli.lines import print_line
from rueckgrat.understanding.explanation import NOTHING, elsewhere_lines, lines_of, name_of, why_not
from rueckgrat.understanding.table import (
    NO_COMMAND,
    Judged,
    Score,
    UtteranceKind,
    check_state,
    judge,
    obeyed_in,
    read_table,
    scores,
)
from skill.content.clashes import count_sentences
from skill.content.schema import Content
from skill.errors import SkillError
from skill.understanding import Understanding, as_spoken

_KINDS: Mapping[UtteranceKind, str] = {
    UtteranceKind.SAFETY: "Sicherheit",
    UtteranceKind.COMMANDS: "Befehle",
    UtteranceKind.TALK: "Gerede",
}


def show_sentence(said: str, state: str, content: Content, console: Console) -> None:
    """Print what a sentence means in a state, why, and what elsewhere.

    SkillError for a state that there is not, and for a text without any word.
    """
    words = as_spoken(said)
    if not words:
        raise SkillError(f"In „{said}“ steht kein Wort.", "Schreib, was du sagen willst.")
    understanding = Understanding(content)
    meaning, obeyed = obeyed_in(understanding, content, words, check_state(state))
    texts = [word.text for word in words]
    print_line(
        console,
        Text.assemble(
            f"„{' '.join(texts)}“ in {state}: ",
            (name_of(obeyed), "bold green" if obeyed else "bold red"),
        ),
    )
    for line in lines_of(content, meaning, texts, content.live_commands(state)):
        print_line(console, f"  {line}")
    print_line(console, "In allen Zuständen:", "bold")
    for line in elsewhere_lines(understanding, content, words, obeyed):
        print_line(console, f"  {line}")


def all_right(tables: Sequence[Path], content: Content, console: Console) -> bool:
    """Print every miss of the tables and how many of each kind are right; return whether all are.

    SkillError for a table that is wrong.
    """
    read = [(path, read_table(path)) for path in tables]
    understanding = Understanding(content)
    right = True
    for path, rows in read:
        judged = [judge(understanding, content, row) for row in rows]
        for one in judged:
            if not one.is_right:
                print_line(console, _miss(content, one))
        if len(read) > 1:
            print_line(console, f"{path}:", "bold")
        for kind, score in scores(judged).items():
            print_line(console, f"{_KINDS[kind]}: {_of(score)}")
        right = right and all(one.is_right for one in judged)
    return right


def show_counts(content: Content, console: Console) -> None:
    """Print how many sentences each command is understood by."""
    counts = count_sentences(content)
    widest = max(map(len, counts))
    for name, count in counts.items():
        print_line(console, f"{name:<{widest}}  {_thousands(count):>14}")
    print_line(console, f"{'':<{widest}}  {_thousands(sum(counts.values())):>14}", "bold")


def _miss(content: Content, judged: Judged) -> str:
    row, meaning = judged.row, judged.meaning
    wanted = " oder ".join(NOTHING if one == NO_COMMAND else one for one in row.commands)
    why = f" Vorlage: {meaning.template}"
    if judged.obeyed is None:
        texts = [word.text for word in as_spoken(row.utterance)]
        why = f" {why_not(content, meaning, texts)}"
    return (
        f"Zeile {row.line}, {row.state}: erwartet {wanted}, verstanden {name_of(judged.obeyed)}:"
        f" „{row.utterance}“.{why}"
    )


def _of(score: Score) -> str:
    """Return "9 von 10 (90 %)", never rounded up."""
    tenths = math.floor(1000 * score.right / score.total)
    percent = f"{tenths // 10}" + (f",{tenths % 10}" if tenths % 10 else "")
    return f"{score.right} von {score.total} ({percent} %)"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
