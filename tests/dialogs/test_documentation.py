"""The example of docs/dialog-tests.md works as it stands there."""

import re
import shutil
from pathlib import Path

import pytest

from skill.build import session_maker
from skill.replay.dialog import End, Expectation, Step, When
from skill.replay.report import report
from skill.replay.run import run_dialog
from skill.settings import load_settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "dialog-tests.md").read_text(encoding="utf-8")


def test_the_example_passes(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path / "stopp.dialog.yaml"
    path.write_text(example, encoding="utf-8")
    shutil.copytree(ROOT / "tests" / "recordings" / "anna", tmp_path / "anna")
    result = run_dialog(path, session_maker(load_settings()))
    assert result.passed, report(result)


@pytest.mark.parametrize("shape", [When, Step, Expectation, End])
def test_every_word_is_explained(shape: type) -> None:
    for word in shape.model_fields:
        assert re.search(rf"\b{word}:|`{word}`", PAGE), word
