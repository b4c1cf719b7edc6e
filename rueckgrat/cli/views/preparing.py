"""How far the rendering ahead of all lines has come."""

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from rueckgrat.cli.lines import print_line
from rueckgrat.voices.in_use import voices_in_use
from rueckgrat.voices.prepare import (
    Lines,
    Prepared,
    all_lines,
    kept_bytes,
    prepare,
    the_only_preparation,
    useful_workers,
    workers_for,
)
from skill.content.own import content_for
from skill.errors import SkillError
from skill.settings import Settings


def show_preparing(console: Console, settings: Settings) -> None:
    """Render all lines ahead with each voice in use, with a bar; SkillError if that can't be.

    KeyboardInterrupt goes on up, after a word: nothing is lost by it.
    """
    content = content_for(settings.dialog_folders)
    texts = all_lines(settings, content)
    with the_only_preparation() as alone:
        if not alone:
            raise SkillError(
                "Die Sätze werden gerade schon vorbereitet.",
                "Warte, bis das fertig ist. Im Dienst geschieht es, wenn niemand trainiert.",
                code="already-preparing",
            )
        for voice in voices_in_use(settings):
            workers = workers_for(voice, settings, content, useful_workers())
            state = _prepare_one(console, voice, workers, texts)
            _conclude(console, voice, state)


def _prepare_one(
    console: Console, voice: str, workers: Sequence[Lines], texts: list[str]
) -> Prepared:
    columns = (
        TextColumn(voice),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(voice, total=len(texts), left="")
        state = Prepared(len(texts), 0)
        try:
            for state in prepare(workers, texts):
                left = _time_left(state.seconds_left)
                progress.update(task, completed=state.done, left=left)
        except KeyboardInterrupt:
            progress.stop()
            rest = state.lines - state.done
            print_line(
                console,
                f"Angehalten. {state.done} Sätze sind bereit, {rest} fehlen noch. Weiter geht es"
                " mit „rueckgrat voice prepare“.",
            )
            raise
    return state


def _conclude(console: Console, voice: str, state: Prepared) -> None:
    ready = state.done - len(state.unspoken)
    if not state.rendered:
        print_line(console, f"{voice}: Alle {ready} Sätze waren schon bereit.")
    else:
        print_line(
            console,
            f"{voice}: {ready} Sätze sind bereit, {state.rendered} davon neu:"
            f" {_minutes(state.speech_seconds)} gesprochen, in {_minutes(state.seconds)}."
            f" Alles, was ich aufhebe, braucht {kept_bytes() / 1e6:.0f} MB.",
        )
    for text in state.unspoken:
        print_line(console, f"Das kann {voice} nicht sprechen: „{text}“", "yellow")


def _time_left(seconds: float | None) -> str:
    return "" if seconds is None else f"noch {_minutes(seconds)}"


def _minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} Minuten"
