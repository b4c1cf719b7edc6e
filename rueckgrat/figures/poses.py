"""The poses of an exercise at a level: those of its variant on top, each with all of its angles."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from rueckgrat.figures.body import Stance
from rueckgrat.figures.skeleton import BODY_JOINTS, LIMB_JOINTS, SIDES
from skill.content.exercise import Exercise, Phase
from skill.content.figure import Figure, Limbs, Pose, Way
from skill.messages.notes import Level

START = "start"


@dataclass(frozen=True)
class Poses:
    """The figure of an exercise at one level; ``figure`` is what is written for it, put together.

    ``shown`` are the poses that it takes there; others may be there only to be ``like``.
    Raises KeyError for a pose that there is not; ``lint.unknown_poses`` finds those.
    """

    figure: Figure
    shown: tuple[str, ...] = (START,)

    def stance(self, name: str) -> Stance:
        """Return a pose with all of its angles."""
        pose = self.figure.poses[name]
        below = pose.like or pose.mirrors
        base = self.stance(below) if below else Stance()
        if pose.mirrors:
            base = base.mirrored()
        angles = {**base.angles, **_angles(pose)}
        at = base.at if pose.at is None else pose.at
        return Stance(angles, pose.rests_on or base.on, at)

    def way(self, phase: str) -> Way | None:
        """Return where the figure goes in a phase; None: it stays where it is."""
        for pattern, way in self.figure.phases.items():
            if fnmatchcase(phase, pattern):
                return way
        return Way(through=(phase,)) if phase in self.figure.poses else None

    def highlighted(self, phase: str) -> tuple[str, ...]:
        """Return the parts of the body that are drawn in colour in a phase."""
        for pattern, parts in self.figure.highlight.items():
            if fnmatchcase(phase, pattern):
                return parts
        return ()


def poses_of(exercise: Exercise, level: Level = Level.NORMAL) -> Poses | None:
    """Return the poses of an exercise at a level; None if it has no figure."""
    figure = _figure(exercise, level)
    if figure is None:
        return None
    ways = [Poses(figure).way(phase.name) for phase in phases_at(exercise, level)]
    names = [name for way in ways if way for name in way.through]
    return Poses(figure, tuple(dict.fromkeys((START, *names))))


def phases_at(exercise: Exercise, level: Level) -> tuple[Phase, ...]:
    """Return every phase at a level in playing order: opening, a repetition (or all), closing."""
    variant = exercise.variants.get(level)
    repeated = (variant.phases if variant else ()) or exercise.phases
    stations = [phase for station in exercise.stations for phase in station.phases]
    return (*exercise.opening, *repeated, *stations, *exercise.closing)


def _figure(exercise: Exercise, level: Level) -> Figure | None:
    variant = exercise.variants.get(level)
    own = variant.figure if variant else None
    base = exercise.figure
    if base is None or own is None:
        return own or base
    set_there = {name: getattr(own, name) for name in own.model_fields_set}
    for name in ("poses", "phases", "highlight"):
        set_there[name] = _on_top(getattr(own, name), getattr(base, name))
    return base.model_copy(update=set_there)


def _on_top(own: "Mapping[str, object]", base: "Mapping[str, object]") -> dict[str, object]:
    """Return both, what is their own first, since the first pattern that fits a phase counts."""
    return {**own, **{name: one for name, one in base.items() if name not in own}}


def _angles(pose: Pose) -> dict[str, float]:
    angles = {name: angle for name in BODY_JOINTS if (angle := getattr(pose, name)) is not None}
    for side in SIDES:
        angles |= _limb_angles(pose, side)
    for side, limbs in (("right", pose.right), ("left", pose.left)):
        if limbs:
            angles |= _limb_angles(limbs, side)
    return angles


def _limb_angles(limbs: Limbs, side: str) -> dict[str, float]:
    joints = {name: getattr(limbs, name) for name in LIMB_JOINTS}
    return {f"{name}_{side}": angle for name, angle in joints.items() if angle is not None}
