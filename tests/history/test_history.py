import logging
import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from rueckgrat.history import database, open_history
from rueckgrat.history.database import MIGRATIONS
from rueckgrat.history.files import is_kept
from skill.paths import user_dir
from tests.history.entries import NOTES, entry, numbered


def _sql(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    with connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


def test_entries_come_back_in_their_order_by_person(path: Path) -> None:
    added = [entry(note, minute) for minute, note in enumerate(NOTES)]
    with open_history(path) as history:
        assert history.problem == ""
        assert history.people() == []
        for one in added:
            history.add(one)
        history.add(numbered(1, "zoe"))
        history.add(numbered(2, "bert"))
        assert history.entries("anna") == added
    with open_history(path) as again:
        assert again.entries("anna") == added
        assert again.entries("bert") == [numbered(2, "bert")]
        assert again.entries("nobody") == []
        assert again.people() == ["anna", "zoe", "bert"]


def test_the_order_is_that_of_adding_even_if_the_clock_was_set_back(path: Path) -> None:
    with open_history(path) as history:
        for minute in (5, 3, 4):
            history.add(numbered(minute))
        assert history.entries("anna") == [numbered(5), numbered(3), numbered(4)]


def test_an_entry_is_in_the_file_when_add_returns(path: Path) -> None:
    with open_history(path) as history:
        history.add(numbered(1))
        assert _sql(path, "SELECT count(*) FROM entries") == [(1,)]


def test_by_default_it_is_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    open_history().close()
    assert (user_dir("data") / "history.db").is_file()


def test_only_its_owner_may_read_it(path: Path) -> None:
    with open_history(path) as history:
        history.add(numbered(1))
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_closing_twice_is_allowed(path: Path) -> None:
    with open_history(path) as history:
        history.close()


def test_forget_deletes_every_file_and_what_is_added_then_is_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"rubbish" * 1000)
    with open_history(path) as history:
        history.add(numbered(1))
        path.with_name(path.name + "-wal").touch()
        assert len(list(path.parent.iterdir())) == 4  # history, journal, -wal, the damaged one
        history.forget()
        assert list(path.parent.iterdir()) == []
        assert not is_kept(path)
        assert history.people() == []
        history.add(numbered(2))
        assert history.entries("anna") == [numbered(2)]


def test_forgotten_by_another_process_what_is_added_then_is_kept(path: Path) -> None:
    with open_history(path) as training, open_history(path) as command:
        training.add(numbered(1))
        command.forget()
        training.add(numbered(2))
    with open_history(path) as again:
        assert again.entries("anna") == [numbered(2)]


def test_entries_of_a_newer_version_are_skipped(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    insert = "INSERT INTO entries (person, at, kind, fields) VALUES ('anna', ?, ?, ?)"
    with open_history(path) as history:
        history.add(numbered(1))
        _sql(path, insert, "2026-01-05T18:00:00", "Yodelled", "{}")
        _sql(path, insert, "sometime", "SessionBegan", "{}")
        history.add(numbered(2))
        with caplog.at_level(logging.INFO):
            assert history.entries("anna") == [numbered(1), numbered(2)]
    assert len(caplog.messages) == 2


def test_an_older_version_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_history(path) as old:
        old.add(numbered(1))
    newer = (*MIGRATIONS, ("ALTER TABLE entries ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'",))
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    with open_history(path) as history:
        assert history.problem == ""
        history.add(numbered(2))
        assert history.entries("anna") == [numbered(1), numbered(2)]
    assert _sql(path, "SELECT mood FROM entries") == [("fine",), ("fine",)]
    assert _sql(path, "PRAGMA user_version") == [(len(MIGRATIONS) + 1,)]


def test_a_migration_that_fails_leaves_everything_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_history(path) as old:
        old.add(numbered(1))
    wrong = (*MIGRATIONS, ("ALTER TABLE entries ADD COLUMN mood TEXT", "NONSENSE"))
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", wrong)
        with open_history(path) as history:
            assert "deshalb kann ich mir nichts merken" in history.problem
            assert history.entries("anna") == [numbered(1)]
    with open_history(path) as history:
        assert history.problem == ""
        assert history.entries("anna") == [numbered(1)]
    assert _sql(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


def test_set_aside_files_of_one_day_do_not_overwrite_each_other(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first" * 1000, b"second" * 1000, b"third" * 1000):
        path.write_bytes(content)
        open_history(path).close()
    kept = sorted(one.read_bytes()[:5] for one in path.parent.glob("history-damaged-*.db"))
    assert kept == [b"first", b"secon", b"third"]
    assert path.with_name(f"history-damaged-{date.today()}-3.db").exists()
