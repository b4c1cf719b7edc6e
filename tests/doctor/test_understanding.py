from pathlib import Path

import pytest

from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.understanding import check_model, judge_model
from skill.models import BUILT_IN
from skill.paths import models_dir
from skill.settings import Settings
from skill.trainer import Trainer
from tests.fetching.publisher import write_model

SAFETY = frozenset({"stop", "pain"})


def test_the_built_in_model_decodes() -> None:
    if not (models_dir() / BUILT_IN).is_dir():
        pytest.skip("the built-in speech model is not there yet")
    found = check_model(Trainer(Settings(model=BUILT_IN)))
    assert found.verdict is not Verdict.FAILURE
    assert found.figures["model"] == BUILT_IN
    assert found.figures["ready_seconds"] > 0  # type: ignore[operator]


def test_a_model_that_is_not_there() -> None:
    found = check_model(Trainer(Settings(model="klingon")))
    assert found.verdict is Verdict.FAILURE
    assert "klingon" in found.measured
    assert "model fetch" in found.mend


def test_a_model_that_is_half_copied(tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    (model / "graph" / "HCLr.fst").unlink()
    found = check_model(Trainer(Settings(model=str(model))))
    assert found.verdict is Verdict.FAILURE
    assert "graph/HCLr.fst" in found.measured


def test_words_that_it_does_not_know_are_a_warning(tmp_path: Path) -> None:
    found = judge_model(tmp_path, {"louder": ["wumms"]}, SAFETY, 1.0)
    assert found.verdict is Verdict.WARNING
    assert "„wumms“" in found.measured


def test_but_a_word_that_stops_everything_must_be_known(tmp_path: Path) -> None:
    found = judge_model(tmp_path, {"louder": ["wumms"], "pain": ["aua"]}, SAFETY, 1.0)
    assert found.verdict is Verdict.FAILURE
    assert "„aua“" in found.measured


def test_of_many_words_some_are_named(tmp_path: Path) -> None:
    words = [f"wort{number:02}" for number in range(20)]
    found = judge_model(tmp_path, {"louder": words}, SAFETY, 1.0)
    assert "„wort07“ und 12 mehr" in found.measured
    assert found.figures["unknown_words"] == " ".join(words)
