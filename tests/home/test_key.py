"""The household's key: made once, copied, read."""

import stat
from pathlib import Path

import pytest

from rueckgrat.home.key import KEY_BYTES, key_file, make_key, read_key
from skill.errors import SkillError
from skill.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    return tmp_path


def test_it_is_made_once_for_its_owner_only() -> None:
    path = key_file(Settings())
    assert read_key(Settings()) is None
    make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = read_key(Settings())
    assert key
    assert len(key) == KEY_BYTES
    with pytest.raises(SkillError, match="gibt es schon") as failed:
        make_key(path)
    assert "Kopier" in failed.value.mend
    assert read_key(Settings()) == key


def test_a_copy_is_the_same_key_however_it_was_copied(home: Path) -> None:
    make_key(home / "one")
    text = (home / "one").read_text()
    (home / "two").write_bytes(b"\xef\xbb\xbf" + text.strip().encode() + b"\r\n \r\n")
    one, two = (read_key(Settings(mqtt_key=str(home / name))) for name in ("one", "two"))
    assert one == two != None  # noqa: E711


@pytest.mark.parametrize("text", ["", "kein Schlüssel", "QUJD", "=" * 44])
def test_what_is_no_key_is_told(home: Path, text: str) -> None:
    (home / "key").write_text(text)
    with pytest.raises(SkillError, match="steht kein Haushaltsschlüssel") as failed:
        read_key(Settings(mqtt_key=str(home / "key")))
    assert "Kopier" in failed.value.mend


def test_a_key_that_is_named_and_not_there_is_told(home: Path) -> None:
    with pytest.raises(SkillError, match="das gibt es nicht"):
        read_key(Settings(mqtt_key=str(home / "key")))


def test_where_no_key_can_be_written_it_is_said(home: Path) -> None:
    (home / "file").write_text("")
    with pytest.raises(SkillError, match="kann ich keinen Schlüssel ablegen"):
        make_key(home / "file" / "household.key")
