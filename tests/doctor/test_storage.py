import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from rueckgrat.doctor import storage
from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.storage import check_history, check_storage
from rueckgrat.history import open_history
from skill.messages.notes import HistoryEntry, SessionBegan


def _much(_: Path) -> int:
    return 10**10


def test_a_folder_that_can_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    found = check_storage("data", tmp_path, _much)
    assert found.verdict is Verdict.OK
    assert "10.000 MB" in found.measured
    assert list(tmp_path.iterdir()) == []


def test_folders_that_are_not_there_are_made_and_taken_away_again(tmp_path: Path) -> None:
    assert check_storage("cache", tmp_path / "a" / "b", _much).verdict is Verdict.OK
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (errno.ENOSPC, "voll"),
        (errno.EROFS, "nur lesen"),
        (errno.EACCES, "darf dort nicht schreiben"),
        (errno.EIO, "Der Datenträger hat einen Fehler"),
    ],
)
def test_why_nothing_can_be_written_is_said_with_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, word: str
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(storage.os, "fsync", refuse)
    found = check_storage("data", tmp_path, _much)
    assert found.verdict is Verdict.WARNING
    assert word in found.measured
    assert found.mend
    assert found.figures["writable"] is False
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    found = check_storage("data", tmp_path / "data" / "deeper", _much)
    assert found.verdict is Verdict.WARNING
    assert str(tmp_path / "data" / "deeper") in found.measured


def test_a_card_that_is_nearly_full(tmp_path: Path) -> None:
    found = check_storage("data", tmp_path, lambda _: 30_000_000)
    assert found.verdict is Verdict.WARNING
    assert "nur noch 30 MB" in found.measured


def test_no_history_is_made(tmp_path: Path) -> None:
    assert check_history(tmp_path / "history.db").verdict is Verdict.UNMEASURED
    assert list(tmp_path.iterdir()) == []


def test_a_history_that_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"this is no database, and never was " * 100)
    found = check_history(path)
    assert found.verdict is Verdict.WARNING
    assert "beschädigt" in found.measured


def test_a_history_that_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as history:
        history.add(HistoryEntry("anna", datetime(2026, 1, 5, 18, 30), SessionBegan()))
        history.add(HistoryEntry("", datetime(2026, 1, 6, 18, 30), SessionBegan()))
    found = check_history(path)
    assert (found.verdict, found.figures["entries"]) == (Verdict.OK, 2)
