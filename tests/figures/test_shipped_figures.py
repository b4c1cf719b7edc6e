"""The figures of the shipped exercises: each is drawn, moves, stays where it should, and fits."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from rueckgrat.figures.body import Points, radius, rest_height, rest_points
from rueckgrat.figures.lint import figure_findings
from rueckgrat.figures.poses import Poses, poses_of
from rueckgrat.figures.run import passages, pictures
from rueckgrat.figures.skeleton import POINTS
from rueckgrat.figures.strip import draw_strip
from rueckgrat.figures.view import VIEWS
from skill.content.exercise import Exercise
from skill.content.loader import load_content
from skill.messages.notes import Level

EXERCISES = {exercise.id: exercise for exercise in load_content().exercises}
RESTING = {"ankommen-ein", "ankommen-aus", "atem-ein", "atem-aus"}
"""Lying still and breathing: nothing is to be seen moving."""


def _levels(exercise: Exercise) -> Iterator[tuple[Level, Poses]]:
    for level in (Level.NORMAL, *exercise.variants):
        poses = poses_of(exercise, level)
        assert poses is not None
        yield level, poses


def _furthest(first: Points, second: Points) -> float:
    return max(
        abs(a - b) for name in POINTS for a, b in zip(first[name], second[name], strict=True)
    )


@pytest.fixture(params=EXERCISES)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    return EXERCISES[request.param]


def test_each_is_drawn_and_right(exercise: Exercise) -> None:
    assert figure_findings(exercise) == []
    picture = ET.fromstring(draw_strip(exercise))
    written = "".join(picture.itertext())
    assert exercise.title in written
    for variant in exercise.variants.values():
        assert variant.title in written
    lines = [one for one in picture.iter() if one.tag.endswith("path")]
    assert len(lines) > 40


def test_no_limb_leaves_the_sheet_or_goes_through_the_floor(exercise: Exercise) -> None:
    for level, poses in _levels(exercise):
        view = VIEWS[poses.figure.view or "side"]
        for passage in passages(exercise, level, poses):
            for points in pictures(passage, poses):
                for name, point in points.items():
                    assert view.beyond(point, radius(name)) == 0, (level, passage.phase.name, name)
                    assert point[1] - radius(name) > -0.04, (level, passage.phase.name, name)


def test_what_rests_is_on_the_floor_or_on_the_chair(exercise: Exercise) -> None:
    for level, poses in _levels(exercise):
        for name in poses.shown:
            stance = poses.stance(name)
            points = stance.points()
            for contact in stance.on:
                for point in rest_points(contact):
                    height = points[point][1] - radius(point) - rest_height(contact)
                    assert height == pytest.approx(0, abs=0.025), (level, name, point)


def test_movements_move_and_holds_stay(exercise: Exercise) -> None:
    for level, poses in _levels(exercise):
        for passage in passages(exercise, level, poses):
            phase, frames = passage.phase, pictures(passage, poses)
            where = (level, phase.name)
            if phase.kind == "hold" and not passage.moves:
                assert len(frames) == 1, where
            elif phase.kind == "move" and phase.breath and phase.name not in RESTING:
                moved = max(_furthest(frames[0], frame) for frame in frames)
                assert passage.highlighted or moved > 0.01, where


def test_a_variant_in_another_position_looks_different() -> None:
    for exercise in EXERCISES.values():
        normal = poses_of(exercise)
        assert normal is not None
        for level, variant in exercise.variants.items():
            if variant.position:
                poses = poses_of(exercise, level)
                assert poses is not None
                assert (
                    _furthest(poses.stance("start").points(), normal.stance("start").points())
                    > 0.02
                ), (exercise.id, level)


def test_bones_keep_their_length_and_what_stands_stays() -> None:
    """In the bridge both feet and the shoulders hold still while the pelvis rises."""
    exercise = EXERCISES["bruecke"]
    poses = poses_of(exercise)
    assert poses is not None
    rising = next(passages(exercise, Level.NORMAL, poses))
    frames = pictures(rising, poses)
    assert len(frames) == 17
    heights = [points["pelvis"][1] for points in frames]
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] > 0.1
    for points in frames:
        for still in ("neck", "ankle_right", "toe_left"):
            assert points[still] == pytest.approx(frames[0][still], abs=0.015), still
        thigh = sum(
            (a - b) ** 2 for a, b in zip(points["hip_right"], points["knee_right"], strict=True)
        )
        assert thigh**0.5 == pytest.approx(0.245, abs=0.006)


def test_in_the_bridge_shoulders_hip_and_knee_are_one_line() -> None:
    poses = poses_of(EXERCISES["bruecke"])
    assert poses is not None
    points = poses.stance("heben").points()
    (x1, y1, _), (x2, y2, _), (x3, y3, _) = (points[n] for n in ("neck", "pelvis", "knee_right"))
    across = abs((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / 0.533
    assert across < 0.02


def test_the_strip_in_the_documents_is_as_it_is_drawn() -> None:
    shown = Path(__file__).parents[2] / "docs" / "pictures" / "bruecke.svg"
    assert shown.read_text(encoding="utf-8") == draw_strip(EXERCISES["bruecke"])
