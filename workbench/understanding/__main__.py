"""``make bench-understanding``: plays a table of utterances to the ear, and prints one table.

python -m workbench.understanding [--utterances FILE] [--voices N] [--one-in N] [--json]
    [--misses] [--recordings DIR] [--jobs N]
"""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.understanding.table import read_table
from skill.content.loader import load_content
from skill.models.catalogue import BUILT_IN, choose_model
from skill.paths import user_dir
from workbench import CHECKOUT
from workbench.ears import corpora
from workbench.ears.measuring import Bench
from workbench.program import console, ends_well, report, say_what_is_missing, start
from workbench.understanding import table, tally
from workbench.understanding.clips import VOICES
from workbench.understanding.run import played
from workbench.understanding.trying import read_as_text

app = typer.Typer(add_completion=False)

_BESIDE = CHECKOUT.parent / "shared" / "utterances" / "utterances.tsv"
_NEEDED = ("heidelberg_digits", "noise", "rir")


@app.command()
def main(
    utterances: Annotated[Path, typer.Option(help="Table: state, command, utterance.")] = _BESIDE,
    voices: Annotated[int, typer.Option(min=1, max=len(VOICES), help="How many speak.")] = len(
        VOICES
    ),
    one_in: Annotated[int, typer.Option(min=1, help="Take only one row in so many.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    misses: Annotated[bool, typer.Option("--misses", help="Print every miss as well.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Text only: nothing is played.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Repeat what is kept.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    model: Annotated[str, typer.Option(help="The speech model: a name or a folder.")] = BUILT_IN,
    recordings: Annotated[Path | None, typer.Option(help="The folder of recordings.")] = None,
) -> None:
    """Measure how many utterances are understood: as text, and said in noise and rooms."""
    with ends_well():
        dialogs = load_content()
        rows = read_table(utterances)[::one_in]
        found = read_as_text(rows, dialogs)
        if not text:
            store = user_dir("cache") / "bench-understanding"
            bench = Bench(corpora.recordings_dir(recordings), store, fresh=fresh)
            say_what_is_missing(bench.recordings, corpora.missing(bench.recordings, _NEEDED))
            found += played(
                bench,
                choose_model(model),
                rows,
                voices=voices,
                one_in=one_in,
                jobs=jobs,
                report=report,
            )
    figures, noises = tally.figures(found), tally.noises(found)
    wrong = tally.misses(found)
    if as_json:
        document = {
            "utterances": len(rows),
            "rows": [one.as_dict() for one in figures],
            "sounds": [vars(one) for one in noises],
            "misses": list(table.as_lines(wrong)),
        }
        typer.echo(json.dumps(document, indent=1, ensure_ascii=False))
        return
    if misses:
        for line in table.as_lines(wrong):
            typer.echo(line)
    title = f"{len(rows)} utterances, {voices} voices, {choose_model(model).name}"
    console().print(table.as_table(title, figures, noises))


if __name__ == "__main__":
    start(app, "workbench.understanding")
