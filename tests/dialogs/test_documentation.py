"""The example of docs/dialog-tests.md works as it stands there."""

import re
import shutil
from pathlib import Path

import pytest

from rueckgrat.replay.dialog import End, Expectation, Setup, Step, When
from rueckgrat.replay.past import Past
from rueckgrat.replay.reading import read_dialog
from rueckgrat.replay.report import report
from rueckgrat.replay.run import run_dialog
from rueckgrat.replay.sessions import session_maker
from skill.progress.naming import NOTE_KINDS
from skill.settings import load_settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "dialog-tests.md").read_text(encoding="utf-8")


def test_the_example_passes(tmp_path: Path) -> None:
    example, _ = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "stopp.dialog.yaml"
    path.write_text(example, encoding="utf-8")
    shutil.copytree(ROOT / "tests" / "recordings" / "anna", tmp_path / "anna")
    result = run_dialog(path, session_maker(load_settings()))
    assert result.passed, report(result)


@pytest.mark.parametrize("shape", [When, Step, Expectation, End, Setup, Past])
def test_every_word_is_explained(shape: type) -> None:
    for word in shape.model_fields:
        assert re.search(rf"\b{word}:|`{word}`", PAGE), word


def test_the_set_up_works_as_it_stands_there(tmp_path: Path) -> None:
    _, example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "set-up.dialog.yaml"
    path.write_text(f"title: t\nsteps: [{{when: {{after: 1 s}}}}]\n{example}", encoding="utf-8")
    setup = read_dialog(path).dialog.setup
    assert (len(setup.past), setup.now.minute) == (4, 59)


@pytest.mark.parametrize("kind", NOTE_KINDS)
def test_every_note_is_named(kind: str) -> None:
    assert f"`{kind}`" in PAGE
