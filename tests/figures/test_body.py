"""Angles to points: signs as a goniometer reads them, sides, and poses made of others."""

import pytest

from rueckgrat.figures.body import Points, Stance
from rueckgrat.figures.motion import movement
from rueckgrat.figures.poses import Poses, poses_of
from rueckgrat.figures.skeleton import LIMB_JOINTS, POINTS
from skill.content.figure import Figure
from skill.content.loader import load_content
from skill.messages.notes import Level


def _pose(**fields: object) -> Points:
    figure = Figure.model_validate({"poses": {"start": fields}})
    return Poses(figure).stance("start").points()


def test_standing_upright_a_person_is_one_body_length_tall() -> None:
    points = _pose()
    assert set(points) == set(POINTS)
    assert points["head"][1] + 0.065 == pytest.approx(1, abs=0.01)
    assert points["heel_right"][1] == pytest.approx(0.012)


@pytest.mark.parametrize(
    ("joint", "point", "axis", "sign"),
    [
        ("hip", "knee_right", 0, 1),
        ("knee", "ankle_right", 0, -1),
        ("hip_out", "knee_right", 2, 1),
        ("shoulder", "elbow_right", 0, 1),
        ("shoulder_out", "elbow_left", 2, -1),
        ("elbow", "wrist_right", 0, 1),
        ("wrist", "hand_right", 0, 1),
        ("ankle", "toe_right", 1, 1),
        ("shoulder_up", "shoulder_right", 1, 1),
        ("lumbar", "neck", 0, 1),
        ("thorax_bend", "neck", 2, 1),
        ("neck", "head", 0, 1),
        ("turn", "nose", 2, 1),
        ("lean", "head", 0, 1),
    ],
)
def test_which_way_a_positive_angle_goes(joint: str, point: str, axis: int, sign: int) -> None:
    there = _relative(_pose(rests_on=["pelvis"], **{joint: 30}), point)
    here = _relative(_pose(rests_on=["pelvis"]), point)
    assert (there[axis] - here[axis]) * sign > 0.01


def _relative(points: Points, point: str) -> list[float]:
    return [a - b for a, b in zip(points[point], points["pelvis"], strict=True)]


def test_lying_on_the_back_on_the_belly_and_on_the_right_side() -> None:
    assert _pose(lean=-90, rests_on=["pelvis"])["nose"][1] > 0.1
    prone = _pose(lean=90, rests_on=["pelvis"])
    assert prone["nose"][1] < prone["head"][1]
    side = _pose(lean=-90, roll=90, rests_on=["right hip"])
    assert side["shoulder_right"][1] < side["shoulder_left"][1]
    assert side["nose"][2] > 0.05  # looks at the spectator


def test_the_mirrored_body_does_on_the_left_what_the_other_does_on_the_right() -> None:
    angles = {f"{joint}_right": 10.0 + n for n, joint in enumerate(LIMB_JOINTS)}
    angles |= {"roll": 20, "turn": 15, "lumbar_bend": 8, "thorax_twist": 12, "neck": 5}
    stance = Stance(angles, on=("right foot",))
    points, mirrored = stance.points(), stance.mirrored().points()
    for name, (x, y, z) in points.items():
        other = name.replace("right", "*").replace("left", "right").replace("*", "left")
        assert mirrored[other] == pytest.approx((x, y, -z), abs=1e-9), name
    assert stance.mirrored().mirrored() == stance


def test_poses_are_like_others_and_mirror_others() -> None:
    figure = Figure.model_validate(
        {
            "poses": {
                "start": {"hip": 20, "at": 0.1, "right": {"knee": 50}},
                "both": {"like": "start", "knee": 10},
                "mirror": {"mirrors": "start", "hip": 30},
            }
        }
    )
    poses = Poses(figure)
    assert poses.stance("both").angles["knee_right"] == 10
    assert poses.stance("mirror").angles["knee_left"] == 50
    assert "knee_right" not in poses.stance("mirror").angles
    assert poses.stance("mirror").angles["hip_right"] == 30
    assert poses.stance("mirror").at == 0.1


def test_a_variant_changes_what_others_are_like_too() -> None:
    exercise = load_content().exercise("knie-pendeln")
    harder = poses_of(exercise, Level.HARDER)
    assert harder is not None
    assert harder.stance("links").angles["knee_left"] == 90


def test_a_standing_foot_stays_while_the_body_sinks() -> None:
    figure = Figure.model_validate(
        {
            "poses": {
                "start": {"rests_on": ["pelvis"], "lean": -90, "hip": 67, "knee": 144},
                "end": {"rests_on": ["pelvis"], "lean": -90, "hip": 66, "knee": 142},
            }
        }
    )
    poses = Poses(figure)
    frames = movement(poses.stance("start"), poses.stance("end"))
    xs = [points["ankle_right"][0] for points in frames]
    assert xs == sorted(xs)
    assert max(xs) - min(xs) < 0.03
