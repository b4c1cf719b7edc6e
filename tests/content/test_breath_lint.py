"""No hold is silent, and cues tell the breath that their phase has."""

from dataclasses import replace
from pathlib import Path

import pytest

from rueckgrat.exercises.check import check_path
from rueckgrat.exercises.draft import DraftPhase, as_yaml, example
from skill.content.breath_lint import breaths_wrong, told_breath
from skill.content.exercise import Breath, Phase
from tests.content.every_exercise import CONTENT
from tests.content.own_folder import OwnFolder


def wrong(**fields):
    phase = Phase(**{"name": "x", "say": ("Oben bleiben.",), "kind": "hold", **fields})
    exercise = CONTENT.exercise("bruecke").model_copy(update={"phases": (phase,)})
    content = CONTENT.model_copy(update={"exercises": (exercise,)})
    return [finding.problem for finding in breaths_wrong(content)]


def test_the_shipped_exercises_are_right():
    assert not list(breaths_wrong(CONTENT))


@pytest.mark.parametrize("seconds", [{"seconds": 8.0}, {"seconds": 3.0, "longest": 8.0}])
def test_a_silent_hold_over_three_seconds_is_refused(seconds):
    assert wrong(**seconds) == ["hält bis zu 8 Sekunden, und niemand sagt, dass man weiteratmet"]


@pytest.mark.parametrize(
    "fields",
    [
        {"seconds": 3.0},
        {"seconds": 8.0, "breath": "both"},
        {"seconds": 4.0, "say": ("Ausatmen.",), "breath": "out"},
        {"seconds": 8.0, "say": ("Oben bleiben, ruhig atmen.", "Der Atem fließt.")},
        {"seconds": 8.0, "kind": "move"},
    ],
)
def test_a_hold_that_breathes_is_right(fields):
    assert wrong(**fields) == []


def test_one_cue_without_a_breath_is_enough_to_be_refused():
    assert wrong(seconds=8.0, say=("Ruhig atmen.", "Oben bleiben."))


def test_a_cue_tells_the_breath_of_its_phase():
    assert wrong(seconds=3.0, say=("Ausatmen und heben.",), kind="move") == [
        "sagt „Ausatmen und heben.“, aber die Phase hat nicht „breath: out“"
    ]
    assert wrong(seconds=3.0, say=("Ein, langsam.",), breath="out")


@pytest.mark.parametrize(
    ("cue", "breath"),
    [
        ("Einatmen, Arme hoch.", Breath.IN),
        ("Aus, Bein hoch.", Breath.OUT),
        ("Ausatmend heben.", None),
        ("Einen Moment bleiben.", None),
    ],
)
def test_a_cue_begins_with_its_breath(cue, breath):
    assert told_breath(cue) is breath


def test_a_drafted_hold_is_right_however_long_it_is(tmp_path: Path) -> None:
    draft = example("Welle", "welle")
    long = DraftPhase("bleiben", "Oben bleiben.", 9, is_hold=True)
    own = OwnFolder(tmp_path)
    own.text("exercises/welle.yaml", as_yaml(replace(draft, phases=(*draft.phases[:1], long))))
    assert not check_path(tmp_path, [], None).mistakes


def test_ones_own_silent_hold_is_told_with_its_place(tmp_path: Path) -> None:
    own = OwnFolder(tmp_path)
    own.exercise("welle", "Welle", "welle")
    own.replace("exercises/welle.yaml", "seconds: 2", "seconds: 7")
    (mistake,) = check_path(tmp_path, [], None).mistakes
    assert "hält bis zu 7 Sekunden" in str(mistake)
    assert "„breath: both“" in str(mistake)
