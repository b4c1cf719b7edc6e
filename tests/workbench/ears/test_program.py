"""``python -m workbench.ears``: bad input is one sentence; plots are drawings."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from skill.errors import SkillError
from tests.workbench.ears.test_rows import CONTENT, _answer, _measured
from workbench.ears import scenes
from workbench.ears.__main__ import app
from workbench.ears.plots import draw
from workbench.ears.rows import Answers, rows
from workbench.ears.run import Report


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--part", "everybody"], "There is no part named 'everybody'. Choose test, tune or all."),
        (["--model", "nowhere"], "There is no speech model named 'nowhere'"),
        (["thresholds", "--model", "nowhere"], "There is no speech model named 'nowhere'"),
    ],
)
def test_bad_input_is_one_sentence(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, arguments, env={"RUECKGRAT_RECORDINGS": str(tmp_path)})
    assert result.exit_code == 2
    assert sentence in result.output


def test_missing_recordings_are_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--recordings", str(tmp_path), "--part", "x"])
    assert re.search(rf"Not in {tmp_path}: heidelberg_digits, .* rir\.", result.output)


@pytest.fixture
def report() -> Report:
    measured = (
        _measured(scenes.COMMANDS, scenes.SYNTHETIC, [_answer("next", "next"), _answer("next")]),
        _measured(scenes.SPEECH, "emodb", [replace(_answer("", "stop"), sound_seconds=60.0)]),
    )
    return Report("model", ("test",), tuple(rows(Answers(measured, CONTENT))), measured, {})


def test_plots_show_every_figure_with_its_denominator(report: Report, tmp_path: Path) -> None:
    paths = draw(report, tmp_path / "new")
    assert [path.name for path in paths] == [
        "recall-model-test.svg",
        "delay-model-test.svg",
        "false-accepts-model-test.svg",
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert all(text.startswith("<?xml") for text in texts)
    assert "50 (1/2)" in texts[0]
    assert "60 (1 in 1.0 min)" in texts[2]


def test_a_folder_that_cannot_be_written_is_one_sentence(report: Report, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SkillError, match="The plots cannot be written"):
        draw(report, tmp_path / "file")
