"""How long training takes, estimated from the data: at normal tempo, without pauses.

Pure. The coach itself times every line by the voice; here a line's letters are enough.
"""

from collections.abc import Iterable

from skill.content.exercise import AgeGroup, AgeScale, Exercise, Phase
from skill.content.schema import Content, Programme

SPOKEN_LETTERS_PER_SECOND = 13.0
"""Measured: 120 lines of the exercises at 130 words a minute, pauses included, 13.4."""

GETTING_READY_SECONDS = 10.0
"""From the description of a position to "weiter": to lie down, to fetch a chair."""

COUNT_SECONDS = 1.0
"""Between two repetitions: the number is said, and a moment is left."""


def exercise_seconds(exercise: Exercise, age: AgeGroup | None = None) -> float:
    """Return how long one set takes with the repetitions it begins with, introduced in full.

    ``age`` scales it where the exercise has figures for that group.
    """
    scale = exercise.ages.get(age) if age else None
    told = (exercise.introduction.full, exercise.cautions, exercise.position)
    calls = exercise.repetitions.start if exercise.alternating else 1
    sides = [calls * _spoken_seconds(side.announce[0]) for side in exercise.sides] or [0.0]
    return (
        sum(_spoken_seconds(variants[0]) for variants in told)
        + GETTING_READY_SECONDS
        + _phases_seconds(exercise.opening, scale)
        + sum(announced + _set_seconds(exercise, scale) for announced in sides)
        + _phases_seconds(exercise.closing, scale)
    )


def programme_seconds(content: Content, programme: Programme, age: AgeGroup | None = None) -> float:
    """Return how long a programme takes, rests included, with all that it needs at hand."""
    exercises = [content.exercise(one) for one in programme.exercises] * programme.rounds
    rests = sum(exercise.rest_seconds for exercise in exercises[:-1])
    told = _spoken_seconds(programme.introduction[0])
    return told + sum(exercise_seconds(one, age) for one in exercises) + rests


def minutes(seconds: float) -> int:
    """Return whole minutes as a person would say them: rounded, at least one."""
    return max(1, round(seconds / 60))


def _set_seconds(exercise: Exercise, scale: AgeScale | None) -> float:
    if exercise.stations:
        return sum(
            _spoken_seconds(station.title) + _phases_seconds(station.phases, scale)
            for station in exercise.stations
        )
    repetitions = scale.repetitions if scale else exercise.repetitions.start
    return repetitions * (_phases_seconds(exercise.phases, scale) + COUNT_SECONDS)


def _phases_seconds(phases: Iterable[Phase], scale: AgeScale | None) -> float:
    """Return the length of phases; a cue that is longer stretches its phase."""
    lengths = scale.seconds if scale else {}
    return sum(
        max(lengths.get(phase.name, phase.seconds), _spoken_seconds(phase.say[0]))
        for phase in phases
    )


def _spoken_seconds(line: str) -> float:
    return len(line) / SPOKEN_LETTERS_PER_SECOND
