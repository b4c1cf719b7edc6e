"""How far the rendering ahead of all lines has come."""

from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from rueckgrat.cli.lines import print_line
from rueckgrat.voices.prepare import (
    Batch,
    Prepared,
    Worker,
    batches,
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
    with the_only_preparation() as alone:
        if not alone:
            raise SkillError(
                "Die Sätze werden gerade schon vorbereitet.",
                "Warte, bis das fertig ist. Im Dienst geschieht es, wenn niemand trainiert.",
                code="already-preparing",
            )
        for batch in batches(settings, content):
            workers = workers_for(batch, settings, content, max(1, useful_workers()))
            state = _prepare_one(console, batch, workers)
            _conclude(console, batch.title, state)


def _prepare_one(console: Console, batch: Batch, workers: Sequence[Worker]) -> Prepared:
    columns = (
        TextColumn(batch.title),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(batch.title, total=len(batch.texts), left="")
        state = Prepared(len(batch.texts), 0)
        try:
            for state in prepare(workers, batch.texts):
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
