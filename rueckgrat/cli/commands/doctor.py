"""``doctor``: will training work on this machine?"""

from typing import Annotated

import typer

from rueckgrat.cli.lines import print_for_machines
from rueckgrat.cli.options import Dialogs, Microphone, Model, Speaker, Voice, WordsPerMinute
from rueckgrat.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED


def doctor(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Alles als JSON ausgeben, für Maschinen.")
    ] = False,
    no_sound: Annotated[
        bool, typer.Option("--no-sound", help="Weglassen, was Ton macht oder braucht.")
    ] = False,
    microphone: Microphone = None,
    speaker: Speaker = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
) -> None:
    """Prüft, ob das Training hier gehen wird, und sagt, was zu tun ist, wenn nicht.

    Angesehen werden Python, System, Uhr, Einstellungen, Speicher, Stimme, Sprachmodell, Tempo und
    Arbeitsspeicher. Fünf Sekunden lang höre ich deinem Mikrofon zu (sprich, oder sei still), dann
    spiele ich einen Satz und höre mir selbst zu. Nichts wird aufgenommen oder gesendet. Am Ende
    steht der Code 0, wenn das Training gehen wird, auch bei Warnungen, und sonst 1.
    """
    from rueckgrat.cli.views.doctor import DoctorView, as_json_text
    from rueckgrat.doctor import Doctor, works
    from skill.audio.portaudio import PortAudio

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
            print_for_machines(console, as_json_text(findings, not no_sound))
        else:
            view.conclude(findings, not no_sound)
    if not works(findings):
        raise typer.Exit(NOT_AS_EXPECTED)
