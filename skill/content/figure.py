"""The figure of an exercise as it is written down: key poses of a jointed body, and who goes where.

Angles are in degrees from standing upright with hanging arms (the neutral-zero method), lengths in
body lengths. Where a pose takes the body is worked out by whoever draws it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from skill.written.mistakes import RuleError, suggest
from skill.written.shapes import Seconds, Shape

_PAIRS = {
    "feet": "foot",
    "heels": "heel",
    "toes": "toe",
    "knees": "knee",
    "hands": "hand",
    "forearms": "forearm",
    "elbows": "elbow",
    "hips": "hip",
    "shoulders": "shoulder",
}
CONTACTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **{name: (name, ()) for name in ("seat", "pelvis", "belly", "back", "head")},
    **{many: (one, ("right", "left")) for many, one in _PAIRS.items()},
    **{f"{side} {one}": (one, (side,)) for one in _PAIRS.values() for side in ("right", "left")},
}
"""What a body may rest on, and the part and the sides that this means; ``seat`` is on the chair."""

HIGHLIGHTS = (
    *("hands", "forearms", "upper-arms", "forehead", "mouth", "shoulders", "upper-back"),
    *("belly", "hips", "thighs", "shanks", "feet"),
)
"""Parts of the body that can be drawn in colour."""


def _one_of(known: "Mapping[str, object] | tuple[str, ...]") -> AfterValidator:
    def check(name: str) -> str:
        if name not in known:
            raise RuleError(f"kennt „{name}“ nicht", suggest(name, known))
        return name

    return AfterValidator(check)


class Limbs(Shape):
    """Joints of arms and legs: bent forward (knee: backward), spread outward, turned inward."""

    hip: float | None = None
    hip_out: float | None = None
    hip_turn: float | None = None
    knee: float | None = None
    ankle: float | None = None
    shoulder: float | None = None
    shoulder_out: float | None = None
    shoulder_turn: float | None = None
    shoulder_up: float | None = None
    elbow: float | None = None
    wrist: float | None = None


class Pose(Limbs):
    """One key pose; a joint that is not named is as in the pose it is ``like``, or at 0.

    ``mirrors`` names a pose of which this is the mirror image. A joint of arms and legs stands for
    both sides unless ``right`` or ``left`` says otherwise. Of what it ``rests_on`` the first holds
    the whole body, with its middle ``at`` this place along the floor. ``lean`` is how
    far the pelvis is bent forward (90: prone, -90: supine), ``roll`` to its right side, ``turn``
    towards the spectator; back and neck bend forward, to the right and twist to the right.
    """

    like: str | None = None
    mirrors: str | None = None
    rests_on: tuple[Annotated[str, _one_of(CONTACTS)], ...] = ()
    at: float | None = None
    lean: float | None = None
    roll: float | None = None
    turn: float | None = None
    lumbar: float | None = None
    lumbar_bend: float | None = None
    lumbar_twist: float | None = None
    thorax: float | None = None
    thorax_bend: float | None = None
    thorax_twist: float | None = None
    neck: float | None = None
    neck_bend: float | None = None
    neck_twist: float | None = None
    right: Limbs | None = None
    left: Limbs | None = None


class Way(Shape):
    """What the figure does in a phase: it goes ``through`` poses, and stays in the last one.

    With ``every`` it goes round and round as long as the phase lasts, each round in so many
    seconds.
    """

    through: Annotated[tuple[str, ...], Field(min_length=1)]
    every: Seconds | None = None


def _way(written: Any) -> Any:
    """Take a pose, or several, for the way through them."""
    if isinstance(written, str):
        return {"through": [written]}
    return {"through": written} if isinstance(written, list) else written


class Figure(Shape):
    """How an exercise looks; in a variant: what looks different there.

    ``poses`` has one called ``start``. A phase ends in the pose of its own name, unless ``phases``
    names others (``*`` stands for any letters of a phase's name); without either it stays where it
    is. ``highlight`` has the parts that are drawn in colour, by name of the phase, too. The second
    side is the mirrored body, or the mirrored ``picture``. ``chair`` and ``wall`` stand at this
    place along the floor, a ``band`` runs between the hands, or from the hands to the feet.
    """

    view: Literal["side", "above"] | None = None
    mirror: Literal["body", "picture"] | None = None
    mat: bool | None = None
    chair: float | None = None
    wall: float | None = None
    band: Literal["hands", "feet"] | None = None
    poses: dict[str, Pose] = Field(default_factory=dict)
    phases: dict[str, Annotated[Way, BeforeValidator(_way)]] = Field(default_factory=dict)
    highlight: dict[str, tuple[Annotated[str, _one_of(HIGHLIGHTS)], ...]] = Field(
        default_factory=dict
    )
