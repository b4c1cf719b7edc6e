"""``replay``: a dialog test or a plain recording, through the whole trainer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skill.cli.options import Dialogs, Model, Out, Voice, WordsPerMinute
from skill.cli.terminal import Terminal

if TYPE_CHECKING:
    from skill.settings import Settings

_EXIT_NOT_AS_EXPECTED = 1


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
    if bench:
        _measure(bench, settings, terminal, as_json)
        return
    assert file
    with terminal.console() as console:
        if file.suffix not in {".yaml", ".yml"}:
            play_recording(file, settings, console, out)
            return
        result = play_dialog(file, settings, console, out)
        if not result.passed:
            console.print(f"\n{report(result)}", style="red", soft_wrap=True)
    if not result.passed:
        raise typer.Exit(_EXIT_NOT_AS_EXPECTED)


def _measure(folder: Path, settings: "Settings", terminal: Terminal, as_json: bool) -> None:
    import json

    from skill.calibration.own_bench import as_dict, as_table, bench_folder

    with terminal.console() as console:
        found = bench_folder(folder, settings)
        if as_json:
            text = json.dumps(as_dict(found), indent=2, ensure_ascii=False)
            console.print(text, soft_wrap=True)
            return
        console.print(as_table(found))
        for problem in found.problems:
            console.print(f"Left out: {problem}", style="yellow", soft_wrap=True)
