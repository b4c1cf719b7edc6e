"""The very first time on a machine, and what is left of it."""

from pathlib import Path

import pytest

from rueckgrat.observers.first_time import FirstTime
from skill.messages.events import Event, Said, StateEntered


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    return tmp_path / "data"


def _state(name: str) -> Event:
    return StateEntered(1.0, name)


def test_it_is_the_first_time_until_the_meeting_is_over(data: Path) -> None:
    first_time = FirstTime()
    for name in ("hello.intro", "hello.hear", "paused", "goodbye", "standby"):
        first_time.add(_state(name))
    first_time.add(Said(1.0, 2.0, "Schön.", "hello.done"))
    assert first_time.is_now
    first_time.add(_state("hello.done"))
    assert not first_time.is_now
    assert not FirstTime().is_now
    assert "stell" in FirstTime().marker.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_costs_no_session(data: Path) -> None:
    data.write_text("a file in place of the folder", encoding="utf-8")
    first_time = FirstTime()
    first_time.add(_state("hello.done"))
    assert first_time.is_now


def test_a_folder_that_cannot_be_read_greets_nobody(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError("no")

    monkeypatch.setattr(Path, "exists", refuse)
    assert not FirstTime().is_now
