"""What is wrong with written figures: names, joints, and bodies that no floor would carry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from rueckgrat.figures.body import Points, radius, rest_height, rest_points
from rueckgrat.figures.poses import START, Poses, poses_of
from rueckgrat.figures.run import passages, pictures
from rueckgrat.figures.skeleton import BODY_JOINTS, CM, LIMB_JOINTS
from rueckgrat.figures.view import VIEWS
from skill.content.exercise import Exercise
from skill.content.figure import Figure, Pose
from skill.content.lint import LintFinding
from skill.messages.notes import Level
from skill.written.mistakes import suggest
from skill.written.yaml_source import Location

_IN_FLOOR, _ABOVE = 0.02, 0.025
"""So far in the floor, or above it, counts as lying on it: angles are whole degrees."""
_IN_FLOOR_ON_THE_WAY = 0.04

_PLACES = {
    "pelvis": "Becken",
    "waist": "Taille",
    "back": "Rücken",
    "neck": "oberer Rücken",
    "head": "Kopf",
    "nose": "Nase",
    "forehead": "Stirn",
    "mouth": "Mund",
    "hip": "Hüfte",
    "shoulder": "Schulter",
    "elbow": "Ellbogen",
    "wrist": "Handgelenk",
    "hand": "Hand",
    "knee": "Knie",
    "ankle": "Knöchel",
    "heel": "Ferse",
    "toe": "Zehen",
}
_SIDES = {"right": " rechts", "left": " links", "": ""}


def figure_findings(exercise: Exercise) -> list[LintFinding]:
    """Return every mistake in the figure of an exercise; of unknown names, only those."""
    if names := dangling(exercise):
        return names
    written = [one for level in _written(exercise) for one in level.joints()]
    return written or [one for level in _written(exercise) for one in level.bodies()]


def dangling(exercise: Exercise) -> list[LintFinding]:
    """Return what is named in a figure but is nowhere: with that it cannot be drawn."""
    return [one for level in _written(exercise) for one in level.names()]


def _written(exercise: Exercise) -> Iterator["_Level"]:
    """Yield each level that has a figure of its own."""
    places: list[tuple[Level, Location, Figure | None]] = [
        (Level.NORMAL, ("figure",), exercise.figure)
    ]
    for level, variant in exercise.variants.items():
        places.append((level, (level.value, "figure"), variant.figure))
    for level, location, figure in places:
        poses = poses_of(exercise, level)
        if figure and poses:
            yield _Level(exercise, level, location, figure, poses)


@dataclass(frozen=True)
class _Level:
    """A figure as it is written for one level, and where."""

    exercise: Exercise
    level: Level
    location: Location
    figure: Figure
    poses: Poses
    """The same on top of the exercise's own."""

    def names(self) -> Iterator[LintFinding]:
        """Find poses and phases that are named but are nowhere."""
        known = self.poses.figure.poses
        if self.exercise.figure is None:
            problem = "steht nur hier, und die Übung selbst hat keine"
            yield self._finding((), problem, "Schreib „figure:“ auch ohne Einrückung.")
        if START not in known:
            yield self._finding(("poses",), "hat keine Haltung „start“", "Ergänze „start: {...}“.")
        for name, pose in self.figure.poses.items():
            for field, below in (("like", pose.like), ("mirrors", pose.mirrors)):
                if below and below not in known:
                    at = ("poses", name, field)
                    yield self._finding(at, f"kennt „{below}“ nicht", suggest(below, known))
            if self._goes_in_circles(name, known):
                where = ("poses", name)
                yield self._finding(where, "beruht auf sich selbst", "Nenn dort eine andere.")
        for phase, way in self.figure.phases.items():
            for pose_name in way.through:
                if pose_name not in known:
                    mend = suggest(pose_name, known)
                    yield self._finding(("phases", phase), f"kennt „{pose_name}“ nicht", mend)
        phases = [phase.name for _, phase in self.exercise.placed_phases()]
        for field in ("phases", "highlight"):
            for pattern in getattr(self.figure, field):
                if not any(fnmatchcase(phase, pattern) for phase in phases):
                    mend = suggest(pattern, phases)
                    yield self._finding((field, pattern), "ist keine Phase der Übung", mend)

    def joints(self) -> Iterator[LintFinding]:
        """Find angles that no joint makes."""
        for name, pose in self.figure.poses.items():
            yield from self._angles(("poses", name), pose, {**BODY_JOINTS, **LIMB_JOINTS})
            for side in ("right", "left"):
                if limbs := getattr(pose, side):
                    yield from self._angles(("poses", name, side), limbs, LIMB_JOINTS)

    def bodies(self) -> Iterator[LintFinding]:
        """Find poses in the floor, above it, in the wall, or beyond the sheet; and no movement."""
        for name in self.figure.poses:
            stance = self.poses.stance(name)
            points = stance.points()
            for contact in stance.on:
                yield from self._floating(name, contact, points)
            yield from self._beyond(name, points, _IN_FLOOR)
        yield from self._ways()

    def _goes_in_circles(self, name: str, known: Mapping[str, Pose]) -> bool:
        seen: set[str] = set()
        at: str | None = name
        while at is not None and at in known and at not in seen:
            seen.add(at)
            at = known[at].like or known[at].mirrors
        return at == name

    def _angles(
        self, location: Location, written: object, ranges: Mapping[str, tuple[float, float]]
    ) -> Iterator[LintFinding]:
        for joint, (least, most) in ranges.items():
            angle = getattr(written, joint)
            if angle is not None and not least <= angle <= most:
                problem = f"ist {angle:g} Grad, und so weit geht das Gelenk nicht"
                mend = f"Erlaubt ist {least:g} bis {most:g}."
                yield self._finding((*location, joint), problem, mend)

    def _floating(self, pose: str, contact: str, points: Points) -> Iterator[LintFinding]:
        carried = rest_height(contact)
        high = {name: points[name][1] - radius(name) - carried for name in rest_points(contact)}
        worst = max(high, key=lambda name: high[name])
        if high[worst] > _ABOVE:
            problem = f"schwebt, obwohl „rests_on“ sie nennt: {_spell(worst, high[worst])}"
            mend = "Ändere einen Winkel, oder nimm sie aus „rests_on“ heraus."
            yield self._finding(("poses", pose), problem, mend)

    def _beyond(self, pose: str, points: Points, deep: float) -> Iterator[LintFinding]:
        """Find the worst point in the floor, in the wall and beyond the sheet."""
        figure = self.poses.figure
        view = VIEWS[figure.view or "side"]
        depths = {
            "steckt im Boden": {name: radius(name) - at[1] - deep for name, at in points.items()},
            "ragt über den Rand": {
                name: view.beyond(at, radius(name)) for name, at in points.items()
            },
        }
        if figure.wall is not None:
            wall = figure.wall + _IN_FLOOR
            depths["steckt in der Wand"] = {name: at[0] - wall for name, at in points.items()}
        mends = {"ragt über den Rand": "Schieb sie mit „at“ zur Mitte."}
        for what, depth in depths.items():
            worst = max(depth, key=lambda name: depth[name])
            if depth[worst] > 0:
                by = depth[worst] + (deep if what == "steckt im Boden" else 0.0)
                mend = mends.get(what, "Ändere einen Winkel, oder womit sie aufliegt.")
                yield self._finding(("poses", pose), f"{what}: {_spell(worst, by)}", mend)

    def _ways(self) -> Iterator[LintFinding]:
        repeated = {phase.name for phase in self.exercise.phases}
        for passage in passages(self.exercise, self.level, self.poses):
            phase, end = passage.phase, passage.poses[-1]
            stays = phase.kind == "move" and not passage.moves and not passage.highlighted
            if stays and phase.name in repeated:
                problem = f"sagt nicht, wohin die Bewegung „{phase.name}“ geht"
                mend = f"Ergänze unter poses „{phase.name}: {{...}}“, oder nenn unter phases eine."
                yield self._finding((), problem, mend)
            if end not in self.figure.poses:
                continue  # the exercise itself tells
            for points in pictures(passage, self.poses)[1:-1]:
                found = list(self._beyond(end, points, _IN_FLOOR_ON_THE_WAY))
                yield from found[:1]
                if found:
                    break

    def _finding(self, below: Location, problem: str, mend: str) -> LintFinding:
        place = ("exercises", self.exercise.id)
        return LintFinding(place, (*self.location, *below), problem, mend)


def _spell(point: str, length: float) -> str:
    name, _, side = point.partition("_")
    return f"{_PLACES[name]}{_SIDES[side]}, {length * CM:.0f} cm"
