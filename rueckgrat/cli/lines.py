"""How sentences and tables come onto a terminal and into a pipe.

On a terminal a sentence breaks between words, and goes on under where it began. In a pipe it is one
line, however long, and a table is as wide as it has to be: what reads there counts lines.
"""

import os
import re
from typing import TextIO

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_LEAST_COLUMNS = 24
"""Room that is left for text beside what stands before it; with less it goes on further left."""

_WIDEST = 10_000
_TABLE_COLUMNS = 76


def console_on(stream: TextIO) -> Console:
    """Return a console that prints text as it is, as wide as what ``stream`` leads to."""
    if os.environ.get("COLUMNS") == "0":  # some serial and CI terminals; rich would print nothing
        del os.environ["COLUMNS"]
    width = _fixed_width(stream)
    height = 25 if width else None  # without it rich does not look at the width
    return Console(
        file=stream, width=width, height=height, highlight=False, markup=False, emoji=False
    )


def print_line(console: Console, line: Text | str = "", style: str = "", hang: int = 0) -> None:
    """Print a line (or several, for one with breaks); the ``hang`` first columns are its label.

    Without ``hang`` it goes on under its first letter.
    """
    text = Text(line, style) if isinstance(line, str) else line
    for piece in _wrapped(console, text, hang):
        console.print(piece, soft_wrap=True)


def ask(console: Console, question: str, default: str) -> str:
    """Ask at the keyboard; Enter takes ``default``, which stands behind the question."""
    *first, last = _wrapped(console, Text(f"{question} [{default}]"))
    for one in first:
        console.print(one, soft_wrap=True)
    return str(typer.prompt(last.plain, default=default, show_default=False))


def print_for_machines(console: Console, text: str) -> None:
    """Print a text as it is, wherever it goes."""
    console.print(text, soft_wrap=True)


def print_table(console: Console, table: Table) -> None:
    """Print a table; columns are not squeezed where nobody sees a margin."""
    width = console.width
    if not console.is_terminal:
        widest = console.options.update(max_width=_WIDEST)
        console.width = max(width, console.measure(table, options=widest).maximum)
    console.print(table)
    console.width = width


def is_narrow(console: Console) -> bool:
    """Return whether tables have to do with less: no bars, shorter dates and titles."""
    return console.is_terminal and console.width < _TABLE_COLUMNS


def _fixed_width(stream: TextIO) -> int | None:
    """Return the width of a terminal where rich would take 80; None: it sees for itself, each time.

    It asks no terminal without cursor control, and stdin first: ``stream`` may be hidden from it.
    """
    is_dumb = os.environ.get("TERM", "") in {"dumb", "unknown"}
    if "COLUMNS" in os.environ or (os.isatty(0) and not is_dumb):
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):  # no terminal
        return None


def _wrapped(console: Console, text: Text, hang: int = 0) -> list[Text]:
    lines = text.split("\n", allow_blank=True)
    return [piece for line in lines for piece in _pieces(console, line, hang)]


def _pieces(console: Console, line: Text, hang: int) -> list[Text]:
    spaces = len(line.plain) - len(line.plain.lstrip(" "))
    hang = min(hang or spaces, max(0, console.width - _LEAST_COLUMNS))
    if not console.is_terminal or line.cell_len <= console.width:
        return [line]
    label, rest = line[:hang], line[hang:]
    first, *others = rest.divide(_breaks(rest.plain, console.width - hang))
    for one in (first, *others):
        one.rstrip()
    return [label + first, *(Text(" " * hang) + one for one in others)]


def _breaks(text: str, columns: int) -> list[int]:
    """Return where lines after the first begin: always at a word, even a longer one than a line."""
    breaks, begin = [], 0
    for word in re.finditer(r"\S+", text):
        if word.start() > begin and cell_len(text[begin : word.end()]) > columns:
            begin = word.start()
            breaks.append(begin)
    return breaks
