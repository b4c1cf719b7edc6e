"""``history``: what was trained, week by week; export and deletion."""

from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.cli.help import GermanTyper
from rueckgrat.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED

history_app = GermanTyper(
    help="Zeigt, was du trainiert hast, sichert es oder löscht es.",
)

_Person = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Nur von dieser Person, wenn mehrere trainieren."),
]


@history_app.callback(invoke_without_command=True)
def history(
    context: typer.Context,
    person: _Person = None,
    weeks: Annotated[int, typer.Option(metavar="N", min=1, help="So viele Wochen zeigen.")] = 12,
    out: Annotated[
        Path | None,
        typer.Option(metavar="ORDNER", file_okay=False, help="Hierhin ein Bild."),
    ] = None,
) -> None:
    """Zeigt Woche für Woche, was du trainiert hast; sichert es, oder löscht es.

    Alles liegt in einer Datei auf diesem Gerät, im Datenordner des Programms. Ton ist keiner darin,
    und nichts wird gesendet.
    """
    if context.invoked_subcommand:
        return
    from rueckgrat.cli.views.history import show_weeks

    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_weeks(console, person, weeks, out)


@history_app.command("export")
def export_sets(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="DATEI", help="Die Endung sagt, was es wird: .csv oder .json.")
    ],
    person: _Person = None,
    force: Annotated[bool, typer.Option("--force", help="Eine Datei überschreiben.")] = False,
) -> None:
    """Schreibt jeden Satz mit deiner Bewertung in eine Datei."""
    from rueckgrat.cli.views.history import export_history

    given_before = context.parent.params.get("person") if context.parent else None
    terminal: Terminal = context.obj
    with terminal.console() as console:
        export_history(console, file, person or given_before, overwrite=force)


@history_app.command()
def forget(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Nicht fragen.")] = False,
) -> None:
    """Löscht den ganzen Verlauf, von allen."""
    from rueckgrat.cli.views.history import forget_history
    from rueckgrat.cli.views.home import STILL_SHARED, is_shared
    from rueckgrat.cli.views.notices import notice
    from skill.settings import load_in_spite_of_the_file

    terminal: Terminal = context.obj
    with terminal.console() as console:
        done = forget_history(console, yes)
        if done and is_shared(load_in_spite_of_the_file()[0]):
            notice(console, STILL_SHARED)
    if not done:
        raise typer.Exit(NOT_AS_EXPECTED)
