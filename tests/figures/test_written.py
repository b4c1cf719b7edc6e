"""A figure written down for another exercise: the same poses, ways for phases of other names."""

from pathlib import Path

import pytest
import yaml

from rueckgrat.figures.files import exercise_called, write_strip
from rueckgrat.figures.written import figure_yaml, nearest
from skill.content.figure import Figure
from skill.content.loader import load_content
from skill.errors import SkillError

CONTENT = load_content()
EXERCISES = {exercise.id: exercise for exercise in CONTENT.exercises}


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_written_is_what_was_read(name: str) -> None:
    exercise = EXERCISES[name]
    phases = [phase.name for phase in exercise.phases]
    written = Figure.model_validate(yaml.safe_load(figure_yaml(exercise, phases))["figure"])
    figure = exercise.figure
    assert figure is not None
    assert written.poses == figure.poses
    for field in ("view", "mirror", "mat", "chair", "wall", "band"):
        assert getattr(written, field) == getattr(figure, field)


def test_phases_of_other_names_go_where_those_at_their_place_go() -> None:
    text = figure_yaml(EXERCISES["rueckenstrecker"], ["auf", "halten", "senken", "ruhen", "mehr"])
    phases = yaml.safe_load(text)["figure"]["phases"]
    assert phases == {
        "auf": ["heben"],
        "halten": ["heben"],
        "senken": ["start"],
        "ruhen": ["start"],
    }


@pytest.mark.parametrize(
    ("position", "phases", "like"),
    [
        (
            "Leg dich auf den Bauch, die Stirn auf die Matte.",
            ["heben", "senken"],
            "rueckenstrecker",
        ),
        ("Komm auf Hände und Knie.", ["strecken", "lösen"], "vierfuessler"),
        ("Stell dich eine Armlänge vor eine freie Wand.", ["beugen", "drücken"], "wandstuetz"),
        ("Leg dich auf den Rücken und stell die Füße hüftbreit auf.", ["heben"], "bruecke"),
    ],
)
def test_the_nearest_begins_alike(position: str, phases: list[str], like: str) -> None:
    found = nearest(position, phases, CONTENT.exercises)
    assert found is not None
    assert found.id == like


def test_without_any_figure_none_is_near() -> None:
    bare = [one.model_copy(update={"figure": None}) for one in CONTENT.exercises]
    assert nearest("Leg dich hin.", [], bare) is None
    assert figure_yaml(bare[0].model_copy(update={"easier": None, "harder": None}), []) == ""


def test_a_strip_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in place of a folder", encoding="utf-8")
    with pytest.raises(SkillError) as raised:
        write_strip(exercise_called(CONTENT, "Brücke"), tmp_path / "file" / "bruecke.svg")
    assert "kann ich nicht schreiben" in raised.value.problem
