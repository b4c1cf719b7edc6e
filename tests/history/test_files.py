from datetime import date
from pathlib import Path

from rueckgrat.history.files import delete, is_kept, set_aside

TODAY = date(2026, 1, 5)


def test_what_belongs_to_a_damaged_file_goes_with_it(path: Path) -> None:
    path.parent.mkdir()
    for ending in ("", "-journal", "-wal"):
        path.with_name(path.name + ending).write_text(ending)
    assert set_aside(path, TODAY).name == "history-damaged-2026-01-05.db"
    assert {one.name: one.read_text() for one in path.parent.iterdir()} == {
        "history-damaged-2026-01-05.db": "",
        "history-damaged-2026-01-05.db-journal": "-journal",
        "history-damaged-2026-01-05.db-wal": "-wal",
    }


def test_delete_takes_what_is_the_historys_and_nothing_else(path: Path) -> None:
    path.parent.mkdir()
    for name in ("history.db", "history.db-journal", "history-damaged-2026-01-05.db"):
        path.with_name(name).touch()
    others = {path.with_name(name) for name in ("history.csv", "history-mine.db", "notes.db")}
    for other in others:
        other.touch()
    assert is_kept(path)
    delete(path)
    assert set(path.parent.iterdir()) == others
    assert not is_kept(path)


def test_there_may_be_nothing_to_delete(path: Path) -> None:
    assert not is_kept(path)
    delete(path)
