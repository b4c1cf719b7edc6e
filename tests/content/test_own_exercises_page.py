"""What docs/own-exercises.md shows can be added as it stands."""

import re
from pathlib import Path

import pytest

from skill.content.own import content_for
from skill.paths import own_dialogs_dir
from skill.settings import Settings
from tests.content.own_folder import OwnFolder

PAGE = Path(__file__).parents[2] / "docs" / "own-exercises.md"
FILES = ("programmes/kleine-runde.yaml", "knowledge/alltag.yaml", "phrases.yaml")


def test_the_examples_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    own, said = OwnFolder(own_dialogs_dir()), list[str]()
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for name, text in zip(FILES, examples[1:], strict=True):
        assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
        own.text(name, text)
    content = content_for(Settings().dialog_folders, said.append)
    assert said == []
    assert content.vocabulary["kleine runde"].slot == "kleine-runde"
    assert content.vocabulary["wie soll ich schlafen"].slot == "schlafen"
    assert content.phrases["welcome.hello"] == ("Moin, da bist du ja.",)
