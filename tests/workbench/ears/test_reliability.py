"""What confidence is worth: pairs in their stated mixture, and a curve that rises."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
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
from workbench.ears.plot import draw_reliability
from workbench.ears.reliability import (
    COMMANDS_IN_AN_HOUR,
    OTHERS_IN_AN_HOUR,
    Sure,
    before_and_after,
    bins,
    decisions,
    fit,
    miss,
    reliability_rows,
    worth,
)
from workbench.ears.rows import Answers
from workbench.ears.scenes import Scene
from workbench.ears.thresholds import curve_of, with_curve

CONTENT = load_content()
TRAINING = scenes.TRAINING_STATE


def _decided(command: str, confidence: float, reason: str = "", text: str = "") -> Decided:
    return Decided(command, text or command, confidence, 1.0, "early", reason)


def _measured(kind: str, expected: str, *decided: Decided, seconds: float = 1.0) -> Measured:
    answer = Answer("clip", "me", False, TRAINING, expected, 1.0, seconds, decided)
    return Measured(Scene(kind, "emodb", CLEAN, "tune", 10), "model", EAR, (answer,), 1.0, 1.0)


def _sure(*groups: tuple[float, float, int]) -> list[Sure]:
    """Return decisions: (confidence, share that is right, how many)."""
    return [
        Sure(confidence, index < share * count, 1.0)
        for confidence, share, count in groups
        for index in range(count)
    ]


def test_right_and_wrong_come_in_the_stated_mixture() -> None:
    measured = [
        _measured(scenes.COMMANDS, "next", _decided("next", 0.8)),
        _measured(scenes.COMMANDS, "next", _decided("", 0.4, LOW_CONFIDENCE, "weiter")),
        _measured(scenes.COMMANDS, "next", _decided("pause", 0.7)),
        _measured(scenes.EVERYBODY, "", _decided("stop", 0.6), seconds=1200.0),
    ]
    of_said = COMMANDS_IN_AN_HOUR / 4 / 3
    of_talk = 0.95 * OTHERS_IN_AN_HOUR
    found = decisions(Answers(measured, CONTENT))
    assert [(one.confidence, one.right) for one in found] == [
        (0.8, True),
        (0.4, True),
        (0.7, False),
        (0.6, False),
    ]
    assert [one.weight for one in found] == pytest.approx([of_said] * 3 + [of_talk])


def test_what_does_not_count_in_the_state_is_no_decision() -> None:
    other = [
        _measured(scenes.COMMANDS, "next", _decided("number(3)", 0.8)),
        _measured(scenes.COMMANDS, "next", _decided("", 0.8, "unknown words", "weiter")),
    ]
    assert decisions(Answers(other, CONTENT)) == []


def test_a_curve_comes_near_what_was_observed_and_rises() -> None:
    sure = _sure((0.2, 0.1, 100), (0.55, 0.6, 100), (0.75, 0.5, 100), (0.97, 0.9, 100))
    curve = fit(sure)
    assert curve == ((0.0, 0.052), (0.2, 0.104), (0.65, 0.55), (1.0, 0.896))
    rules = EarRules(curve=curve)
    stated = [replace(one, confidence=rules.probability(one.confidence)) for one in sure]
    assert miss(stated) < 0.75 * miss(sure)
    steps = [rules.probability(said) for said in np.linspace(0, 1, 50)]
    assert all(one < other for one, other in pairwise(steps))


def test_few_decisions_join_the_next_and_none_give_no_curve() -> None:
    assert [one.count for one in bins(_sure((0.2, 0.0, 3), (0.75, 0.5, 40), (0.99, 1.0, 5)))] == [
        48
    ]
    assert fit(_sure((0.2, 0.0, 3), (0.99, 1.0, 5))) == ()
    assert fit([]) == ()


def test_a_curve_may_not_rest_on_the_test_part() -> None:
    measured = _measured(scenes.COMMANDS, "next", _decided("next", 0.8))
    stray = replace(measured, scene=replace(measured.scene, part="test"))
    with pytest.raises(SkillError, match="may not be chosen on the test part"):
        curve_of([stray], CONTENT)


def test_a_curve_goes_over_all_answers() -> None:
    [found] = with_curve([_measured(scenes.COMMANDS, "next", _decided("next", 0.5))], CURVE)
    assert [one.confidence for answer in found.answers for one in answer.decided] == [0.625]


CURVE = ((0.0, 0.25), (1.0, 1.0))


def _many(confidence: float, right: int, wrong: int) -> list[Measured]:
    commands: Sequence[str] = ["next"] * right + ["pause"] * wrong
    return [_measured(scenes.COMMANDS, "next", _decided(one, confidence)) for one in commands]


def test_the_table_tells_stated_from_observed() -> None:
    rows = list(reliability_rows(Answers([*_many(0.55, 3, 1), *_many(1.0, 8, 0)], CONTENT)))
    assert [(row.name, str(row.values[EAR])) for row in rows] == [
        ("right, confidence 0.5 to 0.6", "75 % (4 decisions, 55 % stated)"),
        ("right, confidence 0.98 to 1", "100 % (8 decisions, 100 % stated)"),
        ("mean difference of stated and observed", "6.67 % (12 decisions)"),
    ]


def test_a_picture_and_lines_show_both_before_and_after() -> None:
    found = Answers([*_many(0.55, 20, 10), *_many(1.0, 30, 0)], CONTENT)
    both = before_and_after(found, CURVE)
    assert [round(one.stated, 2) for one in both["recogniser"]] == [0.55, 1.0]
    assert [round(one.stated, 2) for one in both["with the curve"]] == [0.66, 1.0]
    picture = draw_reliability(both, "Worth")
    assert "with the curve" in picture
    assert "55% stated, 67% right, 30 decisions" in picture
    lines = worth(found, CURVE)
    assert "  at 0.9: 7.5 right and 0.00 wrong an hour" in lines
    assert "  at 0.5: 12.5 right and 2.50 wrong an hour" in lines
