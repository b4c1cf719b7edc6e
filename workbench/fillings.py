"""What may stand in the placeholders of the coach's lines, and all that it can say with it."""

from collections.abc import Iterator, Mapping, Sequence

from skill import __version__
from skill.coach.choices import waking
from skill.coach.german import (
    amount,
    counted,
    listed,
    more_word,
    number_word,
    ordinal,
    sentence_case,
    times,
    version_words,
)
from skill.coach.knowledge import PORTION
from skill.coach.scripts import NEVER_SAID_ALONE, sentences
from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.written.spoken import placeholders

_AMOUNTS = (1, 3, 8)
_PEOPLE = ("Anna", "Bernd")


def fillings(content: Content, people: Sequence[str] = _PEOPLE) -> dict[str, list[str]]:
    """Return what may stand in each placeholder: of every kind of thing some, of titles all."""
    titles = [exercise.title for exercise in content.exercises]
    programmes = [programme.title for programme in content.programmes]
    materials = [programme.material for programme in content.programmes]
    materials += [exercise.material for exercise in content.exercises]
    all_sides = [exercise.sides for exercise in content.exercises if exercise.sides]
    numbers = [number_word(number) for number in range(1, 31)]
    by_unit = {exercise.unit: exercise for exercise in content.exercises}.values()
    amounts = [amount(number, exercise) for exercise in by_unit for number in _AMOUNTS]
    return {
        "choices": [", ".join(programmes or titles)],
        "days": [ordinal(2), ordinal(7), times(1), times(3)],
        "exercise": titles,
        "exercises": ["drei Übungen", *(f"{title}, {amounts[1]}" for title in titles)],
        "material": [material for material in materials if material],
        "minutes": [counted(number, "Minute", "Minuten") for number in (5, 12, 21)],
        "more": [more_word(number) for number in (1, 2)],
        "name": list(people),
        "number": [sentence_case(number) for number in numbers],
        "people": [", ".join(people)],
        "programme": programmes,
        "remaining": amounts,
        "repetitions": [*amounts, *map(sentence_case, amounts)],
        "side": [side.title for sides in all_sides for side in sides],
        "sides": [listed([f"{side.name} acht" for side in sides]) for sides in all_sides],
        "station": [
            sentence_case(station.title)
            for exercise in content.exercises
            for station in exercise.stations
        ],
        "titles": [
            listed(named[first : first + PORTION])
            for named in (titles, programmes)
            for first in range(0, len(named), PORTION)
        ],
        "unit": [exercise.unit.one for exercise in by_unit],
        "version": [version_words(__version__)],
        "wake": [waking(content)],
    }


def filled(line: str, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the line with the first, the second ... value in all of its placeholders."""
    names = sorted(placeholders(line))
    if any(not values[name] for name in names):
        return
    for index in range(max((len(values[name]) for name in names), default=1)):
        yield line.format(**{name: values[name][index % len(values[name])] for name in names})


def all_sentences(content: Content, people: Sequence[str] = _PEOPLE) -> list[str]:
    """Return all that the coach says, sentence by sentence, as it says it; placeholders filled."""
    values = fillings(content, people)
    said = (
        sentence
        for _, location, line in spoken_lines(content)
        if not NEVER_SAID_ALONE.intersection(location)
        for text in filled(line, values)
        for sentence in sentences(text)
    )
    return list(dict.fromkeys(said))
