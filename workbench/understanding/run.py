"""One run: everything that has a sound, in several processes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rueckgrat.understanding.table import TableRow
from workbench.ears.measuring import Bench, Progress, in_processes
from workbench.ears.store import Store
from workbench.understanding.clips import CONDITIONS, DIGIT_CONDITIONS, VOICES, scenes
from workbench.understanding.trying import (
    SOUNDS,
    UTTERANCES,
    Found,
    try_digits,
    try_scene,
    try_sounds,
)


def played(
    bench: Bench,
    model: Path,
    rows: Sequence[TableRow],
    *,
    voices: int,
    one_in: int,
    jobs: int,
    report: Callable[[str], None],
) -> list[Found]:
    """Return what came of everything that has a sound, in the order of the conditions.

    ``report`` gets a line for each piece of work done.
    """
    Store(bench.store).forget_old()
    wanted = scenes(rows, VOICES[:voices])
    tasks = [
        *((try_scene, bench, model, scene) for scene in wanted),
        *((try_digits, bench, model, condition, one_in) for condition in DIGIT_CONDITIONS),
        (try_sounds, bench, model, one_in),
    ]
    progress = Progress(len(tasks), report=report)
    found: list[Found] = []
    for task, pieces in in_processes(_work, tasks, jobs):
        what = task[3]
        progress.step(getattr(what, "name", f"{task[0].__name__} {what}"))
        found += pieces
    return sorted(found, key=_place)


def _work(task: Callable[..., list[Found]], *arguments: Any) -> list[Found]:
    return task(*arguments)


def _place(found: Found) -> tuple[bool, bool, int, str]:
    return (
        found.source == SOUNDS,
        found.source != UTTERANCES,
        CONDITIONS.index(found.condition),
        found.tried[0].voice if found.tried else "",
    )
