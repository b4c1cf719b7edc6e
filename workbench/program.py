"""How a program of the workbench talks and ends: errors in one line, Ctrl-C without a trace."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import Console

from skill.errors import SkillError

_WIDTH = 170
"""Columns of a table that is not printed on a terminal."""


@contextlib.contextmanager
def ends_well() -> Iterator[None]:
    """End the program with a sentence: exit code 2 for a SkillError, 130 for Ctrl-C."""
    try:
        yield
    except SkillError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except KeyboardInterrupt:
        typer.echo("\nStopped. What was measured is kept: the same command goes on from here.")
        raise typer.Exit(130) from None


def start(app: typer.Typer, module: str) -> None:
    """Run the program; SIGTERM ends it as Ctrl-C does: worker processes would go on otherwise."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    app(prog_name=f"python -m {module}")


def console() -> Console:
    """Return where tables are printed, as wide as they need where that is no terminal."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH)


def report(line: str) -> None:
    """Tell how far the program is, beside its result."""
    typer.echo(line, err=True)


def say_what_is_missing(root: Path, folders: list[str]) -> None:
    """Name the folders of recordings that are not there, if any."""
    if folders:
        report(
            f"Not in {root}: {', '.join(folders)}. Rows that need them are left out; name the"
            " folder of recordings with --recordings or RUECKGRAT_RECORDINGS."
        )
