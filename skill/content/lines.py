"""All that the coach may say, and where it is written."""

from collections.abc import Iterator

from skill.content.schema import Content, Exercise
from skill.content.yaml_source import Location


def spoken_lines(content: Content) -> Iterator[tuple[tuple[str, str], Location, str]]:
    """Yield every line, with the file it is in (kind, id), its place there, and its text.

    Lines of ``phrases`` may hold ``{placeholders}``.
    """
    for line_id, variants in content.phrases.items():
        for index, line in enumerate(variants):
            yield ("phrases", line_id), (index,), line
    for exercise in content.exercises:
        for location, variants in _exercise_lines(exercise):
            for index, line in enumerate(variants):
                yield ("exercises", exercise.id), (*location, index), line


def _exercise_lines(exercise: Exercise) -> Iterator[tuple[Location, tuple[str, ...]]]:
    yield ("title",), (exercise.title,)
    yield ("purpose",), (exercise.purpose,)
    yield ("introduction", "full"), exercise.introduction.full
    yield ("introduction", "short"), exercise.introduction.short
    yield ("position",), exercise.position
    for number, phase in enumerate(exercise.phases):
        yield ("phases", number, "say"), phase.say
    for number, side in enumerate(exercise.sides):
        yield ("sides", number, "title"), (side.title,)
        yield ("sides", number, "announce"), side.announce
    yield ("reminders",), exercise.reminders
    yield ("cautions",), exercise.cautions
    yield ("leave",), exercise.leave
