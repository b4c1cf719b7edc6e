"""Rooms point one way: what stands further up may import what stands further down, never back."""

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
PACKAGES = ("rueckgrat", "skill")

ORDER = (
    "cli",
    "doctor",
    "calibration exercises",
    "replay page",
    "voices",
    "fetching figures",
    "corpus export pictures recordings home adaptation",
    "trainer",
    "session",
    "ear coach voice history hardware reminders",
    "understanding progress buttons observers parts",
    "audio models",
    "content",
    "settings",
    "written",
    "messages extras",
    "files paths",
    "errors exit_codes __version__",
)
"""From top to bottom. Rooms on the same floor do not know each other."""

FLOOR = {room: floor for floor, rooms in enumerate(reversed(ORDER)) for room in rooms.split()}


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything of ours that a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno}: write the whole name"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def room_of(file: Path) -> str:
    return file.relative_to(CHECKOUT).parts[1].removesuffix(".py")


FILES = sorted(
    file
    for package in PACKAGES
    for file in (CHECKOUT / package).rglob("*.py")
    if file != CHECKOUT / package / "__init__.py"
)


def test_rooms_point_downward_only() -> None:
    upward = [
        f"{file.relative_to(CHECKOUT)}:{line} {name}"
        for file in FILES
        for line, name in imported(file)
        if name.startswith(("rueckgrat.", "skill."))
        and (there := name.split(".")[1]) != (here := room_of(file))
        and FLOOR[there] >= FLOOR[here]
    ]
    assert upward == []


def test_no_file_imports_itself_by_way_of_others() -> None:
    files = {".".join(file.relative_to(CHECKOUT).with_suffix("").parts): file for file in FILES}
    needs = {
        module: {
            other
            for _, name in imported(file)
            for other in (name, name.rpartition(".")[0])
            if other in files
        }
        for module, file in files.items()
    }
    graphlib.TopologicalSorter(needs).prepare()  # CycleError names the way round


def test_the_product_knows_neither_its_tests_nor_its_benchmarks() -> None:
    roots = {name.partition(".")[0] for file in FILES for _, name in imported(file)}
    assert not roots & {"tests", "workbench", "models"}


@pytest.mark.parametrize(
    ("module", "not_loaded"),
    [
        ("skill.messages", "skill.written skill.content numpy"),
        ("skill.settings", "skill.content skill.messages numpy"),
        ("skill.content.own", "skill.settings skill.ear skill.coach"),
        (
            "skill.trainer",
            "rueckgrat.replay rueckgrat.cli rueckgrat.calibration rueckgrat.doctor typer",
        ),
    ],
)
def test_a_room_loads_nothing_from_above(module: str, not_loaded: str) -> None:
    code = f"import sys, {module}; print(*{set(not_loaded.split())} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
