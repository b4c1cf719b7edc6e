"""``make bench-ears``: measures the ear, beside two plain Vosk loops, and prints one table.

python -m workbench.ears [--json] [--quick] [--part test|tune|all] [--jobs N]
python -m workbench.ears thresholds
"""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from rueckgrat.calibration.peers import EAR
from rueckgrat.calibration.threshold_file import write_thresholds
from rueckgrat.pictures.files import write_svg
from skill.content.loader import load_content
from skill.ear.rules import EarRules
from skill.ear.thresholds import model_file
from skill.errors import SkillError
from skill.models.catalogue import BUILT_IN, choose_model
from workbench.ears import corpora, table
from workbench.ears.contenders import BARE, Contender, contenders
from workbench.ears.corpora import PARTS, Part
from workbench.ears.measuring import Bench, measure_all
from workbench.ears.plot import draw_reliability
from workbench.ears.reliability import MIXTURE, before_and_after, worth
from workbench.ears.rows import Answers
from workbench.ears.run import measured_models, run_all
from workbench.ears.scenes import QUICK
from workbench.ears.thresholds import changed, choices, curve_of, evidence_scenes, with_curve
from workbench.program import console, ends_well, report, say_what_is_missing, start

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="15 minutes: --one-in 12.")] = False,
    one_in: Annotated[int, typer.Option(min=1, help="Play only one clip in so many.")] = 1,
    part: Annotated[str, typer.Option(help="Whose voices: test, tune or all.")] = "test",
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Repeat what is kept.")] = False,
    model: Annotated[str, typer.Option(help="Only this model: a name or a folder.")] = "",
    against: Annotated[
        Path | None, typer.Option(help="A second model's folder, in a column of its own.")
    ] = None,
    phrases: Annotated[
        bool, typer.Option("--phrases", help="Beside it, ears that know listed phrases only.")
    ] = False,
    recordings: Annotated[Path | None, typer.Option(help="The folder of recordings.")] = None,
) -> None:
    """Measure recall, false accepts, delay and cost of the ear, beside plain Vosk loops."""
    if context.invoked_subcommand:
        return
    with ends_well():
        root = corpora.recordings_dir(recordings)
        bench = Bench(root, fresh=fresh)
        say_what_is_missing(root, corpora.missing(root))
        share = QUICK if quick else one_in
        other = choose_model(str(against)) if against else None
        reports = [
            run_all(bench, asked, _parts(part), one_in=share, jobs=jobs, report=report)
            for one in measured_models(model)
            for asked in [contenders(one, other, phrases=phrases)]
        ]
    if as_json:
        typer.echo(json.dumps([one.as_dict() for one in reports], indent=1, ensure_ascii=False))
        return
    out = console()
    for one in reports:
        out.print(table.as_table(one.title, one.figures))
        for note in one.notes:
            out.print(note, markup=False, highlight=False)


@app.command()
def thresholds(
    write: Annotated[bool, typer.Option("--write", help="Write the model's ear.yaml.")] = False,
    plot: Annotated[
        Path | None, typer.Option(help="Show what it is worth on the test part: an SVG.")
    ] = None,
    one_in: Annotated[int, typer.Option(min=1, help="Play only one clip in so many.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    model: Annotated[str, typer.Option(help="For this model: a name or a folder.")] = BUILT_IN,
    recordings: Annotated[Path | None, typer.Option(help="The folder of recordings.")] = None,
) -> None:
    """Measure on the tune part what confidence is worth, and choose that of each command."""
    with ends_well():
        bench, chosen_model = Bench(corpora.recordings_dir(recordings)), choose_model(model)
        say_what_is_missing(bench.recordings, corpora.missing(bench.recordings))
        asked = [Contender(EAR, BARE, chosen_model)]
        content = load_content()
        measured = list(measure_all(bench, evidence_scenes(one_in), asked, jobs, report))
        curve = curve_of(measured, content)
        rules = EarRules().calibrated(curve)
        chosen = changed(choices(with_curve(measured, curve), content, rules))
        if write:
            path = model_file(chosen_model)
            confidence = {one.evidence.command: one.threshold for one in chosen}
            write_thresholds(path, confidence, content.safety_commands, _COMMENT, curve)
        lines = worth(Answers(measured, content), curve)
        if plot:
            unseen = evidence_scenes(one_in, "test")
            found = Answers(list(measure_all(bench, unseen, asked, jobs, report)), content)
            lines += worth(found, curve, "test")
            title = f"What the confidence of {chosen_model.name} is worth (test part)"
            write_svg(plot, draw_reliability(before_and_after(found, curve), title))
    for line in lines:
        typer.echo(line)
    for one in chosen:
        typer.echo(str(one))
    typer.echo("All others keep the default." if chosen else "All commands keep the default.")


_COMMENT = f"""Written by python -m workbench.ears thresholds --write, from the tune part.
probability: what the recogniser's confidence is worth, in {MIXTURE}."""


def _parts(name: str) -> tuple[Part, ...]:
    if name == "all":
        return PARTS
    for part in PARTS:
        if part == name:
            return (part,)
    raise SkillError(f"There is no part named {name!r}.", "Choose test, tune or all.")


if __name__ == "__main__":
    start(app, "workbench.ears")
