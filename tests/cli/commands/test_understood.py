"""``understood``: what the trainer did not understand."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.observers.not_understood import not_understood_file
from tests.content.own_folder import OwnFolder

KEPT = (
    "2026-11-26T18:00:00\texercise.repeat\tunknown words\tpack mas zamm\n"
    "2026-11-26T18:00:10\tpaused\tunknown words\tschaun mer mal\n"
    "half a line\n"
    "2026-11-27T18:00:00\texercise.repeat\tunknown words\tpack mas zamm\n"
)


def understood(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["understood", *arguments])


@pytest.fixture
def kept(own_home: Path) -> Path:
    path = not_understood_file()
    path.parent.mkdir(parents=True)
    path.write_text(KEPT, encoding="utf-8")
    return path


@pytest.fixture
def learning(own_home: Path) -> None:
    (own_home / "config").mkdir(parents=True)
    (own_home / "config" / "settings.toml").write_text("learn_words = true\n", encoding="utf-8")


def test_switched_off_it_says_so_and_how_to_switch_it_on() -> None:
    answer = understood()
    assert answer.exit_code == 0
    assert "merke ich mir nicht" in answer.output
    assert "settings.toml: learn_words = true" in answer.output


@pytest.mark.usefixtures("learning")
def test_nothing_yet() -> None:
    assert understood().output == "Bisher habe ich mir nichts gemerkt.\n"


@pytest.mark.usefixtures("learning")
def test_grouped_by_text_newest_first(kept: Path) -> None:
    first, second, *_ = understood().output.splitlines()
    assert "2-mal  „pack mas zamm“  zuletzt 27.11.2026 in exercise.repeat  heute: nichts" in first
    assert "1-mal  „schaun mer mal“  zuletzt 26.11.2026 in paused  heute: nichts" in second


@pytest.mark.usefixtures("learning")
def test_what_they_would_be_today(kept: Path, own_home: Path) -> None:
    own = OwnFolder(own_home / "data" / "dialogs")
    own.text("own-commands.yaml", "sentences:\n  next: [pack mas zamm]\n")
    assert "heute: next" in understood().output


def test_forget_deletes_the_file(kept: Path) -> None:
    assert understood("--forget").output == "Alles gelöscht.\n"
    assert not kept.exists()
    assert understood("--forget").exit_code == 0
