"""``calibrate``: learning a person's voice."""

from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.cli.options import Dialogs, Microphone, Model, Speaker, Voice, WordsPerMinute
from rueckgrat.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED


def calibrate(
    context: typer.Context,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Wessen Stimme, wenn mehrere trainieren.")
    ] = "ich",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Jeder Frage zustimmen, auch der Aufnahme.")
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help="Aufnahmen löschen und neu beginnen.")
    ] = False,
    report: Annotated[bool, typer.Option("--report", help="Den letzten Bericht zeigen.")] = False,
    dialog_test: Annotated[
        Path | None,
        typer.Option(
            metavar="ORDNER",
            file_okay=False,
            help="Hier aus den Aufnahmen einen Dialogtest machen.",
        ),
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Das Gelernte zurücknehmen, die Aufnahmen behalten.")
    ] = False,
    delete: Annotated[
        bool, typer.Option("--delete", help="Aufnahmen, Bericht und alles Gelernte löschen.")
    ] = False,
    microphone: Microphone = None,
    speaker: Speaker = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
) -> None:
    """Lernt deine Stimme: Du sprichst dem Coach fünf Minuten lang Wörter nach.

    Erst fragt er, ob du einverstanden bist; sonst schreibt er nichts. Die Aufnahmen bleiben auf
    diesem Gerät, im Datenordner des Programms. Sie zeigen, wie gut er dich versteht, was er aus
    Versehen für einen Befehl hält und wie gut Mikrofon und Raum sind. Daraus werden deine
    Schwellen, die `train` von da an nimmt, und das Sprachmodell lernt deine Stimme, wenn das hilft.
    `--undo` nimmt beides zurück. Brichst du ab, geht es beim nächsten Mal weiter.
    """
    from rueckgrat.calibration.calibration import Calibration
    from rueckgrat.calibration.store import Person
    from rueckgrat.cli.views.calibration import CalibrationScreen
    from skill.settings import load_settings

    settings = load_settings(
        {
            "microphone": microphone,
            "speaker": speaker,
            "model": model,
            "voice": voice,
            "words_per_minute": words_per_minute,
            "dialogs": dialogs,
        }
    )
    person = Person(name)
    terminal: Terminal = context.obj
    with terminal.console() as console:
        screen = CalibrationScreen(console, yes)
        calibration = Calibration(settings, person, screen)
        done = True
        if delete:
            done = calibration.delete()
        elif undo:
            calibration.undo()
        elif report:
            screen.show_report(calibration.report(), person.folder)
        elif dialog_test:
            path, result = calibration.make_dialog_test(dialog_test)
            screen.show_dialog_test(path, result)
            done = result.passed
        else:
            done = calibration.calibrate(redo, consents=yes)
    if not done:
        raise typer.Exit(NOT_AS_EXPECTED)
