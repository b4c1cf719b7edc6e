"""``python -m workbench.ears``: bad input is one sentence."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.ears.__main__ import app


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--part", "everybody"], "There is no part named 'everybody'. Choose test, tune or all."),
        (["--model", "nowhere"], "Ein Sprachmodell „nowhere“ gibt es nicht"),
        (["thresholds", "--model", "nowhere"], "Ein Sprachmodell „nowhere“ gibt es nicht"),
    ],
)
def test_bad_input_is_one_sentence(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, arguments, env={"RUECKGRAT_RECORDINGS": str(tmp_path)})
    assert result.exit_code == 2
    assert sentence in result.output


def test_missing_recordings_are_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--recordings", str(tmp_path), "--part", "x"])
    assert re.search(rf"Not in {tmp_path}: heidelberg_digits, .* rir\.", result.output)
