"""All that the coach can say, sentence by sentence, its lines' placeholders filled in."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from skill import __version__
from skill.coach.choices import offered, waking
from skill.coach.german import (
    amount,
    counted,
    listed,
    more_word,
    number_word,
    ordinal,
    repetitions,
    sentence_case,
    times,
    version_words,
)
from skill.coach.knowledge import PORTION
from skill.coach.prompts import Line
from skill.coach.scripts import NEVER_SAID_ALONE, PRAISED_DAYS
from skill.coach.upcoming import Values, fill
from skill.content.duration import exercise_seconds, minutes, programme_seconds
from skill.content.exercise import Exercise, Unit
from skill.content.lines import spoken_lines
from skill.content.schema import Content, Programme
from skill.written.spoken import placeholders, sentences

PEOPLE = ("Anna", "Bernd")
"""Who may stand in for the people of a household."""

_OF_SIDES = (Line.POSITION_READY_SIDES, Line.DONE_SIDES, Line.SUMMARY_ITEM_SIDES)
"""Lines about exercises with sides only."""

_PLANNED = (
    *(Line.COUNT_SET, Line.MENU_COUNT, Line.POSITION_READY, Line.POSITION_READY_SIDES),
    *(Line.DONE_ALL, Line.DONE_SIDES, Line.DONE_MORE),
)
"""Lines about whole sets: no fewer than an exercise has at least."""

_MORE = (1, 2)
"""So many more than last time are usual."""

_WEEK = ((1, 8), (2, 16), (3, 24))
"""Days and repetitions of a week: some of the thousands that there may be."""


def all_sentences(content: Content, people: Sequence[str] = PEOPLE) -> list[str]:
    """Return all that the coach says, each sentence once, as it says it.

    Placeholders hold whatever can stand in them: of each exercise as many as it has, of the people
    all. Left out is what would be too much for too little: how often somebody has trained in a
    week, and sets whose sides differ.
    """
    said = (
        sentence
        for (_, line_id), location, line in spoken_lines(content)
        if not NEVER_SAID_ALONE.intersection(location)
        for text in filled(line_id, line, content, people)
        for sentence in sentences(text)
    )
    return list(dict.fromkeys(filter(None, (*said, *_asked(content)))))


def filled(line_id: str, line: str, content: Content, people: Sequence[str]) -> Iterator[str]:
    """Yield the line with all that may stand in its placeholders; nothing where nothing may."""
    names = placeholders(line)
    if not names:
        yield line
        return
    for values in _fillings(line_id, content, people):
        text = fill(line, values)
        if text is not None:
            yield text


def _fillings(line_id: str, content: Content, people: Sequence[str]) -> Iterator[Values]:
    """Yield what may stand in a line, by the names of its placeholders; some are of no use."""
    titles = [one.title for one in content.exercises]
    programmes = [one.title for one in content.programmes]
    match line_id:
        case Line.WHO_HELLO:
            yield from ({"name": name} for name in people)
        case Line.MENU_MATERIAL:
            yield from ({"material": one.material} for one in content.programmes if one.material)
        case Line.PROGRAMME_SPARED:
            yield from ({"exercises": title} for title in titles)
        case Line.REMAINING_EXERCISES:
            longest = max(
                (len(one.exercises) * one.rounds for one in content.programmes), default=1
            )
            numbers = range(1, longest)
            yield from ({"exercises": counted(one, "Übung", "Übungen")} for one in numbers)
        case Line.SUMMARY:
            yield {"exercises": ""}  # each is a sentence of its own
        case Line.PRAISE_DAYS:
            yield from ({"days": ordinal(number)} for number in PRAISED_DAYS)
        case Line.WEEK:
            for days, made in _WEEK:
                yield {"days": times(days), "repetitions": repetitions(made)}
        case Line.PAGE_DIGIT:
            yield from ({"number": sentence_case(number_word(one))} for one in range(10))
        case Line.DURATION:
            yield from _durations(content)
        case Line.WHICH_TODAY:
            yield from ({"programme": title} for title in programmes[:1])
        case Line.LIST:
            yield from ({"titles": listed(named[:PORTION])} for named in (titles, programmes))
        case Line.LIST_MORE:
            for named in (titles, programmes):
                for first in range(PORTION, len(named), PORTION):
                    yield {"titles": listed(named[first : first + PORTION])}
        case _:
            yield {
                "choices": ", ".join(offered(content)),
                "people": ", ".join(people),
                "wake": waking(content),
                "version": version_words(__version__),
            }
            yield from _trained(line_id, content)


def _trained(line_id: str, content: Content) -> Iterator[Values]:
    """Yield all that may be told of a set: exercise, amount, side, and how many more than last."""
    for exercise in content.exercises:
        if not _is_told_of(line_id, exercise):
            continue
        sides = exercise.sides[1:] if line_id == Line.REMAINING_SIDE else exercise.sides
        titles = [side.title for side in sides] or [""]
        for number, side in product(_numbers(line_id, exercise, content), titles):
            made = amount(number, exercise)
            values = {
                "exercise": exercise.title,
                **({"side": side} if side else {}),
                **{"repetitions": made, "remaining": made},
                **{"unit": exercise.unit.one, "number": number_word(number)},
            }
            yield from ({**values, "more": more_word(more)} for more in _MORE)
        yield from ({"station": one.title} for one in exercise.stations)


def _is_told_of(line_id: str, exercise: Exercise) -> bool:
    """Tell whether a line is ever said about this exercise."""
    if line_id == Line.REPEAT_UNIT:
        return exercise.unit != Unit()  # all others are counted at their end
    if line_id == Line.SUMMARY_ITEM:
        return not exercise.sides
    return bool(exercise.sides) or line_id not in _OF_SIDES


def _numbers(line_id: str, exercise: Exercise, content: Content) -> Iterable[int]:
    """Return how many there may be of an exercise in a line."""
    limits = exercise.repetitions
    match line_id:
        case Line.COUNT_MOST:
            return [limits.most]
        case Line.COUNT_LEAST:
            return [limits.least]
        case Line.REMAINING_PLANNED:
            return {limits.start, *(one.repetitions for one in exercise.ages.values())}
        case Line.SUMMARY_ITEM | Line.SUMMARY_ITEM_SIDES:
            rounds = {one.rounds for one in content.programmes if exercise.id in _uses(one)}
            return {*range(1, limits.most + 1), *(limits.start * one for one in rounds)}
        case _ if line_id in _PLANNED:
            return range(limits.least, limits.most + 1)
        case _:
            return range(1, limits.most + 1)


def _uses(programme: Programme) -> set[str]:
    return {*programme.exercises, *programme.instead.values()}


def _durations(content: Content) -> Iterator[Values]:
    lasts = [(one.title, programme_seconds(content, one)) for one in content.programmes]
    lasts += [(one.title, exercise_seconds(one)) for one in content.exercises]
    for title, seconds in lasts:
        yield {"programme": title, "minutes": counted(minutes(seconds), "Minute", "Minuten")}


def _asked(content: Content) -> Iterator[str]:
    """Yield the questions whether something was meant."""
    yield from (row.asked for row in content.commands.values() if row.asked)
    yield from (f"{one.title}?" for one in content.exercises)
    yield from (f"{one.title}?" for one in content.programmes)
    most = max((one.repetitions.most for one in content.exercises), default=0)
    yield from (f"{sentence_case(number_word(number))}?" for number in range(1, most + 1))
