"""The ears that a calibration compares, and the file in which a person's thresholds are kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from rueckgrat.calibration.evaluation import Ears
from rueckgrat.calibration.threshold_file import write_thresholds
from skill.content.schema import Content
from skill.ear import Ear, EarRules, SpeechModel, open_ear
from skill.ear.rules import Curve
from skill.ear.thresholds import model_file, own_file, rules_for
from skill.errors import SkillError, reason


def open_ears(model_dir: Path, model: SpeechModel, content: Content) -> Ears:
    """Return the ears for ``evaluate``; the usual thresholds are those of the speech model.

    Thresholds are stated in the recogniser's own confidence, whatever the model's curve makes of
    it: another version of the model may have another curve.
    """
    usual = rules_for(content, model_file(model_dir))
    lenient = EarRules(
        confidence=0.0, confidence_expected=0.0, confidence_elsewhere=0.0, confidence_safety=0.0
    )

    def fitted(thresholds: Mapping[str, float]) -> Ear:
        own = {name: usual.probability(value) for name, value in thresholds.items()}
        return open_ear(
            model, content, replace(usual, confidence_of={**usual.confidence_of, **own})
        )

    def confidence(name: str) -> float:
        if name in content.safety_commands:
            most = usual.confidence_safety
            return _before(usual.curve, min(most, usual.confidence_of.get(name, most)))
        default = usual.confidence_expected if content.commands[name].slots else usual.confidence
        return _before(usual.curve, usual.confidence_of.get(name, default))

    return Ears(
        lenient=lambda: open_ear(model, content, lenient),
        fitted=fitted,
        usual=confidence,
        safety=content.safety_commands,
        live=frozenset(content.commands),
    )


def keep_thresholds(
    model_dir: Path, content: Content, name: str, thresholds: Mapping[str, float]
) -> Path:
    """Write a person's thresholds for a speech model, in place of anybody's before; return where.

    Raises SkillError where the file cannot be written.
    """
    path = own_file(model_dir)
    comment = f"{_owner(name)}\nWritten by calibrate, which also says what they are worth."
    write_thresholds(path, thresholds, content.safety_commands, comment)
    return path


def forget_thresholds(name: str) -> None:
    """Delete a person's thresholds for all speech models; SkillError where that is impossible."""
    for path in own_file(Path("any")).parent.glob("*.yaml"):
        with deleting(path):
            if path.read_text(encoding="utf-8", errors="replace").startswith(f"# {_owner(name)}\n"):
                path.unlink()


@contextmanager
def deleting(path: Path) -> Iterator[None]:
    """Raise SkillError, with what to do, where a file can't be deleted inside."""
    try:
        yield
    except OSError as error:
        raise SkillError(
            f"{path} kann ich nicht löschen ({reason(error)}).",
            "Lösch die Datei selbst.",
            code="undeletable",
            path=path,
        ) from error


def _before(curve: Curve, probability: float) -> float:
    """Return the recogniser's confidence that the curve makes this probability of."""
    if not curve:
        return probability
    said, right = zip(*curve, strict=True)
    return round(float(np.interp(probability, right, said)), 2)


def _owner(name: str) -> str:
    return f"Thresholds for the voice of {name}."
