"""The benchmark of the ear on one's own recordings: ``replay --bench FOLDER``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rueckgrat.calibration.measuring import Figures, ask
from rueckgrat.calibration.peers import LISTENERS
from rueckgrat.calibration.recordings import read_folder
from skill.settings import Settings
from skill.trainer import Trainer


@dataclass(frozen=True)
class OwnBench:
    """Who heard what in a folder, and what of it could not be read."""

    model: str
    figures: Mapping[str, Figures]
    problems: tuple[str, ...]


def bench_folder(folder: Path, settings: Settings) -> OwnBench:
    """Play a folder's recordings to the ear and to the simpler recognisers of ``make bench-ears``.

    All commands count at once, which no state of the coach ever does. The model is as it came, with
    its own thresholds: a person's were chosen, and their voice was learnt, on such recordings.
    Raises SkillError when there is nothing to be read.
    """
    trainer = Trainer(settings, plain=True)
    model, content, model_dir = trainer.model, trainer.content, trainer.model_dir
    found = read_folder(folder, content.vocabulary)
    figures = {
        name: ask(listener(model, content, model_dir), found.recordings, content.commands)
        for name, listener in LISTENERS.items()
    }
    return OwnBench(model_dir.name, figures, found.problems)


def as_dict(bench: OwnBench) -> dict[str, object]:
    """Return everything for JSON."""
    return {
        "model": bench.model,
        "problems": list(bench.problems),
        "listeners": {name: _figures(figures) for name, figures in bench.figures.items()},
    }


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
