"""Confidence by command, chosen on the tune part only: as low as false accepts allow.

A decision keeps its confidence whether it was obeyed or rejected for it, so one run tells what
any threshold would have done.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rueckgrat.calibration.peers import EAR
from skill.content.schema import Content
from skill.ear.rules import Curve, EarRules
from skill.errors import SkillError
from workbench.ears import scenes
from workbench.ears.answers import Answer, Decided, meant_by, name_of
from workbench.ears.corpora import Part
from workbench.ears.measuring import Measured
from workbench.ears.reliability import RECALL_CONDITIONS, decisions, fit
from workbench.ears.rows import Answers
from workbench.ears.scenes import Scene

CANDIDATES = (*(round(float(one), 2) for one in np.arange(0.3, 0.96, 0.05)), 0.97, 0.98, 0.99)
_LEAST_CLIPS = 50
"""A command that is said less often keeps the default: fewer clips cannot show a loss of 1 %."""

_LOSS = 0.01
"""Share of its clips that a command may lose to a higher threshold."""


@dataclass(frozen=True)
class Evidence:
    """Confidences of one command: where it was said (0 where it was not heard), and where not."""

    command: str
    said: tuple[float, ...]
    not_said: tuple[float, ...]

    def recall(self, threshold: float) -> float:
        """Return the share of clips that a threshold lets through."""
        return float(np.mean([one >= threshold for one in self.said])) if self.said else 0.0

    def false_accepts(self, threshold: float) -> int:
        """Return how many false accepts a threshold lets through."""
        return sum(one >= threshold for one in self.not_said)


@dataclass(frozen=True)
class Choice:
    """A threshold and what it changes, from the default to the chosen one."""

    evidence: Evidence
    default: float
    threshold: float

    def __str__(self) -> str:
        said, other = len(self.evidence.said), len(self.evidence.not_said)
        before, after = self.evidence.recall(self.default), self.evidence.recall(self.threshold)
        fewer = [self.evidence.false_accepts(one) for one in (self.default, self.threshold)]
        return (
            f"{self.evidence.command}: {self.default:g} -> {self.threshold:g}:"
            f" recall {before:.1%} -> {after:.1%} of {said} clips, false accepts {fewer[0]} ->"
            f" {fewer[1]} of {other} candidates"
        )


def choose(
    evidence: Evidence, default: float, most: float = 1.0, usual: float | None = None
) -> Choice:
    """Return the threshold of one command, at most ``most``.

    Where it fires falsely at the default, the lowest threshold with the fewest false accepts that
    costs at most 1 % of its clips. Where it doesn't, a lower one if that lets more clips through
    and still no false accept. ``usual`` is what that 1 % is compared with, if not the default: the
    threshold without a curve. Where the default costs more, a lower one is taken.
    """
    if len(evidence.said) < _LEAST_CLIPS:
        return Choice(evidence, default, default)
    usual = default if usual is None else usual
    least = evidence.recall(usual) - _LOSS
    if evidence.recall(default) < least:
        lower = [one for one in (usual, *CANDIDATES) if one < default]
        allowed = [one for one in lower if evidence.recall(one) >= least]
        best = min(allowed, key=lambda one: (evidence.false_accepts(one), one))
        return Choice(evidence, default, best)
    if evidence.false_accepts(default):
        higher = [one for one in CANDIDATES if default < one <= most]
        allowed = [one for one in higher if evidence.recall(one) >= least]
        best = min([default, *allowed], key=lambda one: (evidence.false_accepts(one), one))
        return Choice(evidence, default, best)
    innocent = [one for one in CANDIDATES if one < default and not evidence.false_accepts(one)]
    best = max([*innocent, default], key=lambda one: (evidence.recall(one), one))
    return Choice(evidence, default, best)


def choices(measured: Sequence[Measured], content: Content, rules: EarRules) -> list[Choice]:
    """Return the choice for every command. SkillError if a clip of the test part is among them."""
    _refuse_test(measured)
    found = Answers(measured, content)
    usual = rules.probability(EarRules.confidence)
    return [
        choose(_evidence(found, command), rules.confidence_safety, rules.confidence_safety)
        if command in content.safety_commands
        else choose(
            _evidence(found, command),
            rules.confidence_expected if row.slots else rules.confidence,
            usual=usual,
        )
        for command, row in content.commands.items()
    ]


def evidence_scenes(one_in: int, part: Part = "tune") -> list[Scene]:
    """Return the scenes of a part that a choice rests on, or that show what it is worth."""
    return [
        scene for scene in scenes.scenes([part], one_in) if scene.condition in RECALL_CONDITIONS
    ]


def curve_of(measured: Sequence[Measured], content: Content) -> Curve:
    """Return what the confidence of a bare ear is worth. SkillError for clips of the test part."""
    _refuse_test(measured)
    return fit(decisions(Answers(measured, content)))


def with_curve(measured: Iterable[Measured], curve: Curve) -> list[Measured]:
    """Return a bare ear's answers with the probabilities that the curve makes of confidence."""
    rules = EarRules(curve=curve)
    return [
        replace(one, answers=tuple(_certain(answer, rules) for answer in one.answers))
        for one in measured
    ]


def _certain(answer: Answer, rules: EarRules) -> Answer:
    decided = (replace(one, confidence=rules.probability(one.confidence)) for one in answer.decided)
    return replace(answer, decided=tuple(decided))


def _refuse_test(measured: Iterable[Measured]) -> None:
    if any(one.scene.part != "tune" for one in measured):
        raise SkillError(
            "Thresholds may not be chosen on the test part.", "Measure the tune part for them."
        )


def changed(chosen: Iterable[Choice]) -> list[Choice]:
    """Return the choices that differ from the default."""
    return [one for one in chosen if one.threshold != one.default]


def _evidence(found: Answers, command: str) -> Evidence:
    return Evidence(
        command, tuple(_said(found, command)), tuple(_not_said(found, command, scenes.QUIET_STATES))
    )


def _said(found: Answers, command: str) -> Iterator[float]:
    for condition in RECALL_CONDITIONS:
        for answer in found.of(EAR, scenes.RECALL_KINDS, condition):
            if name_of(answer.expected) == command:
                meant = [one for one in _meant(answer, found) if one[0] == answer.expected]
                yield max((one.confidence for _, one in meant), default=0.0)


def _not_said(found: Answers, command: str, states: Iterable[str]) -> Iterator[float]:
    for state in states:
        if command in found.content.live_commands(state):
            for answer in found.of(EAR, scenes.QUIET_KINDS, state=state):
                for meant, one in _meant(answer, found):
                    if name_of(meant) == command:
                        yield one.confidence


def _meant(answer: Answer, found: Answers) -> Iterator[tuple[str, Decided]]:
    """Yield the decisions that only their confidence kept, or might have kept, from counting."""
    for one in answer.decided:
        if command := meant_by(one, found.content.vocabulary):
            yield command, one
