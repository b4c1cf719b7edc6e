"""``train``: a session with microphone and speaker, or the recorded demonstration."""

import typer

from skill.cli.options import (
    Dialogs,
    Microphone,
    Model,
    Out,
    Speaker,
    Stays,
    Voice,
    WordsPerMinute,
)
from skill.cli.terminal import Terminal


def train(
    context: typer.Context,
    microphone: Microphone = None,
    speaker: Speaker = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
    stays: Stays = None,
    out: Out = None,
) -> None:
    """Train by voice. (default)

    Put the microphone within two metres, lie down, and talk: "ja", "nein", "weiter", "pause",
    "wiederholen", "langsamer", "hilfe", and "stopp" or "aua" at any time. Say "beenden" or press
    Ctrl-C to end. Nothing you say is stored unless you ask for it with --out.

    With --stay it waits for "hallo trainer" and goes back to waiting afterwards. It waits for
    its microphone and speaker, too, if they are not there yet.

    Otherwise, without a microphone and a speaker, it plays a recorded session instead, and
    writes it to ./out.
    """
    from skill.cli.live import train_live
    from skill.cli.views.notices import notice, settings_left_out
    from skill.settings import load_in_spite_of_the_file

    settings, wrong = load_in_spite_of_the_file(
        {
            "microphone": microphone,
            "speaker": speaker,
            "model": model,
            "voice": voice,
            "words_per_minute": words_per_minute,
            "dialogs": dialogs,
            "stays": stays,
        }
    )
    terminal: Terminal = context.obj
    with terminal.console() as console:
        if wrong:
            notice(console, settings_left_out(wrong))
        train_live(settings, console, out)
