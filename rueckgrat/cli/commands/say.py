"""``say``: one sentence in the coach's voice."""

from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.cli.options import Speaker, Voice, WordsPerMinute
from rueckgrat.cli.terminal import Terminal


def say(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="SATZ", help="Was ich sagen soll.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DATEI.wav", dir_okay=False, help="Hierhin, statt zu spielen."),
    ] = None,
    speaker: Speaker = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
) -> None:
    """Sagt einen Satz mit der Stimme des Trainers: um Lautsprecher und Stimme auszuprobieren."""
    from rueckgrat.voices.speaking import speak
    from skill.settings import load_settings

    settings = load_settings(
        {"speaker": speaker, "voice": voice, "words_per_minute": words_per_minute}
    )
    terminal: Terminal = context.obj
    with terminal.console():
        speak(settings, text, out)
