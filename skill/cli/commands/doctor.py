"""``doctor``: will training work on this machine?"""

from typing import Annotated

import typer

from skill.cli.options import Dialogs, Microphone, Model, Speaker, Voice, WordsPerMinute
from skill.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED


def doctor(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for machines.")
    ] = False,
    no_sound: Annotated[
        bool, typer.Option("--no-sound", help="Leave out what makes or needs sound.")
    ] = False,
    microphone: Microphone = None,
    speaker: Speaker = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
) -> None:
    """Find out whether training will work here, and how to mend what is wrong.

    It looks at Python, system, clock, settings, disk, voice, speech model, speed and memory,
    listens to your microphone for five seconds (speak, or be silent), plays a sentence and
    listens to itself. Nothing is recorded or sent. Exit code 0: training will work, though
    there may be warnings; 1: it will not.
    """
    from skill.audio.portaudio import PortAudio
    from skill.cli.views.doctor import DoctorView, as_json_text
    from skill.doctor import Doctor, works

    options = {
        "microphone": microphone,
        "speaker": speaker,
        "model": model,
        "voice": voice,
        "words_per_minute": words_per_minute,
        "dialogs": dialogs,
    }
    terminal: Terminal = context.obj
    with terminal.console() as console:
        view = DoctorView(console, quiet=as_json)
        findings = []
        for finding in Doctor(options, view, None if no_sound else PortAudio()).examine():
            findings.append(finding)
            view.show(finding)
        if as_json:
            console.print(as_json_text(findings, not no_sound), soft_wrap=True)
        else:
            view.conclude(findings, not no_sound)
    if not works(findings):
        raise typer.Exit(NOT_AS_EXPECTED)
