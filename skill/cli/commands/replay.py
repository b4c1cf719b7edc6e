"""``replay``: a dialog test or a plain recording, through the whole trainer."""

from pathlib import Path
from typing import Annotated

import typer

from skill.cli.options import Dialogs, Model, Out, Voice, WordsPerMinute
from skill.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED


def replay(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A dialog test (.yaml), or a recording (WAV, FLAC, OGG, MP3; any rate).",
        ),
    ] = None,
    out: Out = None,
    bench: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Instead: measure the ear with your own recordings, named after their command"
            " (weiter_1.wav; oov_1.wav for none) or listed in a manifest.tsv.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --bench: print JSON.")] = False,
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
    from skill.calibration.own_bench import bench_folder
    from skill.cli.views.own_bench import show_bench
    from skill.cli.views.transcript import Transcript
    from skill.errors import SkillError
    from skill.replay.play import play_dialog, play_recording
    from skill.replay.report import report
    from skill.settings import load_settings

    if (file is None) == (bench is None):
        raise SkillError("It is not clear what to play.", "Name a FILE, or a folder with --bench.")
    settings = load_settings(
        {"model": model, "voice": voice, "words_per_minute": words_per_minute, "dialogs": dialogs}
    )
    terminal: Terminal = context.obj
    with terminal.console() as console:
        if bench:
            show_bench(console, bench_folder(bench, settings), as_json)
            return
        assert file
        show = Transcript(console).show
        if file.suffix not in {".yaml", ".yml"}:
            play_recording(file, settings, out, show)
            return
        result = play_dialog(file, settings, out, show)
        if not result.passed:
            console.print(f"\n{report(result)}", style="red", soft_wrap=True)
    if not result.passed:
        raise typer.Exit(NOT_AS_EXPECTED)
