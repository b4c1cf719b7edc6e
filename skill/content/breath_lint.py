"""Rules for the breath in exercises: nobody holds it long, and cues say what is breathed."""

import re
from collections.abc import Iterator

from skill.content.exercise import BREATHED_FROM_SECONDS, Breath, Exercise, Phase
from skill.content.lint import LintFinding
from skill.content.schema import Content
from skill.written.spoken import speaks_of_breath

_CUES = {
    Breath.IN: re.compile(r"(?:einatmen|atme ein|ein,)(?!\w)", re.IGNORECASE),
    Breath.OUT: re.compile(r"(?:ausatmen|atme aus|aus,)(?!\w)", re.IGNORECASE),
}
"""How a cue begins that tells to breathe."""


def breaths_wrong(content: Content) -> Iterator[LintFinding]:
    """Find long holds without a breath, and cues that tell another breath than the phase has."""
    for exercise in content.exercises:
        place = ("exercises", exercise.id)
        for location, phase in exercise.placed_phases():
            seconds = _longest_seconds(exercise, phase)
            if seconds > BREATHED_FROM_SECONDS and _is_silent(phase):
                yield LintFinding(
                    place,
                    location,
                    f"hält bis zu {seconds:g} Sekunden, und niemand sagt, dass man weiteratmet",
                    "Schreib „breath: both“ dazu, dann geht der Atem ein und aus.",
                )
            for index, cue in enumerate(phase.say):
                told = told_breath(cue)
                if told and told is not phase.breath:
                    yield LintFinding(
                        place,
                        (*location, "say", index),
                        f"sagt „{cue}“, aber die Phase hat nicht „breath: {told.value}“",
                        f"Schreib „breath: {told.value}“ dazu, oder sag es anders.",
                    )


def told_breath(cue: str) -> Breath | None:
    """Return the breath that a cue begins with, if it begins with one."""
    return next((breath for breath, begins in _CUES.items() if begins.match(cue)), None)


def _is_silent(phase: Phase) -> bool:
    return phase.kind == "hold" and not (phase.breath or all(map(speaks_of_breath, phase.say)))


def _longest_seconds(exercise: Exercise, phase: Phase) -> float:
    """Return how long the phase may take at normal tempo, with practice and at any age."""
    scaled = [scale.seconds.get(phase.name, 0.0) for scale in exercise.ages.values()]
    return max(phase.seconds, phase.longest or 0.0, *scaled)
