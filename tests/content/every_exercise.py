"""The real exercises, for tests that hold for each of them."""

from collections.abc import Iterator

import pytest

from skill.content.exercise import Exercise, Phase
from skill.content.loader import load_content

CONTENT = load_content()

of_every_exercise = pytest.mark.parametrize("exercise", CONTENT.exercises, ids=lambda one: one.id)


def rows_of(exercise: Exercise) -> Iterator[tuple[Phase, ...]]:
    """Yield all that is made in one go: repetitions, stations, opening, closing, variants."""
    yield exercise.phases
    yield exercise.opening
    yield exercise.closing
    yield from (station.phases for station in exercise.stations)
    yield from (variant.phases for variant in (exercise.easier, exercise.harder) if variant)


def phases_of(exercise: Exercise) -> Iterator[Phase]:
    """Yield every phase of an exercise and of its variants."""
    for row in rows_of(exercise):
        yield from row
