"""What docs/own-words.md shows works as it stands."""

import re
from pathlib import Path

import pytest

from rueckgrat.understanding.everywhere import in_all_states
from rueckgrat.understanding.table import judge, read_table
from skill.content.own import content_for
from skill.paths import own_dialogs_dir
from skill.settings import Settings
from skill.understanding import Understanding
from skill.understanding.spoken import as_spoken
from tests.content.own_folder import OwnFolder

PAGE = (Path(__file__).parents[2] / "docs" / "own-words.md").read_text(encoding="utf-8")


@pytest.fixture
def understanding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Understanding:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    OwnFolder(own_dialogs_dir()).text("own-commands.yaml", example)
    return Understanding(content_for(Settings().dialog_folders, pytest.fail))


def test_the_example_is_taken(understanding: Understanding) -> None:
    content = content_for(Settings().dialog_folders, pytest.fail)
    live = content.live_commands("exercise.repeat")
    for said, name in (
        ("hopp leute", "next"),
        ("auf gehts", "next"),
        ("i brauch a kurze rast gell", "pause"),
    ):
        command = understanding.text(said, live).command
        assert command is not None
        assert command.name == name


def test_the_states_that_are_shown(understanding: Understanding) -> None:
    content = content_for(Settings().dialog_folders, pytest.fail)
    found = in_all_states(understanding, content, as_spoken("fei pack mas"))
    shown = {str(command): ", ".join(states) for command, states in found.items()}
    assert f"  next: {shown['next']}\n" in PAGE


def test_the_table_is_right(understanding: Understanding, tmp_path: Path) -> None:
    content = content_for(Settings().dialog_folders, pytest.fail)
    (rows,) = re.findall(r"```\n(state\t.*?)```", PAGE, re.DOTALL)
    (tmp_path / "table.tsv").write_text(rows, encoding="utf-8")
    judged = [judge(understanding, content, row) for row in read_table(tmp_path / "table.tsv")]
    assert len(judged) == 2
    assert all(one.is_right for one in judged), judged
