"""A person's thresholds are the recogniser's own confidence, whatever a curve makes of it."""

from pathlib import Path

import pytest

from rueckgrat.calibration.own_ear import keep_thresholds, open_ears
from rueckgrat.calibration.threshold_file import write_thresholds
from skill.content.schema import Content
from skill.ear import EarRules, SpeechModel
from skill.ear.thresholds import model_file, own_file, personal_rules
from skill.models import BUILT_IN
from skill.paths import models_dir

CURVE = ((0.0, 0.05), (0.6, 0.3), (0.7, 0.6), (1.0, 0.95))


def test_usual_thresholds_are_stated_as_the_recogniser_states_them(
    tmp_path: Path, content: Content
) -> None:
    model = SpeechModel(models_dir() / BUILT_IN)
    figures = {"pause": 0.95, "number": 0.3}
    write_thresholds(model_file(tmp_path), figures, content.safety_commands, "", CURVE)
    usual = open_ears(tmp_path, model, content).usual
    named = {name: usual(name) for name in ("pause", "number", "next", "exercise", "stop")}
    assert named == {"pause": 1.0, "number": 0.6, "next": 0.67, "exercise": 0.5, "stop": 0.5}


@pytest.mark.parametrize("curve", [(), CURVE])
def test_a_threshold_that_was_kept_means_the_same_after_the_model_got_another_curve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Content, curve: tuple
) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    keep_thresholds(tmp_path, content, "anna", {"next": 0.62, "stop": 0.4})
    write_thresholds(model_file(tmp_path), {}, content.safety_commands, "", curve)
    assert own_file(tmp_path).exists()
    rules = personal_rules(content, tmp_path)
    for name, kept in (("next", 0.62), ("stop", 0.4)):
        assert rules.confidence_of[name] == EarRules(curve).probability(kept)
