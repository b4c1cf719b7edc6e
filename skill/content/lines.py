"""All that the coach may say, and where it is written."""

from collections.abc import Iterator

from skill.content.exercise import Exercise, Unit
from skill.content.schema import Content
from skill.written.yaml_source import Location


def spoken_lines(content: Content) -> Iterator[tuple[tuple[str, str], Location, str]]:
    """Yield every line, with the file it is in (kind, id), its place there, and its text.

    Lines of ``phrases`` may hold ``{placeholders}``; titles, materials and units, which are said
    only in their places, are lines of their own.
    """
    for line_id, variants in content.phrases.items():
        for index, line in enumerate(variants):
            yield ("phrases", line_id), (index,), line
    for exercise in content.exercises:
        for location, variants in _exercise_lines(exercise):
            for index, line in enumerate(variants):
                yield ("exercises", exercise.id), (*location, index), line
    for programme in content.programmes:
        place = ("programmes", programme.id)
        yield place, ("title",), programme.title
        if programme.material:
            yield place, ("material",), programme.material
        for index, line in enumerate(programme.introduction):
            yield place, ("introduction", index), line
    for topic_id, topic in content.topics.items():
        for field in ("answer", "more"):
            for index, line in enumerate(getattr(topic, field)):
                yield ("knowledge", topic_id), (field, index), line


def _exercise_lines(exercise: Exercise) -> Iterator[tuple[Location, tuple[str, ...]]]:
    yield ("title",), (exercise.title,)
    yield ("purpose",), (exercise.purpose,)
    if exercise.material:
        yield ("material",), (exercise.material,)
    if exercise.unit != Unit():
        yield ("unit", "one"), (exercise.unit.one,)
        yield ("unit", "many"), (exercise.unit.many,)
    yield ("introduction", "full"), exercise.introduction.full
    yield ("introduction", "short"), exercise.introduction.short
    yield ("position",), exercise.position
    for location, phase in exercise.placed_phases():
        yield (*location, "say"), phase.say
        yield (*location, "hints"), phase.hints
    for number, station in enumerate(exercise.stations):
        yield ("stations", number, "title"), (station.title,)
    for number, side in enumerate(exercise.sides):
        yield ("sides", number, "title"), (side.title,)
        yield ("sides", number, "announce"), side.announce
    yield ("reminders",), exercise.reminders
    yield ("cautions",), exercise.cautions
    yield ("leave",), exercise.leave
    yield ("not_for",), exercise.not_for
    for level, variant in exercise.variants.items():
        yield (level.value, "title"), (variant.title,)
        yield (level.value, "say"), variant.say
        yield (level.value, "position"), variant.position
