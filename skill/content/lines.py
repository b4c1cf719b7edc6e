"""All that the coach may say: where it is written, and the ids by which it is told."""

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


def line_ids(content: Content) -> frozenset[str]:
    """Return the ids of all lines, as events tell them.

    ``safety.ask``, ``bruecke.introduction``, ``knowledge.arzt.more``; ``asked.pause`` asks back
    whether a pause was meant.
    """
    topics = (f"knowledge.{topic_id}" for topic_id in content.topics)
    return frozenset(
        (
            *content.phrases,
            *(f"asked.{name}" for name, row in content.commands.items() if row.asked or row.called),
            *(f"{one.id}.introduction" for one in content.programmes),
            *(f"{one.id}.purpose" for one in content.programmes),
            *(line for topic in topics for line in (topic, f"{topic}.more")),
            *(f"{one.id}.{name}" for one in content.exercises for name in _own_names(one)),
        )
    )


def _own_names(exercise: Exercise) -> Iterator[str]:
    yield from ("introduction", "short", "cautions", "not_for", "position", "reminders", "leave")
    yield "purpose"
    for _, phase in exercise.placed_phases():
        yield from (phase.name, f"{phase.name}.hints")
    yield from (side.name for side in exercise.sides)
    yield from (level.value for level in exercise.variants)


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
        for number, side in enumerate(variant.sides):
            yield (level.value, "sides", number, "title"), (side.title,)
            yield (level.value, "sides", number, "announce"), side.announce
        yield (level.value, "leave"), variant.leave
