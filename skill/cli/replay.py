"""``replay``: a dialog test or a plain recording, through the whole trainer."""

from pathlib import Path
from typing import Annotated

import typer

from skill.cli.options import Dialogs, Model, Out, Voice, WordsPerMinute
from skill.cli.terminal import Terminal

_EXIT_NOT_AS_EXPECTED = 1


def replay(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A dialog test (.yaml), or a recording (WAV, FLAC, OGG, MP3; any rate).",
        ),
    ],
    out: Out = None,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
) -> None:
    """Play a recording to the trainer, many times faster than real time.

    The transcript runs on the terminal. With --out the session is written as sound (left: user,
    right: coach), as text, and as a picture that explains it at a glance. A dialog test whose
    expectations are not met ends with exit code 1.
    """
    from skill.cli.played import play_dialog, play_recording
    from skill.replay.report import report
    from skill.settings import load_settings

    settings = load_settings(
        {"model": model, "voice": voice, "words_per_minute": words_per_minute, "dialogs": dialogs}
    )
    terminal: Terminal = context.obj
    with terminal.console() as console:
        if file.suffix not in {".yaml", ".yml"}:
            play_recording(file, settings, console, out)
            return
        result = play_dialog(file, settings, console, out)
        if not result.passed:
            console.print(f"\n{report(result)}", style="red", soft_wrap=True)
    if not result.passed:
        raise typer.Exit(_EXIT_NOT_AS_EXPECTED)
