"""A damaged history is kept under another name, and a new one begun."""

import random
import sqlite3
from pathlib import Path

import pytest

from rueckgrat.history import History, open_history
from rueckgrat.history.database import MIGRATIONS
from skill.errors import SkillError
from tests.history.entries import fill, numbered

RUBBISH = random.Random(7).randbytes(20_000)


def _was_set_aside(history: History, content: bytes) -> None:
    """Check that the damaged file is kept as it was, and that all goes on in a new one."""
    (kept,) = history.path.parent.glob("history-damaged-*.db")
    assert kept.read_bytes() == content
    assert kept.name in history.problem
    assert history.people() == []
    history.add(numbered(1))
    assert history.entries("anna") == [numbered(1)]
    history.close()
    with open_history(history.path) as again:
        assert again.problem == ""
        assert again.entries("anna") == [numbered(1)]


@pytest.mark.parametrize("size", [2, 50, 99, 100, 511, 512, 4096, 20_000])
def test_random_bytes_are_set_aside(path: Path, size: int) -> None:
    path.parent.mkdir()
    path.write_bytes(RUBBISH[:size])
    _was_set_aside(open_history(path), RUBBISH[:size])


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_set_aside(path: Path, share: float) -> None:
    content = fill(path)
    broken = content[: round(len(content) * share)]
    path.write_bytes(broken)
    _was_set_aside(open_history(path), broken)


def test_a_file_cut_between_two_pages_is_set_aside(path: Path) -> None:
    broken = fill(path)[: 4096 * 3]
    path.write_bytes(broken)
    _was_set_aside(open_history(path), broken)


@pytest.mark.parametrize("page", [0, 1, 2, 5])
def test_a_page_of_rubbish_is_found(path: Path, page: int) -> None:
    content = fill(path)
    begin = page * 4096
    broken = content[:begin] + RUBBISH[:4096] + content[begin + 4096 :]
    path.write_bytes(broken)
    _was_set_aside(open_history(path), broken)


def test_an_empty_file_is_a_new_history(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with open_history(path) as history:
        assert history.problem == ""
        history.add(numbered(1))
        assert history.entries("anna") == [numbered(1)]


@pytest.mark.parametrize("version", [0, len(MIGRATIONS)])
def test_the_database_of_another_program_is_set_aside(path: Path, version: int) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE songs (title TEXT)")
    other.execute(f"PRAGMA user_version = {version}")
    other.close()
    content = path.read_bytes()
    _was_set_aside(open_history(path), content)


def test_damaged_while_open_it_says_so_and_the_next_entry_is_kept(path: Path) -> None:
    fill(path)
    with open_history(path) as history:
        path.write_bytes(RUBBISH)
        with pytest.raises(SkillError, match="beschädigt"):
            history.add(numbered(1))
        history.add(numbered(2))
        assert "aufgehoben" in history.problem
        assert history.entries("anna") == [numbered(2)]
