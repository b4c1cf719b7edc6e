from pathlib import Path

import pytest

from skill.paths import expanded, user_dir


def test_one_variable_puts_everything_under_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", "/srv/coach")
    folders = {user_dir(kind) for kind in ("cache", "config", "data")}
    assert folders == {Path("/srv/coach", kind) for kind in ("cache", "config", "data")}


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RUECKGRAT_HOME", "~/coach")
    assert user_dir("data") == tmp_path / "coach" / "data"


def test_without_it_they_are_where_the_system_keeps_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("RUECKGRAT_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_dir("cache") == tmp_path / "rueckgrat"


def test_a_home_of_somebody_who_is_not_here_stays_as_it_was_written() -> None:
    assert expanded("~nobody-of-that-name/dialogs") == Path("~nobody-of-that-name/dialogs")
    assert expanded("~/dialogs") == Path.home() / "dialogs"
