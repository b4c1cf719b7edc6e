"""``exercises`` lists what can be trained; ``exercise`` makes, checks and draws one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rueckgrat.cli.help import GermanTyper
from rueckgrat.cli.lines import print_line
from rueckgrat.cli.options import Dialogs, Model
from rueckgrat.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED

if TYPE_CHECKING:
    from rich.console import Console

    from rueckgrat.exercises.check import Checked
    from skill.settings import Settings

exercise_app = GermanTyper(
    help="Macht eine eigene Übung, prüft deine Dateien, und zeichnet.",
    no_args_is_help=True,
)


def exercises(context: typer.Context, dialogs: Dialogs = None) -> None:
    """Zeigt Programme und Übungen: was du sagst, wozu sie gut sind, wie lange und wie oft."""
    from rueckgrat.cli.views.exercises import show_exercises
    from skill.content.own import content_for
    from skill.settings import load_settings

    settings = load_settings({"dialogs": dialogs})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        show_exercises(console, content_for(settings.dialog_folders))


@exercise_app.command()
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Wie sie heißt, etwa Hund.")],
    template: Annotated[
        bool,
        typer.Option("--template", help="Nichts fragen: ein ausgefülltes Beispiel schreiben."),
    ] = False,
    dialogs: Dialogs = None,
    model: Model = None,
) -> None:
    """Fragt dich in ein paar Sätzen nach einer Übung, und nimmt sie zu deinen eigenen.

    Die Datei kommt in deinen Ordner, aus dem sie jedes Training von selbst nimmt; mit --dialogs
    in diesen. Sie wird gleich geprüft. Nichts wird ohne Frage überschrieben.
    """
    from rueckgrat.cli.views.exercise_questions import make_exercise
    from rueckgrat.exercises.check import check_path
    from rueckgrat.figures.lint import figure_findings
    from skill.settings import load_settings

    settings = load_settings({"dialogs": dialogs, "model": model})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        knows = _known_words(settings, console)
    made = make_exercise(name, settings, knows, asks=not template)
    if made is None:
        typer.echo("Nichts geändert.")
        return
    with terminal.console() as console:
        checked = check_path(made.path, settings.dialog_folders, knows, of_exercise=figure_findings)
        print_line(console, f"Gespeichert: {made.path}")
        _show(checked, console)
        said = made.draft.spoken_names[0]
        print_line(console, f"Zum Üben: rueckgrat starten und „{said}“ sagen.")


@exercise_app.command()
def check(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(metavar="DATEI|ORDNER", help="Sonst alles, was dir gehört."),
    ] = None,
    dialogs: Dialogs = None,
    model: Model = None,
) -> None:
    """Erklärt jeden Fehler in deinen Dateien: wo er steht, und was zu tun ist.

    Eine Datei mit Fehlern bleibt beim Training weg, mit allem anderen wird trainiert. Am Ende
    steht der Code 1, wenn es einen Fehler gibt. Ohne Fehler nennt ein Hinweis Wörter, die deine
    Stimme vielleicht falsch ausspricht.
    """
    from rueckgrat.exercises.answers import answers_taken
    from rueckgrat.exercises.check import check_folders, check_path
    from rueckgrat.figures.lint import figure_findings
    from skill.paths import own_dialogs_dir
    from skill.settings import load_settings

    settings = load_settings({"dialogs": dialogs, "model": model})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        knows = _known_words(settings, console)
        folders = settings.dialog_folders
        check = partial(check_path, path) if path else check_folders
        checked = check(folders, knows, [answers_taken], figure_findings)
        if not checked.files and not checked.mistakes:
            place = path or own_dialogs_dir()
            print_line(
                console, f"In {place} ist noch nichts. So fängst du an: rueckgrat exercise new NAME"
            )
            return
        _show(checked, console)
        _show_unheard(checked, settings, console)


@exercise_app.command()
def picture(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Welche Übung, etwa brücke.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DATEI", dir_okay=False, help="Hierhin; sonst NAME.svg."),
    ] = None,
    dialogs: Dialogs = None,
) -> None:
    """Zeichnet die Haltungen einer Übung der Reihe nach, auch leichter und schwerer, als SVG."""
    from rueckgrat.figures.files import exercise_called, write_strip
    from skill.content.own import content_for
    from skill.settings import load_settings

    settings = load_settings({"dialogs": dialogs})
    terminal: Terminal = context.obj
    with terminal.console() as console:
        exercise = exercise_called(content_for(settings.dialog_folders), name)
        path = out or Path(f"{exercise.id}.svg")
        write_strip(exercise, path)
        print_line(console, f"Gezeichnet: {path}")


def _known_words(settings: "Settings", console: "Console") -> Callable[[str], bool] | None:
    """Return what tells whether the speech model knows a word; without a model say so."""
    from skill.ear import SpeechModel
    from skill.errors import ModelError
    from skill.models import choose_model

    try:
        return SpeechModel(choose_model(settings.model)).knows
    except ModelError as error:
        print_line(
            console,
            f"Ob das Sprachmodell alle Wörter kennt, konnte ich nicht prüfen ({error})",
            "yellow",
        )
        return None


def _show(checked: "Checked", console: "Console") -> None:
    from rueckgrat.cli.views.exercises import show_checked

    show_checked(console, checked)
    if checked.mistakes:
        raise typer.Exit(NOT_AS_EXPECTED)


def _show_unheard(checked: "Checked", settings: "Settings", console: "Console") -> None:
    """Say which words nobody has heard the chosen voice say; of one that isn't here nothing."""
    from rueckgrat.cli.views.exercises import show_unheard
    from rueckgrat.exercises.unheard import unheard_of
    from skill.content.loader import load_content
    from skill.errors import VoiceError
    from skill.voice.choice import read_choice

    try:
        voice = read_choice(settings.voice)
    except VoiceError:
        return
    found = unheard_of(checked.lines, voice, checked.content, load_content())
    show_unheard(console, settings.voice, voice, found)
