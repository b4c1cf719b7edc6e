from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.voices.published import Publisher, publishing


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any voice but the built-in one."""
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    with publishing(monkeypatch) as it:
        yield it
