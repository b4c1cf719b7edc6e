"""Every command of the program, and how its screens are looked at."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import typer
from rich.console import Console

from rueckgrat.cli.app import app

_ENGLISH = """
a aborted after and any are arguments available be because before but by cannot check choose command
commands completion could current default did directory do does done error exist exit expected extra
failed file files folder following for from get given got has have help here how if input install
integer invalid is it its least line many mean message missing must no none of on only options or
other otherwise parameter path possible please read required requires run see set should show such
take takes that the their then there these this to too try unable unexpected unknown usage use used
valid value values warning when where which with without write wrong yes you your
"""
ENGLISH = frozenset(_ENGLISH.split())
"""What German does not have; words that it has, too ("in", "so", "Name", "will"), are not here."""

_TYPED = (
    r"(?m)^Aufruf: .*|Mehr dazu: .*|^  [a-z]+  |rueckgrat [a-z ]+"
    r"|\S*[-./_=#@]\S*\w|„[^“]*“|\b[A-Z]{2,}\b"
)


def commands() -> dict[str, Any]:
    """Return every command and group by what is typed, the program itself as ""."""
    return dict(_below("", typer.main.get_command(app)))


def english_words(text: str) -> set[str]:
    """Return the English words of a German text; what a person types (options, files) may be."""
    prose = re.sub(_TYPED, " ", text)
    return {word for word in re.findall(r"\w+", prose.lower()) if word in ENGLISH}


def screen(columns: int, is_terminal: bool = True) -> tuple[Console, StringIO]:
    """Return a console of this width, and what is written on it."""
    shown = StringIO()
    console = Console(
        file=shown,
        width=columns,
        force_terminal=is_terminal,
        no_color=True,
        color_system=None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    return console, shown


def broken_words(wrapped: str, whole: str) -> list[str]:
    """Return the words of a wrapped text that the text itself does not have."""
    known = set(whole.split())
    return [word for word in wrapped.split() if word not in known]


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from _below(f"{path} {name}".strip(), one)
