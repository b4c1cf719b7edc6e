"""``history``: what was trained, week by week; export and deletion."""

from pathlib import Path
from typing import Annotated

import typer

from skill.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED

history_app = typer.Typer(
    help="Show what you have trained, export it, or delete it.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Person = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Only this person's, where several people train."),
]


@history_app.callback(invoke_without_command=True)
def history(
    context: typer.Context,
    person: _Person = None,
    weeks: Annotated[int, typer.Option(metavar="N", min=1, help="How many weeks to show.")] = 12,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", file_okay=False, help="Write a picture here.")
    ] = None,
) -> None:
    """Show what you have trained, week by week; export it, or delete it.

    All of it lies in one file on this machine, in the program's data folder. There is no audio in
    it, and nothing is sent.
    """
    if context.invoked_subcommand:
        return
    from skill.cli.views.history import show_weeks

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_weeks(console, person, weeks, out)


@history_app.command("export")
def export_sets(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Its ending says what it becomes: .csv or .json.")],
    person: _Person = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file.")] = False,
) -> None:
    """Write every set with its rating to a file."""
    from skill.cli.views.history import export_history

    given_before = context.parent.params.get("person") if context.parent else None
    terminal: Terminal = context.obj
    with terminal.console() as console:
        export_history(console, file, person or given_before, overwrite=force)


@history_app.command()
def forget(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete the whole history, of all people."""
    from skill.cli.views.history import forget_history

    terminal: Terminal = context.obj
    with terminal.console() as console:
        done = forget_history(console, yes)
    if not done:
        raise typer.Exit(NOT_AS_EXPECTED)
