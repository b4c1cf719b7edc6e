"""Where the joints' angles take the points of the body (forward kinematics)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rueckgrat.figures import skeleton as body
from rueckgrat.figures.frame import Frame, Vector, combined
from skill.content.figure import CONTACTS

Points = dict[str, Vector]
"""The points of ``skeleton.POINTS``, in body lengths; the floor is at y = 0."""


@dataclass(frozen=True)
class Stance:
    """All angles of a pose by joint (``hip_right``), in degrees; what it rests on, and where."""

    angles: Mapping[str, float] = field(default_factory=dict)
    on: tuple[str, ...] = ("feet",)
    at: float = 0.0

    def mirrored(self) -> "Stance":
        """Return the stance of the mirrored body: the right side does what the left one did."""
        angles = {
            _other_side(name): -angle if name in body.LATERAL else angle
            for name, angle in self.angles.items()
        }
        return replace(self, angles=angles, on=tuple(_other_side(one) for one in self.on))

    def points(self) -> Points:
        """Return where every point is, with the body on the floor (or on the chair)."""
        points = _chain(self.angles)
        anchor = rest_points(self.on[0])
        lowest = min(points[name][1] - radius(name) for name in anchor)
        middle = sum(points[name][0] for name in anchor) / len(anchor)
        return moved(points, (self.at - middle, rest_height(self.on[0]) - lowest, 0.0))

    def between(self, other: "Stance", share: float) -> "Stance":
        """Return the stance after this ``share`` (0 to 1) of the way to another one."""
        names = {**self.angles, **other.angles}
        angles = {
            name: (1 - share) * self.angles.get(name, 0.0) + share * other.angles.get(name, 0.0)
            for name in names
        }
        return Stance(angles, self.on, (1 - share) * self.at + share * other.at)


def _other_side(name: str) -> str:
    for one, other in (("right", "left"), ("left", "right")):
        if one in name:
            return name.replace(one, other)
    return name


def moved(points: Points, way: Vector) -> Points:
    """Return all points, moved the same way."""
    return {name: combined(point, 1.0, way) for name, point in points.items()}


def radius(point: str) -> float:
    """Return half the thickness of the body at a point, in body lengths."""
    return body.RADIUS[point.partition("_")[0]]


def rest_points(contact: str) -> tuple[str, ...]:
    """Return the points on which the body rests, for one of ``CONTACTS``."""
    part, sides = CONTACTS[contact]
    points = body.RESTS_ON[part]
    return tuple(f"{one}_{side}" for side in sides for one in points) if sides else points


def rest_height(contact: str) -> float:
    """Return the height of what carries a contact."""
    return body.SEAT if contact == "seat" else 0.0


def _chain(angles: Mapping[str, float]) -> Points:
    """Return all points, with the middle of the hips at the origin."""

    def angle(name: str) -> float:
        return angles.get(name, 0.0)

    def spine(frame: Frame, name: str) -> Frame:
        bent = frame.twisted(angle(f"{name}_twist")).tilted(angle(f"{name}_bend"))
        return bent.bent(angle(name))

    pelvis = Frame().twisted(angle("turn")).bent(angle("lean")).twisted(angle("roll"))
    lumbar = spine(pelvis, "lumbar")
    thorax = spine(lumbar, "thorax")
    head = spine(thorax, "neck")
    points: Points = {"pelvis": (0.0, 0.0, 0.0)}
    points["waist"] = pelvis.at(points["pelvis"], 0, body.PELVIS)
    points["back"] = lumbar.at(points["waist"], 0, body.LUMBAR)
    points["neck"] = thorax.at(points["back"], 0, body.THORAX)
    points["head"] = head.at(points["neck"], 0.01, body.NECK + body.HEAD)
    points["nose"] = head.at(points["head"], body.HEAD * 1.05, -0.006)
    points["forehead"] = head.at(points["head"], body.HEAD * 0.7, body.HEAD * 0.6)
    points["mouth"] = head.at(points["head"], body.HEAD * 0.75, -body.HEAD * 0.55)
    for side, sign in (("right", 1.0), ("left", -1.0)):
        limb = {name: angle(f"{name}_{side}") for name in body.LIMB_JOINTS}
        for name, frame, width in (
            ("hip", pelvis, body.HIP_WIDTH),
            ("waist", lumbar, body.WAIST_WIDTH),
            ("back", thorax, body.BACK_WIDTH),
        ):
            middle = points["pelvis" if name == "hip" else name]
            points[f"{name}_{side}"] = frame.at(middle, 0, 0, sign * width)
        girdle = thorax.tilted(-sign * limb["shoulder_up"])
        shoulder = girdle.at(points["neck"], 0, -0.02, sign * body.SHOULDER_WIDTH)
        points[f"shoulder_{side}"] = shoulder
        arm = _joint(thorax, limb, "shoulder", sign)
        elbow = points[f"elbow_{side}"] = arm.at(shoulder, 0, -body.UPPER_ARM)
        forearm = arm.bent(-limb["elbow"])
        wrist = points[f"wrist_{side}"] = forearm.at(elbow, 0, -body.FOREARM)
        hand = forearm.bent(-limb["wrist"])
        points[f"hand_{side}"] = hand.at(wrist, 0, -body.HAND)
        thigh = _joint(pelvis, limb, "hip", sign)
        knee = points[f"knee_{side}"] = thigh.at(points[f"hip_{side}"], 0, -body.THIGH)
        shank = thigh.bent(limb["knee"])
        ankle = points[f"ankle_{side}"] = shank.at(knee, 0, -body.SHANK)
        foot = shank.bent(-limb["ankle"])
        sole = -body.ANKLE + body.RADIUS["heel"]
        points[f"heel_{side}"] = foot.at(ankle, -body.HEEL_BACK, sole)
        points[f"toe_{side}"] = foot.at(ankle, body.TOE_AHEAD, sole)
    return points


def _joint(parent: Frame, limb: Mapping[str, float], name: str, sign: float) -> Frame:
    """Return the frame of an upper arm or thigh, that hangs down from its joint."""
    raised = parent.bent(-limb[name]).tilted(-sign * limb[f"{name}_out"])
    return raised.twisted(-sign * limb[f"{name}_turn"])
