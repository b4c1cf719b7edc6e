"""Two programs with one history: each waits for the other, and nothing is lost."""

import sqlite3
import subprocess
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rueckgrat.history import open_history
from tests.history.entries import fill, numbered
from tests.programs import started

HOLDING = """
    import sqlite3, sys
    database = sqlite3.connect(sys.argv[1], isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    print("held", flush=True)
    sys.stdin.read()
    database.execute("ROLLBACK")
"""


@pytest.fixture
def holder(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the history until its input ends."""
    fill(path, 1)
    with started(["-c", textwrap.dedent(HOLDING), str(path)]) as process:
        yield process


def _wait_until_held(holder: "subprocess.Popen[str]") -> None:
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"


def test_held_by_another_process_the_training_starts_nevertheless(
    path: Path, holder: "subprocess.Popen[str]"
) -> None:
    _wait_until_held(holder)
    began = time.perf_counter()
    with open_history(path) as history:
        assert time.perf_counter() - began < 30
        assert "Ein anderes Programm" in history.problem
        assert holder.stdin
        holder.stdin.close()
        holder.wait(120)
        history.add(numbered(1))
        assert history.entries("anna") == [numbered(0), numbered(1)]


def test_an_entry_waits_for_the_other_process_but_the_sound_does_not(path: Path) -> None:
    fill(path, 1)
    with open_history(path) as history:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        began = time.perf_counter()
        for number in range(1, 6):
            history.add(numbered(number))
        assert time.perf_counter() - began < 2.5  # 40 ms, and what a busy machine adds
        other.execute("ROLLBACK")
        other.close()
        history.flush()
        assert history.entries("anna") == [numbered(number) for number in range(6)]


ADDING = """
    import sys
    from pathlib import Path
    from rueckgrat.history import open_history
    from tests.history.entries import numbered

    with open_history(Path(sys.argv[1])) as history:
        for number in range(150):
            history.add(numbered(number, sys.argv[2]))
        history.flush()
        print(history.problem)
"""


def test_two_processes_at_once_lose_nothing(path: Path) -> None:
    command = ["-c", textwrap.dedent(ADDING), str(path)]
    people = ("anna", "bert")
    with started([*command, "anna"]) as one, started([*command, "bert"]) as other:
        assert [process.communicate(timeout=120)[0] for process in (one, other)] == ["\n", "\n"]
    with open_history(path) as history:
        for person in people:
            expected = [numbered(number, person) for number in range(150)]
            assert history.entries(person) == expected
