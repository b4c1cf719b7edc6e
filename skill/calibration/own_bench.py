"""The benchmark of the ear on one's own recordings: ``replay --bench FOLDER``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from skill.calibration.measuring import Figures, ask
from skill.calibration.peers import LISTENERS
from skill.calibration.recordings import read_folder
from skill.settings import Settings
from skill.trainer import Trainer


@dataclass(frozen=True)
class OwnBench:
    """Who heard what in a folder, and what of it could not be read."""

    model: str
    figures: Mapping[str, Figures]
    problems: tuple[str, ...]


def bench_folder(folder: Path, settings: Settings) -> OwnBench:
    """Play a folder's recordings to the ear and to its peers of ``make bench-ears``.

    All commands count at once, which no state of the coach ever does, and the thresholds are the
    speech model's: a person's own were chosen on such recordings. Raises SkillError when there is
    nothing to be read.
    """
    trainer = Trainer(settings)
    model, content, model_dir = trainer.model, trainer.content, trainer.model_dir
    found = read_folder(folder, content.vocabulary)
    figures = {
        name: ask(listener(model, content, model_dir), found.recordings, content.commands)
        for name, listener in LISTENERS.items()
    }
    return OwnBench(model_dir.name, figures, found.problems)


def as_table(bench: OwnBench) -> Table:
    """Return the figures for the terminal, each with its denominator."""
    table = Table(
        "", *bench.figures, title=f"{bench.model}, its own thresholds, all commands count"
    )
    for label, cells in _rows(bench):
        table.add_row(label, *cells)
    return table


def as_dict(bench: OwnBench) -> dict[str, object]:
    """Return everything for JSON."""
    return {
        "model": bench.model,
        "problems": list(bench.problems),
        "listeners": {name: _figures(figures) for name, figures in bench.figures.items()},
    }


def _rows(bench: OwnBench) -> list[tuple[str, list[str]]]:
    everyone = list(bench.figures.values())
    rows = [("recall, all commands", [_of(one.right, len(one.commands)) for one in everyone])]
    for command in everyone[0].by_command():
        rows.append((f"  {command}", [_of(*one.by_command()[command]) for one in everyone]))
    confused = dict.fromkeys(pair for one in everyone for pair in one.confusions())
    for said, heard in confused:
        cells = [str(one.confusions()[said, heard]) for one in everyone]
        rows.append((f"  {said} taken for {heard}", cells))
    others, seconds = len(everyone[0].others), everyone[0].other_seconds
    fired = [f"{len(one.fired)} in {others} ({seconds:.0f} s)" for one in everyone]
    rows.append(("false accepts in other recordings", fired))
    for fired_as in dict.fromkeys(heard.command for one in everyone for heard in one.fired):
        cells = [str(sum(one.command == fired_as for one in each.fired)) for each in everyone]
        rows.append((f"  as {fired_as}", cells))
    for label, percentile in (("median", 50), ("p95", 95)):
        rows.append(
            (f"decision after the word, {label}", [_ms(one, percentile) for one in everyone])
        )
    return rows


def _of(right: int, said: int) -> str:
    return f"{right} of {said}" + (f" ({right / said:.0%})" if said else "")


def _ms(figures: Figures, percentile: float) -> str:
    latency = figures.latency_ms(percentile)
    return "–" if latency is None else f"{latency:.0f} ms ({len(figures.latencies_seconds)})"


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "commands": len(figures.commands),
        "right": figures.right,
        "by_command": {
            str(command): {"right": right, "said": said}
            for command, (right, said) in figures.by_command().items()
        },
        "confusions": [
            {"said": str(said), "heard": str(heard), "times": times}
            for (said, heard), times in figures.confusions().items()
        ],
        "other_recordings": len(figures.others),
        "other_seconds": round(figures.other_seconds, 1),
        "false_accepts": [str(heard.command) for heard in figures.fired],
        "latency_ms": {"median": figures.latency_ms(50), "p95": figures.latency_ms(95)},
        "recordings": [
            {
                "file": one.recording.file,
                "said": str(one.recording.command) if one.recording.command else None,
                "heard": [
                    {"command": str(heard.command), "confidence": heard.confidence}
                    for heard in one.heard
                ],
                "latency_ms": None
                if one.latency_seconds is None
                else round(one.latency_seconds * 1000),
            }
            for one in figures.outcomes
        ],
    }
