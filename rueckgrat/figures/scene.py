"""What is drawn: the parts of the body, what it lies on, and what it holds, in drawing order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rueckgrat.figures import skeleton as body
from rueckgrat.figures.body import Points
from rueckgrat.figures.frame import Frame, Vector
from rueckgrat.figures.view import View
from skill.content.figure import Figure


@dataclass(frozen=True)
class Stroke:
    """A thick line through points, or an area within them; ``far`` ones are drawn lighter."""

    name: str
    points: tuple[str, ...]
    width: float
    is_area: bool = False
    far: bool = False


@dataclass(frozen=True)
class Prop:
    """Something that stands or lies there and does not move: an area, or a line."""

    name: str
    corners: tuple[Vector, ...]
    is_area: bool = True


def _limb_parts(side: str) -> dict[str, list[Stroke]]:
    def part(name: str, start: str, end: str, width: float) -> Stroke:
        return Stroke(name, (f"{start}_{side}", f"{end}_{side}"), width)

    return {
        "arm": [
            part("upper-arms", "shoulder", "elbow", 0.056),
            part("forearms", "elbow", "wrist", 0.046),
            part("hands", "wrist", "hand", 0.034),
        ],
        "leg": [
            part("thighs", "hip", "knee", 0.086),
            part("shanks", "knee", "ankle", 0.062),
            part("feet", "ankle", "heel", 0.044),
            part("feet", "heel", "toe", 0.03),
        ],
    }


_TRUNK = Stroke(
    "trunk",
    tuple(
        f"{one}_{side}"
        for side, row in (
            ("right", ("shoulder", "back", "waist", "hip")),
            ("left", ("hip", "waist", "back", "shoulder")),
        )
        for one in row
    ),
    0.1,
    is_area=True,
)
_HEAD = (
    Stroke("neck", ("neck", "head"), 0.06),
    Stroke("head", ("head", "nose"), 0.036),
    Stroke("head", ("head", "head"), 2 * body.HEAD),
)

HIGHLIGHTED = {
    "forehead": (Stroke("forehead", ("forehead", "forehead"), 0.055),),
    "mouth": (Stroke("mouth", ("mouth", "mouth"), 0.045),),
    "shoulders": tuple(
        Stroke("shoulders", ("neck", f"shoulder_{side}"), 0.06) for side in body.SIDES
    ),
    "upper-back": (Stroke("upper-back", ("neck", "back"), 0.09),),
    "belly": (Stroke("belly", ("back", "waist"), 0.09),),
    "hips": (Stroke("hips", ("hip_right", "hip_left"), 0.1),),
}
"""Drawn over the body where a part of it is highlighted; arms and legs are coloured themselves."""

BAND_WIDTH = 0.02

_FAR = 0.06
"""A limb is a far one where that of the other side is so much nearer, on average."""


def parts_of(poses: Sequence[Points], view: View) -> list[Stroke]:
    """Return the parts of the body, the furthest first; ``poses`` are all that it will take."""
    frontal = replace(view, yaw=0)  # else what is further along the floor would hide the near

    def depth(names: Iterable[str]) -> float:
        depths = [frontal.depth(points[name]) for points in poses for name in names]
        return sum(depths) / len(depths)

    layers = [(depth(_TRUNK.points), [_TRUNK, *_HEAD])]
    limbs = {side: _limb_parts(side) for side in body.SIDES}
    for name in limbs["right"]:
        depths = [
            depth(one for part in limbs[side][name] for one in part.points) for side in body.SIDES
        ]
        for side, middle in zip(body.SIDES, depths, strict=True):
            far = middle < max(depths) - _FAR
            layers.append((middle, [replace(part, far=far) for part in limbs[side][name]]))
    return [part for _, layer in sorted(layers, key=lambda one: one[0]) for part in layer]


def band_of(figure: Figure) -> tuple[tuple[str, str], ...]:
    """Return the points between which the band is stretched."""
    if figure.band == "hands":
        return (("hand_right", "hand_left"),)
    if figure.band == "feet":
        return tuple((f"hand_{side}", f"toe_{side}") for side in body.SIDES)
    return ()


def props_of(figure: Figure, turn: float) -> list[Prop]:
    """Return what stands and lies there; ``turn`` is where the person on the chair looks."""
    props = []
    if figure.mat is not False:
        props.append(Prop("mat", _rectangle((-0.8, 0.8), (-0.24, 0.24))))
    else:
        props.append(Prop("floor", _rectangle((-0.5, 0.5), (-0.3, 0.3))))
    if figure.wall is not None:
        x = figure.wall
        corners = ((x, 0.0, -0.4), (x, 0.0, 0.4), (x, 1.2, 0.4), (x, 1.2, -0.4))
        props.append(Prop("wall", corners))
    if figure.chair is not None:
        props += _chair(figure.chair, turn)
    return props


def _rectangle(x: tuple[float, float], z: tuple[float, float]) -> tuple[Vector, ...]:
    return ((x[0], 0.0, z[0]), (x[1], 0.0, z[0]), (x[1], 0.0, z[1]), (x[0], 0.0, z[1]))


def _chair(at: float, turn: float) -> list[Prop]:
    frame = Frame().twisted(turn)
    half, height = body.SEAT_DEPTH / 2, body.SEAT - 0.02

    def corner(ahead: float, y: float, aside: float) -> Vector:
        return frame.at((at, 0.0, 0.0), ahead * half, y, aside * half)

    legs = [
        Prop("leg", (corner(x, 0.0, z), corner(x, height, z)), is_area=False)
        for z in (-1, 1)
        for x in (-1, 1)
    ]
    seat = tuple(corner(x, height, z) for x, z in ((-1, -1), (1, -1), (1, 1), (-1, 1)))
    top = height + body.CHAIR_BACK
    back = tuple(corner(-1, y, z) for y, z in ((height, -1), (top, -1), (top, 1), (height, 1)))
    return [*legs, Prop("chair-back", back), Prop("seat", seat)]
