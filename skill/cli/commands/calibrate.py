"""``calibrate``: learning a person's voice."""

from pathlib import Path
from typing import Annotated

import typer

from skill.cli.options import Dialogs, Microphone, Model, Speaker, Voice, WordsPerMinute
from skill.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED


def calibrate(
    context: typer.Context,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="Whose voice, where several people train.")
    ] = "ich",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Agree to every question, also to being recorded.")
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help="Delete what was recorded, and begin anew.")
    ] = False,
    report: Annotated[bool, typer.Option("--report", help="Show the last report.")] = False,
    dialog_test: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", file_okay=False, help="Make a dialog test of the recordings, here."
        ),
    ] = None,
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete recordings, thresholds and report.")
    ] = False,
    microphone: Microphone = None,
    speaker: Speaker = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
) -> None:
    """Learn your voice: five minutes of saying words after the coach.

    It asks for your consent first, and without it nothing is written. Recordings stay on this
    machine, in the program's data folder. They measure how well you are understood, what fires
    by mistake and how good microphone and room are, and set your confidence thresholds, which
    `train` uses from then on. Broken off, it goes on where it stopped.
    """
    from skill.calibration.calibration import Calibration
    from skill.calibration.store import Person
    from skill.cli.views.calibration import CalibrationScreen
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
