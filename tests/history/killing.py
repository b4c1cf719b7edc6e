"""Kills a writing process again and again: ``python -m tests.history.killing FILE ROUNDS``.

Exits with 0 if every acknowledged entry was there each time, and prints how many there were, and
how often a transaction was cut in two. A program of its own, because it forks: a round costs some
milliseconds, not the start of an interpreter.
"""

import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path
from typing import NoReturn

from rueckgrat.history import open_history
from tests.history.entries import numbered

_ROUNDS_PER_FILE = 10
_MOST_ACKNOWLEDGED = 6
_LONGEST_SECONDS = 0.005
"""From the last acknowledged entry that is waited for to the kill: a few more entries."""


def _add_forever(path: Path, first: int, acknowledged: int) -> NoReturn:
    history = open_history(path)
    assert history.problem == "", history.problem
    for number in range(first, sys.maxsize):
        history.add(numbered(number))
        history.flush()
        os.write(acknowledged, b"%d\n" % number)
    raise AssertionError("unreachable")


def _killed_after(path: Path, first: int, sure: int, seconds: float) -> int:
    """Let a child add entries from ``first`` on; return the last it was sure of.

    It is killed some seconds after it was ``sure`` of so many; ``first - 1``: it was of none.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _add_forever(path, first, writing)
    os.close(writing)
    seen = b""
    while seen.count(b"\n") < sure:
        some = os.read(reading, 1)
        assert some, "the child ended by itself"
        seen += some
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    with os.fdopen(reading, "rb") as acknowledged:
        numbers = [int(line) for line in (seen + acknowledged.read()).split()]
    assert numbers == list(range(first, first + len(numbers)))
    return first + len(numbers) - 1


def _count(path: Path) -> int:
    """Return how many entries there are, from 0 on, after checking that all is as it should be."""
    child = os.fork()  # the parent stays without threads, so that it may fork
    if child == 0:
        _check(path)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    count = int(database.execute("SELECT count(*) FROM entries").fetchone()[0])
    database.close()
    return count


def _check(path: Path) -> NoReturn:
    with open_history(path) as history:
        entries = history.entries("anna")
    expected = [numbered(number) for number in range(len(entries))]
    if history.problem or entries != expected:
        print(history.problem or entries, file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def main(folder: Path, rounds: int) -> None:
    chance = random.Random(2026)
    acknowledged = interrupted = count = 0
    for turn in range(rounds):
        path = folder / f"{turn // _ROUNDS_PER_FILE}" / "history.db"
        first = count if turn % _ROUNDS_PER_FILE else 0
        sure = chance.randrange(_MOST_ACKNOWLEDGED)
        last = _killed_after(path, first, sure, chance.uniform(0, _LONGEST_SECONDS))
        acknowledged += last - first + 1
        journal = path.with_name(path.name + "-journal")
        interrupted += journal.exists() and journal.stat().st_size > 0
        count = _count(path)
        # The one entry that was being written may be there or not.
        assert last + 1 <= count <= last + 2, (turn, first, last, count)
    print(acknowledged, interrupted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
