"""An exercise as one person gets it: their variant, their holds, the times of their age group."""

from math import ceil
from typing import Any

from skill.content.exercise import AgeScale, Exercise, Phase
from skill.messages.notes import Level, Load
from skill.progress.rules import HOLD_STEP_SECONDS, Limits


def adapted(exercise: Exercise, load: Load, age_group: str) -> Exercise:
    """Return the exercise at a load; the very same object where nothing is different.

    Position, phases, sides and leave of the load's variant replace the exercise's own, the age
    group's seconds count for every phase they name, and holds are longer by the load's steps.
    Titles stay. An unknown age group, or a variant that does not exist, changes nothing.
    """
    scale = _age_scale(exercise, age_group)
    variant = exercise.variants.get(load.level)
    changed: dict[str, Any] = {}
    if variant and variant.position:
        changed["position"] = variant.position
    if variant and variant.leave:
        changed["leave"] = variant.leave
    if variant and variant.phases:
        changed |= {"phases": variant.phases, "stations": ()}
    if variant and variant.sides:
        changed |= {"sides": variant.sides, "alternating": variant.alternating}
    basis = exercise.model_copy(update=changed) if changed else exercise
    return basis.with_phases(lambda phase: _timed(phase, load.hold_steps, scale))


def limits_of(exercise: Exercise, age_group: str) -> Limits:
    """Return how far the exercise (as written, not an adapted one) goes for an age group."""
    limits = exercise.repetitions
    scale = _age_scale(exercise, age_group)
    start = scale.repetitions if scale else limits.start
    levels = [one for one in Level if one is Level.NORMAL or one in exercise.variants]
    return Limits(
        least=limits.least,
        start=min(max(start, limits.least), limits.most),
        most=limits.most,
        hold_steps={level: _hold_steps(exercise, level, age_group) for level in levels},
    )


def _hold_steps(exercise: Exercise, level: Level, age_group: str) -> int:
    """Return after how many steps every hold has grown to its longest."""
    phases = adapted(exercise, Load(exercise.repetitions.start, level=level), age_group).all_phases
    room_seconds = [one.longest - one.seconds for one in phases if one.longest is not None]
    return max(
        (ceil(seconds / HOLD_STEP_SECONDS) for seconds in room_seconds if seconds > 0), default=0
    )


def _age_scale(exercise: Exercise, age_group: str) -> AgeScale | None:
    return next((scale for group, scale in exercise.ages.items() if group == age_group), None)


def _timed(phase: Phase, hold_steps: int, scale: AgeScale | None) -> Phase:
    seconds = scale.seconds.get(phase.name, phase.seconds) if scale else phase.seconds
    if phase.longest is not None:
        grown = min(seconds + hold_steps * HOLD_STEP_SECONDS, phase.longest)
        seconds = max(seconds, grown)  # an age group's hold may be above the longest: it stays
    return phase if seconds == phase.seconds else phase.model_copy(update={"seconds": seconds})
