"""``make soak``: lives through hours of a household and says whether every promise was kept.

python -m workbench.soak [--hours 24] [--seed 1] [--json]
"""

import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rueckgrat.history import files as history_files
from skill.errors import SkillError
from skill.files import write_whole
from skill.paths import user_dir
from workbench.soak.figures import Figures, load
from workbench.soak.plot import draw_memory
from workbench.soak.simulation import BLOCKS_PER_HOUR, Simulation
from workbench.soak.verdict import as_dict, as_table, is_good

_STEPS_AN_HOUR = 6


def soak(
    figures: Figures, hours: float, folder: Path, say: Console, echo_db: float | None = None
) -> None:
    """Live until so many hours are lived; progress is kept at every full hour.

    The history of ``folder`` must be the one that ``figures`` know. Raises SkillError for whatever
    is missing to begin with.
    """
    if figures.hours_done >= hours:
        return
    simulation = Simulation(figures, folder, echo_db)
    try:
        end, block = round(hours * BLOCKS_PER_HOUR), round(figures.hours_done * BLOCKS_PER_HOUR)
        while block < end:
            step = BLOCKS_PER_HOUR // _STEPS_AN_HOUR
            step = min(step - block % step, end - block)
            simulation.run(step)
            block += step
            _tell(figures, say)
            if block % BLOCKS_PER_HOUR == 0:
                figures.save(folder / "progress.json")
    finally:
        simulation.close()
    figures.save(folder / "progress.json")


def _tell(figures: Figures, say: Console) -> None:
    memory = f"{figures.samples[-1].rss_mib:.0f} MiB" if figures.samples else ""
    say.print(
        f"{figures.hours_done:5.2f} h lived in {figures.wall_seconds / 60:.1f} min, {memory},"
        f" {figures.counts['troubles']} broken promises"
    )


def begun(seed: int, hours: float, folder: Path, fresh: bool, say: Console) -> Figures:
    """Return the figures to go on with: of a simulation that was broken off, or of a new one.

    A whole hour is the same every time, so a simulation is continued from full hours only.
    """
    figures = None if fresh else load(folder / "progress.json")
    if figures and figures.seed == seed and 0 < figures.hours_done < hours and _is_full(figures):
        say.print(f"Going on behind {figures.hours_done:.0f} hours (--fresh begins anew).")
        return figures
    (folder / "progress.json").unlink(missing_ok=True)
    history_files.delete(folder / "history.db")
    return Figures(seed)


def _is_full(figures: Figures) -> bool:
    return figures.hours_done == int(figures.hours_done)


def main(
    hours: Annotated[float, typer.Option(min=0.01, help="Hours of simulated simulation.")] = 24.0,
    seed: Annotated[int, typer.Option(help="The same seed, the same simulation.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    folder: Annotated[
        Path | None, typer.Option(help="Where history and progress are kept.")
    ] = None,
    echo: Annotated[
        float | None, typer.Option(help="How loud the coach comes back to the microphone, in dB.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option(help="Don't go on with a life that was broken off.")
    ] = False,
) -> None:
    """Live through a day and a night in accelerated time; exit code 1 for a broken promise."""
    logging.disable(logging.WARNING)  # faults are made on purpose
    say = Console(stderr=True, highlight=False)
    place = folder or user_dir("cache") / "soak" / f"seed-{seed}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        figures = begun(seed, hours, place, fresh, say)
        soak(figures, hours, place, say, echo)
        if figures.samples:
            write_whole(place / "memory.svg", draw_memory(figures.samples, seed))
        write_whole(place / "report.json", json.dumps(as_dict(figures), indent=2))
    except OSError as error:
        typer.echo(f"{place} cannot be written: {error.strerror}. Name a --folder.", err=True)
        raise typer.Exit(2) from error
    except SkillError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(as_dict(figures), indent=2))
    else:
        Console(width=None if sys.stdout.isatty() else 140).print(as_table(figures))
    _complain(figures, place, say)
    raise typer.Exit(0 if is_good(figures) else 1)


def _complain(figures: Figures, folder: Path, say: Console) -> None:
    for trouble in figures.troubles:
        say.print(f"[bold]{trouble.moment}[/bold] {trouble.what}", markup=True)
    if figures.troubles:
        last = figures.troubles[-1].moment.partition(":")[0]
        say.print(
            f"Again: python -m workbench.soak --fresh --seed {figures.seed}"
            f" --hours {int(last) + 1}."
            f" What came before each of them is in {folder / 'report.json'}."
        )
    say.print(f"Memory over the hours: {folder / 'memory.svg'}")


if __name__ == "__main__":
    typer.run(main)
