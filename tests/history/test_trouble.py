"""Nothing that is wrong with the disk keeps a training from starting."""

import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from rueckgrat.history import open_history
from rueckgrat.history.database import MIGRATIONS
from rueckgrat.history.words import NEWER
from skill.errors import SkillError
from skill.messages.notes import AgeTold, HistoryEntry
from tests.history.entries import BEGIN, fill, numbered

CHECKOUT = Path(__file__).resolve().parents[2]


def _python(code: str, *arguments: object) -> str:
    """Run code in a process of its own; return what it printed."""
    answer = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def _is_german_sentence(text: str) -> bool:
    return text.endswith((".", "!")) and "merken" in text and "Error" not in text


def test_a_newer_version_is_read_but_not_written(path: Path) -> None:
    fill(path, 3)
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    before = path.read_bytes()
    with open_history(path) as history:
        assert history.problem == NEWER
        assert history.entries("anna") == [numbered(0), numbered(1), numbered(2)]
        with pytest.raises(SkillError, match="neueren Version"):
            history.add(numbered(3))
    assert path.read_bytes() == before


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """A history in a folder that everybody may read, but not write to.

    Not beneath ``tmp_path``, which only its owner may enter.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        fill(path, 3)
        path.with_name(path.name + "-journal").unlink()
        path.chmod(0o444)
        path.parent.chmod(0o555)
        yield path
        path.parent.chmod(0o755)


AS_NOBODY = """
    import os, sys
    from pathlib import Path
    from skill.errors import SkillError
    from rueckgrat.history import open_history
    from tests.history.entries import numbered

    if os.geteuid() == 0:  # root may write everywhere
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    history = open_history(Path(sys.argv[1]))
    print(history.problem)
    print(len(history.entries("anna")))
    try:
        history.add(numbered(9))
    except SkillError as error:
        print(error)
    history.close()
"""


def test_in_a_read_only_folder_it_reads_and_says_that_it_does_not_write(unwritable: Path) -> None:
    problem, count, error = _python(AS_NOBODY, unwritable).splitlines()
    assert "darf ich nicht schreiben" in problem
    assert str(unwritable.parent) in problem
    assert count == "3"
    assert error == problem


def test_in_a_read_only_folder_without_a_history(unwritable: Path) -> None:
    problem, count, error = _python(AS_NOBODY, unwritable.parent / "new.db").splitlines()
    assert "darf ich nicht schreiben" in problem
    assert count == "0"
    assert error == problem
    assert [one.name for one in unwritable.parent.iterdir()] == ["history.db"]


def test_a_damaged_file_in_a_read_only_folder_stays_where_it_is(unwritable: Path) -> None:
    unwritable.chmod(0o644)
    rubbish = b"rubbish" * 1000
    unwritable.write_bytes(rubbish)
    unwritable.chmod(0o444)
    problem, count, _error = _python(AS_NOBODY, unwritable).splitlines()
    assert _is_german_sentence(problem)
    assert count == "0"
    assert unwritable.read_bytes() == rubbish


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with open_history(tmp_path / "data" / "history.db") as history:
        assert _is_german_sentence(history.problem)
        assert history.people() == []
        with pytest.raises(SkillError, match="merken"):
            history.add(numbered(1))


def test_a_folder_where_the_file_should_be(path: Path) -> None:
    path.mkdir(parents=True)
    with open_history(path) as history:
        assert _is_german_sentence(history.problem)
        assert history.entries("anna") == []


def test_once_the_folder_can_be_written_entries_are_kept(tmp_path: Path) -> None:
    blocked = tmp_path / "data"
    blocked.touch()
    with open_history(blocked / "history.db") as history:
        blocked.unlink()
        history.add(numbered(1))
        assert history.entries("anna") == [numbered(1)]


FULL = """
    import resource, sys
    from pathlib import Path
    from skill.errors import SkillError
    from rueckgrat.history import open_history
    from tests.history.entries import numbered

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    history = open_history(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
    added, error = [], ""
    for number in range(2000):
        try:
            history.add(numbered(number))
            history.flush()
        except SkillError as caught:
            error = str(caught)
            break
        added.append(numbered(number))
    assert history.entries("anna") == added
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    history.add(numbered(9999))  # there is room again
    assert history.entries("anna") == [*added, numbered(9999)]
    history.close()
    print(len(added))
    print(error)
"""


@pytest.mark.parametrize("room", [4096, 16_384, 100_000])
def test_no_more_room_is_a_sentence_and_nothing_is_lost(path: Path, room: int) -> None:
    count, error = _python(FULL, path, room).splitlines()
    assert _is_german_sentence(error)
    with open_history(path) as history:
        assert history.problem == ""
        added = [numbered(number) for number in range(int(count))]
        assert history.entries("anna") == [*added, numbered(9999)]


FULL_FROM_THE_START = """
    import resource, sys
    from pathlib import Path
    from rueckgrat.history import open_history

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    history = open_history(Path(sys.argv[1]))
    print(history.problem)
    print(history.entries("anna"))
    history.close()
"""


def test_no_room_for_a_new_history(path: Path) -> None:
    problem, entries = _python(FULL_FROM_THE_START, path).splitlines()
    assert _is_german_sentence(problem)
    assert entries == "[]"
    with open_history(path) as history:
        assert history.problem == ""
        history.add(numbered(1))


def test_a_full_database_asks_for_room(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small(sqlite3.Connection):
        """A database that may not grow beyond its first pages, as on a full disk."""

        def execute(self, *arguments: object) -> sqlite3.Cursor:
            super().execute("PRAGMA max_page_count = 3")
            return super().execute(*arguments)  # type: ignore[arg-type]

    fill(path, 1)
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda *one, **more: connect(*one, factory=Small, **more)
    )
    large = HistoryEntry("anna", BEGIN, AgeTold("x" * 20_000))
    with open_history(path) as history:
        with pytest.raises(SkillError, match=r"Der Speicher ist voll.*Platz"):
            history.add(large)
        assert history.entries("anna") == [numbered(0)]
