"""``replay``: a dialog test or a plain recording, through the whole trainer."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.cli.lines import print_line
from rueckgrat.cli.options import Dialogs, Model, Out, Page, Voice, WordsPerMinute
from rueckgrat.cli.terminal import Terminal
from skill.exit_codes import NOT_AS_EXPECTED


def replay(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="DATEI",
            help="Ein Dialogtest (.yaml), oder eine Aufnahme (WAV, FLAC, OGG, MP3).",
        ),
    ] = None,
    out: Out = None,
    bench: Annotated[
        Path | None,
        typer.Option(
            metavar="ORDNER",
            help="Stattdessen messen, wie gut ich deine Aufnahmen verstehe: benannt nach ihrem"
            " Befehl (weiter_1.wav; oov_1.wav für keinen) oder aufgezählt in manifest.tsv.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Mit --bench: JSON ausgeben.")] = False,
    model: Model = None,
    voice: Voice = None,
    words_per_minute: WordsPerMinute = None,
    dialogs: Dialogs = None,
    page: Page = None,
) -> None:
    """Spielt dem Trainer eine Aufnahme vor, viel schneller als in Wirklichkeit.

    Der Verlauf läuft im Terminal mit. Mit --out entsteht session.html: Im Browser hörst du das
    Training und liest mit. Daneben liegen der Ton allein (links du, rechts der Coach), der Text
    und ein Bild. Kommt ein Dialogtest nicht wie erwartet, steht am Ende der Code 1.

    Mit --page läuft der Dialog in der wirklichen Zeit, und eine Seite zeigt ihn; ohne DATEI ist es
    die mitgelieferte Übungsstunde.
    """
    from rueckgrat.calibration.own_bench import bench_folder
    from rueckgrat.cli.views.notices import notice
    from rueckgrat.cli.views.own_bench import show_bench
    from rueckgrat.cli.views.transcript import Transcript
    from rueckgrat.page.companion import looked_at
    from rueckgrat.replay.play import demonstration, play_dialog, play_recording
    from rueckgrat.replay.report import report
    from skill.errors import SkillError
    from skill.settings import load_settings

    file = file or (demonstration() if page and not bench else None)
    if (file is None) == (bench is None):
        raise SkillError(
            "Was soll ich abspielen?", "Nenn mir eine DATEI, oder einen Ordner mit --bench."
        )
    settings = load_settings(
        {
            "model": model,
            "voice": voice,
            "words_per_minute": words_per_minute,
            "dialogs": dialogs,
            "page": bool(page),
        }
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
        with looked_at(settings, partial(notice, console)) as onlooker:
            result = play_dialog(file, settings, out, show, onlooker)
        if not result.passed:
            print_line(console, f"\n{report(result)}", "red")
    if not result.passed:
        raise typer.Exit(NOT_AS_EXPECTED)
