"""The figure as JSON: the same points as the kinematics, for any side and level."""

import json

import pytest

from rueckgrat.figures.json_form import as_json
from rueckgrat.figures.lint import dangling
from rueckgrat.figures.poses import poses_of
from rueckgrat.figures.run import passages, pictures
from rueckgrat.figures.skeleton import POINTS
from rueckgrat.figures.window import window_of
from skill.content.exercise import Exercise
from skill.content.loader import load_content
from skill.messages.notes import Level

EXERCISES = {exercise.id: exercise for exercise in load_content().exercises}


@pytest.mark.parametrize("name", EXERCISES)
def test_every_phase_has_its_frames_on_the_sheet(name: str) -> None:
    exercise = EXERCISES[name]
    form = json.loads(json.dumps(as_json(exercise)))
    left, top, width, height = form["view_box"]
    assert set(form["levels"]) == {"normal", *(level.value for level in exercise.variants)}
    for level in form["levels"].values():
        assert set(level["sides"]) == ({side.name for side in exercise.sides} or {""})
        for side in level["sides"].values():
            for phase in side["phases"].values():
                for frame in [side["start"], *phase["frames"]]:
                    assert len(frame) == 2 * len(form["points"])
                    assert left < min(frame[::2])
                    assert max(frame[::2]) < left + width
                    assert top < min(frame[1::2])
                    assert max(frame[1::2]) < top + height
                named = {part["name"] for part in side["parts"]} | set(form["highlights"])
                assert set(phase["highlight"]) <= named
            for part in side["parts"]:
                assert all(0 <= point < len(form["points"]) for point in part["points"])


@pytest.mark.parametrize("name", ["bruecke", "roll-up", "knie-pendeln"])
def test_frames_are_the_points_of_the_kinematics(name: str) -> None:
    exercise = EXERCISES[name]
    form = as_json(exercise)
    poses = poses_of(exercise)
    assert form is not None
    assert poses is not None
    view = window_of([poses])
    for passage in passages(exercise, Level.NORMAL, poses):
        frames = form["levels"]["normal"]["sides"][""]["phases"][passage.phase.name]["frames"]
        expected = pictures(passage, poses)
        assert len(frames) == len(expected)
        for frame, points in zip(frames, expected, strict=True):
            for index, point in enumerate(POINTS):
                x, y = view.place(points[point])
                assert frame[2 * index : 2 * index + 2] == pytest.approx([x, -y], abs=0.001)


def test_the_second_side_is_the_mirrored_body_or_the_mirrored_picture() -> None:
    legs = as_json(EXERCISES["bein-anheben"])
    plank = as_json(EXERCISES["seitstuetz"])
    assert legs is not None
    assert plank is not None
    right, left = legs["levels"]["normal"]["sides"].values()
    ankle = 2 * POINTS.index("ankle_right") + 1, 2 * POINTS.index("ankle_left") + 1
    high_right, high_left = (side["phases"]["heben"]["frames"][-1] for side in (right, left))
    assert high_right[ankle[0]] < high_right[ankle[1]] - 0.3  # y downward: the right one is up
    assert high_left[ankle[1]] < high_left[ankle[0]] - 0.3
    assert not left["flip"]
    right, left = plank["levels"]["normal"]["sides"].values()
    assert (right["flip"], left["flip"]) == (False, True)
    assert right["phases"] == left["phases"]


def test_rounds_begin_and_end_in_the_same_pose() -> None:
    form = as_json(EXERCISES["intervalle"])
    assert form is not None
    phases = form["levels"]["normal"]["sides"][""]["phases"]
    assert phases["kräftig"]["every"] == 1
    assert phases["kräftig"]["frames"][0] == phases["kräftig"]["frames"][-1]
    assert phases["arme-hoch"]["every"] is None


def test_an_exercise_without_a_figure_has_none() -> None:
    bare: Exercise = EXERCISES["bruecke"].model_copy(
        update={"figure": None, "easier": None, "harder": None}
    )
    assert as_json(bare) is None


def test_names_that_are_nowhere_make_no_figure_and_no_error() -> None:
    exercise = EXERCISES["bruecke"]
    figure = exercise.figure
    assert figure is not None
    poses = {**figure.poses, "heben": figure.poses["heben"].model_copy(update={"like": "nie"})}
    wrong = figure.model_copy(update={"poses": poses})
    assert as_json(exercise.model_copy(update={"figure": wrong})) is None


def test_a_figure_of_a_variant_alone_is_a_mistake() -> None:
    bare = EXERCISES["bruecke"].model_copy(update={"figure": None})
    assert as_json(bare) is None
    assert "die Übung selbst hat keine" in dangling(bare)[0].problem
