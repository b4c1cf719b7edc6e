"""Thresholds: never from the test part, never at the price of recall."""

from dataclasses import replace

import pytest

from rueckgrat.calibration.peers import EAR
from skill.content.loader import load_content
from skill.ear.judge import LOW_CONFIDENCE
from skill.ear.rules import EarRules
from skill.errors import SkillError
from workbench.ears import scenes
from workbench.ears.answers import Answer, Decided
from workbench.ears.conditions import CLEAN
from workbench.ears.measuring import Measured
from workbench.ears.scenes import Scene
from workbench.ears.thresholds import Evidence, changed, choices, choose, evidence_scenes

CONTENT = load_content()
SURE = (1.0,) * 100


@pytest.mark.parametrize(
    ("said", "not_said", "threshold"),
    [
        (SURE, (), 0.5),  # nothing to mend
        (SURE, (0.6, 0.72), 0.75),  # the lowest without a false accept
        (SURE, (1.0, 0.6), 0.65),  # one of two can be mended
        ((*SURE, 0.55, 0.55), (0.6,), 0.5),  # two of 102 are too many to lose
        ((*SURE, 0.55), (0.6,), 0.65),  # one is not
        ((*SURE, 0.41), (), 0.4),  # more is heard, nothing fires
        ((*SURE, 0.41), (0.45,), 0.5),  # more would be heard, but something fires
    ],
)
def test_as_low_as_false_accepts_allow(
    said: tuple[float, ...], not_said: tuple[float, ...], threshold: float
) -> None:
    assert choose(Evidence("next", said, not_said), 0.5).threshold == threshold


def test_a_command_that_was_hardly_said_keeps_the_default() -> None:
    assert choose(Evidence("back", SURE[:49], (0.6,)), 0.5).threshold == 0.5
    assert choose(Evidence("back", SURE[:50], (0.6,)), 0.5).threshold == 0.65


@pytest.mark.parametrize(
    ("said", "not_said", "threshold"),
    [
        (SURE, (0.4,), 0.5),  # the default costs nothing
        ((*SURE, 0.42, 0.42), (0.36,), 0.4),  # it costs two of 102; 0.4 costs none
        ((*SURE, 0.36, 0.36), (0.42, 0.33), 0.35),  # as few false accepts as that allows
        ((*SURE, 0.31, 0.31), (), 0.3),  # no lower than without a curve
    ],
)
def test_a_curve_may_not_cost_more_than_a_hundredth(
    said: tuple[float, ...], not_said: tuple[float, ...], threshold: float
) -> None:
    assert choose(Evidence("number", said, not_said), 0.5, usual=0.3).threshold == threshold


def _measured(kind: str, expected: str, *decided: Decided) -> Measured:
    answer = Answer("clip", "me", False, "exercise.repeat", expected, 1.0, 1.0, decided)
    scene = Scene(kind, "emodb", CLEAN, "tune", 10)
    return Measured(scene, "model", EAR, (answer,), 1.0, 1.0)


def test_rejected_for_their_confidence_counts_as_heard() -> None:
    accepted = Decided("next", "weiter", 0.8, 1.0, "early", "")
    rejected = Decided("", "weiter", 0.4, 1.0, "final", LOW_CONFIDENCE)
    unknown = Decided("", "was", 0.9, 1.0, "final", "unknown words")
    measured = [
        _measured(scenes.COMMANDS, "next", accepted),
        _measured(scenes.COMMANDS, "next", rejected),
        _measured(scenes.COMMANDS, "next", unknown),
        _measured(scenes.SPEECH, "", rejected),
    ]
    chosen = {one.evidence.command: one for one in choices(measured, CONTENT, EarRules())}
    evidence = chosen["next"].evidence
    assert (evidence.said, evidence.not_said) == ((0.8, 0.4, 0.0), (0.4,))
    assert chosen["back"].evidence == Evidence("back", (), ())


def test_they_rest_on_the_tune_part_alone() -> None:
    wanted = evidence_scenes(8)
    assert {scene.part for scene in wanted} == {"tune"}
    assert {scene.kind for scene in wanted} >= {scenes.COMMANDS, scenes.DIGITS, scenes.SPEECH}


def test_a_clip_of_the_test_part_is_refused() -> None:
    measured = _measured(scenes.COMMANDS, "next")
    stray = replace(measured, scene=replace(measured.scene, part="test"))
    with pytest.raises(SkillError, match="may not be chosen on the test part"):
        choices([measured, stray], CONTENT, EarRules())


def test_a_safety_command_is_never_made_harder_to_trigger() -> None:
    assert choose(Evidence("stop", SURE, (0.6,)), 0.5, 0.5).threshold == 0.5
    accepted = Decided("stop", "stopp", 0.7, 1.0, "early", "")
    measured = [
        *50 * [_measured(scenes.COMMANDS, "stop", replace(accepted, confidence=1.0))],
        _measured(scenes.SPEECH, "", accepted),
    ]
    chosen = {one.evidence.command: one for one in choices(measured, CONTENT, EarRules())}
    assert chosen["stop"].threshold == EarRules().confidence_safety


def test_only_what_differs_is_reported_and_why() -> None:
    different = choose(Evidence("number", SURE, (0.6,)), 0.5)
    assert changed([different, choose(Evidence("next", SURE, ()), 0.5)]) == [different]
    assert str(different) == (
        "number: 0.5 -> 0.65: recall 100.0% -> 100.0% of 100 clips,"
        " false accepts 1 -> 0 of 1 candidates"
    )
