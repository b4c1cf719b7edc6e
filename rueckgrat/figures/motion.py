"""From pose to pose: the angles change evenly, and what stands or leans stays where it is."""

from math import dist, sqrt

from rueckgrat.figures.body import Points, Stance, moved
from rueckgrat.figures.frame import Vector, combined
from rueckgrat.figures.skeleton import FOREARM, SHANK, SIDES, THIGH, UPPER_ARM

STEPS = 8
"""So many pictures are made from one key pose to the next; between them straight lines will do."""

_STAYS = 0.03
"""Hands and feet that are no further apart than this in both poses stay where they are."""

_LIMBS = (
    ("shoulder", "elbow", "wrist", ("wrist", "hand"), UPPER_ARM, FOREARM),
    ("hip", "knee", "ankle", ("ankle", "heel", "toe"), THIGH, SHANK),
)


def movement(start: Stance, end: Stance, steps: int = STEPS) -> list[Points]:
    """Return the points of the body on its way, the first and the last of them included."""
    first, last = start.points(), end.points()
    between = [_between(start, end, first, last, number / steps) for number in range(1, steps)]
    return [first, *between, last]


def _between(start: Stance, end: Stance, first: Points, last: Points, share: float) -> Points:
    points = start.between(end, share).points()
    if start.on[0] != end.on[0]:
        pelvis = _mean(first["pelvis"], last["pelvis"], share)
        points = moved(points, combined(pelvis, -1.0, points["pelvis"]))
    for side in SIDES:
        for root, middle, tip, ends, upper, lower in _LIMBS:
            names = [f"{name}_{side}" for name in (root, middle, tip)]
            if dist(first[names[2]], last[names[2]]) > _STAYS:
                continue
            for name in (f"{one}_{side}" for one in ends):
                points[name] = _mean(first[name], last[name], share)
            if dist(first[names[1]], last[names[1]]) <= _STAYS:
                points[names[1]] = _mean(first[names[1]], last[names[1]], share)
                continue
            points[names[1]] = _bent(*(points[one] for one in names), upper=upper, lower=lower)
    return points


def _bent(root: Vector, middle: Vector, tip: Vector, *, upper: float, lower: float) -> Vector:
    """Return where knee or elbow is, between two ends, on the side where ``middle`` is now."""
    reach = max(dist(root, tip), 1e-9)
    along = combined((0.0, 0.0, 0.0), 1 / reach, combined(tip, -1.0, root))
    ahead = (reach**2 + upper**2 - lower**2) / (2 * reach)
    aside = sqrt(max(upper**2 - ahead**2, 0.0))
    foot = combined(root, ahead, along)
    arm = combined(middle, -1.0, root)
    depth = sum(a * b for a, b in zip(arm, along, strict=True))
    off = combined(arm, -depth, along)
    length = dist(off, (0.0, 0.0, 0.0))
    return combined(foot, aside / length, off) if length > 1e-9 else foot


def _mean(a: Vector, b: Vector, share: float) -> Vector:
    return combined(a, share, combined(b, -1.0, a))
