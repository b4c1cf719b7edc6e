from pathlib import Path

import pytest

from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.understanding import VoiceState, check_model, judge_model
from skill.models import BUILT_IN
from skill.models.fitted import network_file
from skill.paths import models_dir
from skill.settings import Settings
from skill.trainer import Trainer
from tests.fetching.publisher import write_model
from tests.homes import move_into

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


def test_a_learnt_voice_is_told_and_one_that_fits_no_more_is_a_warning(tmp_path: Path) -> None:
    fitted = judge_model(tmp_path, {}, SAFETY, 1.0, VoiceState.FITTED)
    assert fitted.verdict is Verdict.OK
    assert "auf eine gelernte Stimme eingestellt" in fitted.measured
    outdated = judge_model(tmp_path, {}, SAFETY, 1.0, VoiceState.OUTDATED)
    assert outdated.verdict is Verdict.WARNING
    assert "rueckgrat calibrate" in outdated.mend


def test_a_voice_learnt_for_an_older_model_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_into(tmp_path / "home", monkeypatch)
    path = network_file(models_dir() / BUILT_IN, "anna")
    path.parent.mkdir(parents=True)
    path.with_name(f"{BUILT_IN}.anna.0123456789abcdef.mdl").write_bytes(b"of another network")
    found = check_model(Trainer(Settings(model=BUILT_IN)))
    assert found.figures["voice"] == VoiceState.OUTDATED
