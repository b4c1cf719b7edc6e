"""``understand``: what a sentence means; ``understood``: what was said and not understood."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rueckgrat.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED
from skill.files import is_file

if TYPE_CHECKING:
    from rich.console import Console

    from skill.content.schema import Content
    from skill.settings import Settings

USUAL_STATE = "exercise.repeat"

OwnDialogs = Annotated[
    str | None,
    typer.Option(metavar="ORDNER", help="Ein Ordner mit eigenen Übungen und Sätzen, wie dialogs/."),
]
State = Annotated[
    str | None,
    typer.Option(metavar="ZUSTAND", help="Wo du gerade bist, zum Beispiel menu.ask oder paused."),
]


def understand(
    context: typer.Context,
    said: Annotated[
        list[str] | None,
        typer.Argument(metavar="SATZ | DATEI.tsv", help="Was du sagst, oder eine Tabelle davon."),
    ] = None,
    state: State = None,
    count: Annotated[
        bool, typer.Option("--count", help="Zählen, wie viele Sätze ich je Befehl verstehe.")
    ] = False,
    dialogs: OwnDialogs = None,
) -> None:
    """Zeigt, was ein Satz für den Trainer heißt und warum, ganz ohne Mikrofon.

    Mit einer Tabelle (Spalten „state“, „command“ und „utterance“, mit Tabulatoren dazwischen) prüft
    es jede Zeile: „command“ ist, was herauskommen soll, mehrere mit | dazwischen, und - für nichts.
    Am Ende steht der Code 0, wenn alles stimmt, und sonst 1.
    """
    from rueckgrat.cli.views.understanding import all_right, show_counts, show_sentence
    from skill.errors import SkillError
    from skill.settings import load_settings
    from skill.written.text import typed

    settings = load_settings({"dialogs": dialogs})
    tables = [Path(one) for one in said or () if _is_table(one)]
    sentence = typed(" ".join(said or ())).strip()
    if not (sentence or count):
        raise SkillError(
            "Was soll ich verstehen?", 'Zum Beispiel: rueckgrat understand "warte mal kurz"'
        )
    if tables and (state or len(tables) < len(said or ())):
        raise SkillError(
            "Eine Tabelle prüfe ich für sich.", "Sie nennt zu jedem Satz selbst den Zustand."
        )
    terminal: Terminal = context.obj
    with terminal.console() as console:
        content = _content(settings, console)
        if count:
            show_counts(content, console)
        right = True
        if tables:
            right = all_right(tables, content, console)
        elif sentence:
            show_sentence(sentence, state or USUAL_STATE, content, console)
    if not right:
        raise typer.Exit(NOT_AS_EXPECTED)


def understood(
    context: typer.Context,
    forget: Annotated[bool, typer.Option("--forget", help="Alles löschen.")] = False,
    dialogs: OwnDialogs = None,
) -> None:
    """Zeigt, was der Trainer nicht verstanden hat, und was er heute daraus machen würde.

    Er merkt es sich nur, wenn in deinen Einstellungen learn_words = true steht: als Text, auf
    diesem Gerät, nie als Ton. Eigene Wörter bringst du ihm mit own-commands.yaml bei.
    """
    from rueckgrat.cli.views.understood import forget_rejected, show_rejected
    from skill.settings import load_settings

    terminal: Terminal = context.obj
    with terminal.console() as console:
        if forget:
            forget_rejected(console)
            return
        show_rejected(load_settings({"dialogs": dialogs}), console)


def _is_table(text: str) -> bool:
    """Return whether an argument names a file; nobody says "sätze.tsv"."""
    if text.lower().endswith((".tsv", ".txt", ".csv")):
        return True
    return is_file(Path(text))


def _content(settings: "Settings", console: "Console") -> "Content":
    from rueckgrat.cli.views.notices import notice
    from skill.content.own import content_for
    from skill.content.personal import personal

    content = content_for(settings.dialog_folders, lambda sentence: notice(console, sentence))
    return personal(content, settings.people, settings.wake)
