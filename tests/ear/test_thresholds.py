from pathlib import Path

import numpy as np
import pytest

from rueckgrat.calibration.threshold_file import write_thresholds
from skill.content.loader import load_content
from skill.ear.rules import Curve, EarRules
from skill.ear.thresholds import (
    model_file,
    own_file,
    read_figures,
    rules_for,
)
from skill.errors import ContentError, SkillError

COMMANDS = ("next", "pause", "stop")
SAFETY = frozenset({"stop"})


def wrong(tmp_path: Path, text: str) -> str:
    path = tmp_path / "ear.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_figures(path, COMMANDS, SAFETY)
    return str(caught.value)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ear.yaml"
    write_thresholds(path, {"pause": 0.612, "next": 0.4}, SAFETY, "Measured.\n\nOn tune.")
    assert read_figures(path, COMMANDS, SAFETY).confidence == {"next": 0.4, "pause": 0.61}
    assert path.read_text(encoding="utf-8").startswith("# Measured.\n#\n# On tune.\n")
    assert [one.name for one in path.parent.iterdir()] == ["ear.yaml"]


def test_a_safety_command_is_not_made_harder_to_trigger(tmp_path: Path) -> None:
    path = tmp_path / "ear.yaml"
    write_thresholds(path, {"stop": 0.9}, SAFETY)
    assert read_figures(path, COMMANDS, SAFETY).confidence == {"stop": EarRules().confidence_safety}
    assert "Zeile 2" in wrong(tmp_path, "confidence:\n  stop: 0.6\n")
    assert "muss ich leicht hören" in wrong(tmp_path, "confidence:\n  stop: 0.6\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("confidence:\n  pase: 0.6\n", "pause"),
        ("confidence:\n  pause: 1.2\n", "1.2"),
        ("confidence:\n  pause: high\n", "keine Zahl"),
        ("confidance: {}\n", "kenne ich nicht"),
        ("- pause\n", "eine Liste statt einzelner Felder"),
        ("probability: [[0.2, 0.1], [0.6, 1.3]]\n", "1.3"),
        ("probability: [[0.2, 0.1], [0.6]]\n", "probability"),
        ("probability: {0.2: 0.1}\n", "probability"),
        ("probability: [[0.2, 0.1], [0.6, hoch]]\n", "keine Zahl"),
        ("probability: [[0.2, 0.1]]\n", "nur ein Paar"),
        ("probability:\n- [0.2, 0.1]\n- [0.6, 0.4]\n- [0.6, 0.5]\n", "steigt nicht"),
        ("probability:\n- [0.2, 0.1]\n- [0.6, 0.1]\n", "Zeile 3"),
    ],
)
def test_a_wrong_file_is_explained(tmp_path: Path, text: str, words: str) -> None:
    assert words in wrong(tmp_path, text)


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(SkillError, match="kann ich nicht"):
        write_thresholds(blocker / "ear.yaml", {}, SAFETY)


def test_the_person_goes_over_the_model(tmp_path: Path) -> None:
    content = load_content()
    model, own = model_file(tmp_path), tmp_path / "own.yaml"
    write_thresholds(model, {"next": 0.6, "pause": 0.7}, content.safety_commands)
    write_thresholds(own, {"pause": 0.3}, content.safety_commands)
    assert rules_for(content, model, own).confidence_of == {"next": 0.6, "pause": 0.3}
    assert rules_for(content, model).confidence_of == {"next": 0.6, "pause": 0.7}


CURVE = ((0.0, 0.3), (0.5, 0.4), (0.9, 0.95), (1.0, 0.99))


def test_a_model_s_curve_makes_probabilities_of_confidence(tmp_path: Path) -> None:
    content = load_content()
    write_thresholds(model_file(tmp_path), {"next": 0.6}, content.safety_commands, "", CURVE)
    own = tmp_path / "own.yaml"
    write_thresholds(own, {"pause": 0.7}, content.safety_commands)
    rules = rules_for(content, model_file(tmp_path), own)
    assert rules.curve == CURVE
    assert rules.confidence_of == {"next": 0.6, "pause": rules.probability(0.7)}
    assert rules.confidence == EarRules().confidence
    assert rules.probability(0.25) == pytest.approx(0.35)
    assert [rules.probability(said) for said in (0.0, 1.0)] == [0.3, 0.99]


def test_with_a_curve_a_safety_command_is_as_sure_as_without_it_at_most(tmp_path: Path) -> None:
    path = tmp_path / "ear.yaml"
    write_thresholds(path, {"stop": 0.9}, SAFETY, "", ((0.0, 0.1), (1.0, 0.813)))
    assert read_figures(path, COMMANDS, SAFETY).confidence == {"stop": 0.45}
    head = "probability:\n- [0, 0.1]\n- [1, 0.5]\n"
    assert "Schreib 0.3 oder weniger" in wrong(tmp_path, f"{head}confidence:\n  stop: 0.5\n")


@pytest.mark.parametrize("curve", [CURVE, ((0.0, 0.0), (1.0, 0.45)), ((0.0, 0.9), (1.0, 1.0))])
@pytest.mark.parametrize(
    "threshold",
    [
        "confidence_safety",
        "confidence_spotted",
        "confidence_expected",
        "confidence_elsewhere",
        "confidence_over_voice",
    ],
)
def test_what_no_curve_may_change_decides_as_before(curve: Curve, threshold: str) -> None:
    rules = EarRules().calibrated(curve)
    for said in np.linspace(0, 1, 101):
        before = said >= getattr(EarRules(), threshold)
        assert (rules.probability(said) >= getattr(rules, threshold)) == before


def test_a_person_s_figures_belong_to_one_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    assert own_file(Path("models/small")) == tmp_path / "data" / "ear" / "small.yaml"


def test_without_files_all_is_as_usual(tmp_path: Path) -> None:
    assert rules_for(load_content(), tmp_path / "none.yaml") == EarRules()
