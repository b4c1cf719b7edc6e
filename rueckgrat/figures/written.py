"""A figure written down again, for another exercise to begin with."""

from collections.abc import Sequence

from rueckgrat.figures.poses import Poses, poses_of
from rueckgrat.figures.run import passages
from skill.content.exercise import Exercise
from skill.content.figure import Pose
from skill.messages.notes import Level
from skill.written.spoken import words


def nearest(position: str, phases: Sequence[str], exercises: Sequence[Exercise]) -> Exercise | None:
    """Return the exercise with a figure that begins and moves most like a new one.

    That is the one which shares most words of its ``position`` and names of its ``phases``.
    """
    said = set(words(position).split())

    def likeness(exercise: Exercise) -> float:
        theirs = [set(words(line).split()) for line in exercise.position]
        position_words = max(len(said & one) / len(said | one) for one in theirs)
        return position_words + 0.1 * sum(one.name in phases for one in exercise.phases)

    # A relaxation of many stations or a figure of many rounds is nothing to begin with.
    drawn = [one for one in exercises if one.figure and one.phases and not one.opening]
    return max(drawn, key=likeness, default=None)


def figure_yaml(exercise: Exercise, phases: Sequence[str]) -> str:
    """Return the figure of an exercise as YAML for another one, whose ``phases`` have other names.

    A phase that the exercise doesn't have goes where the one at the same place goes. Empty for an
    exercise without a figure.
    """
    poses = poses_of(exercise)
    if poses is None:
        return ""
    figure = poses.figure
    lines = ["figure:                       # wie sie aussieht: docs/figures.md"]
    for name in ("view", "mirror", "mat", "chair", "wall", "band"):
        value = getattr(figure, name)
        if value is not None:
            lines.append(f"  {name}: {_value(value)}")
    lines.append("  poses:")
    lines += [f"    {name}: {_pose(pose)}" for name, pose in figure.poses.items()]
    if ways := _ways(exercise, poses, phases):
        lines += ["  phases:", *(f"    {phase}: {way}" for phase, way in ways.items())]
    return "\n".join(lines) + "\n"


def _ways(exercise: Exercise, poses: Poses, phases: Sequence[str]) -> dict[str, str]:
    theirs = list(passages(exercise, Level.NORMAL, poses))
    named = {one.phase.name: one for one in theirs}
    ways = {}
    for number, phase in enumerate(phases):
        passage = named.get(phase) or (theirs[number] if number < len(theirs) else None)
        if passage is None or (phase in poses.figure.poses and passage.poses[1:] == (phase,)):
            continue
        ways[phase] = f"[{', '.join(passage.poses[1:])}]"
    return ways


def _pose(pose: Pose) -> str:
    return _value(pose.model_dump(exclude_unset=True, exclude_none=True))


def _value(value: object) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
