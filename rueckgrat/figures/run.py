"""The way of the figure through an exercise: phase by phase, from the pose it is left in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rueckgrat.figures.body import Points, Stance
from rueckgrat.figures.motion import movement
from rueckgrat.figures.poses import START, Poses, phases_at
from skill.content.exercise import Exercise, Phase
from skill.messages.notes import Level


@dataclass(frozen=True)
class Passage:
    """A phase, and the key poses that it goes through; the first is the one that it begins in.

    ``every`` are the seconds of a round, where it goes round and round.
    """

    phase: Phase
    poses: tuple[str, ...]
    every: float | None
    highlighted: tuple[str, ...]

    @property
    def moves(self) -> bool:
        """Whether the figure is to be seen moving."""
        return len(set(self.poses)) > 1


def passages(exercise: Exercise, level: Level, poses: Poses) -> Iterator[Passage]:
    """Yield every phase at a level in playing order, as ``phases_at`` does."""
    pose = START
    for phase in phases_at(exercise, level):
        way = poses.way(phase.name)
        through = way.through if way else (pose,)
        every = way.every if way else None
        first = through[-1] if every else pose
        yield Passage(phase, (first, *through), every, poses.highlighted(phase.name))
        pose = through[-1]


def pictures(passage: Passage, poses: Poses, mirrored: bool = False) -> list[Points]:
    """Return the body's points from the beginning to the end of a phase, in even steps."""
    stances = [_stance(poses, name, mirrored) for name in passage.poses]
    found = [stances[0].points()]
    for start, end in pairwise(stances):
        if start != end:
            found += movement(start, end)[1:]
    return found


def _stance(poses: Poses, name: str, mirrored: bool) -> Stance:
    stance = poses.stance(name)
    return stance.mirrored() if mirrored else stance
