"""``python -m workbench.understanding``: real voices to the real ear; bad input is a sentence."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rueckgrat.calibration.peers import EAR, PLAIN
from rueckgrat.understanding.table import TableRow
from skill.models.catalogue import BUILT_IN, choose_model
from workbench.ears.conditions import CLEAN
from workbench.ears.measuring import Bench
from workbench.understanding import trying
from workbench.understanding.__main__ import app
from workbench.understanding.clips import VOICES, Scene
from workbench.understanding.trying import try_scene

HEADER = "state\tcommand\tutterance\n"


def test_a_missing_table_is_one_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--utterances", str(tmp_path / "none.tsv")])
    assert result.exit_code == 2
    assert "none.tsv" in result.output


def test_a_table_with_an_unknown_state_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(f"{HEADER}nowhere\tstop\tstopp\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["--utterances", str(path), "--text"])
    assert result.exit_code == 2
    assert "nowhere" in result.output


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="needs the program espeak-ng")
def test_three_rows_are_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    rows = (
        TableRow(2, "exercise.repeat", ("stop",), "oh stopp"),
        TableRow(3, "menu.count", ("number",), "ich mache acht"),
        TableRow(4, "paused", ("-",), "okay weiter"),  # nobody can be right about it
    )
    bench = Bench(tmp_path / "no recordings", tmp_path / "answers")
    model = choose_model(BUILT_IN)
    ear, plain = try_scene(bench, model, Scene(CLEAN, VOICES[0], rows))
    assert (ear.listener, plain.listener) == (EAR, PLAIN)
    assert {one.row.line: one.right for one in ear.tried} == {2: True, 3: True, 4: False}, ear.tried
    assert {one.row.line: one.fired for one in ear.tried}[3] == ("number(8)",)

    monkeypatch.setattr(trying, "listen", None)  # nothing is played a second time
    assert try_scene(bench, model, Scene(CLEAN, VOICES[0], rows)) == [ear, plain]
    assert try_scene(bench, model, Scene("room", VOICES[0], rows)) == []
