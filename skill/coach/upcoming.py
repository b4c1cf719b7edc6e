"""What may be said next, the most urgent first, so that it is ready when it is said.

Only looks: nothing is chosen, and nothing changes. So it names every variant of a line. What it
leaves out, or what has been asked for in the very moment, is rendered when it is said.
"""

from collections.abc import Iterable, Iterator, Mapping

from skill.coach.choices import named
from skill.coach.german import amount, counted, more_word, number_word, sentence_case
from skill.coach.guards import was_in_exercise, was_repeating
from skill.coach.prompts import Line
from skill.coach.training import Training
from skill.content.exercise import Exercise
from skill.content.schema import Content
from skill.written.spoken import sentences

Values = Mapping[str, str]

_AT_ONCE = ("sign", "help", "pain.at_once", "pain.again", Line.PAUSED_STOPPED)
"""What may have to be said at any moment. Lines go by their id or its head."""

_FIRST = ("hello.intro", "welcome")

_ORDER = ("hello", "welcome", "who", "safety", "menu")
"""What comes before the exercises, one after the other."""

_TALK = ("not_now", "not_understood", "still_there", "tempo", "volume", "remaining", "which")
"""Answers that may be wanted at any time."""

_IN_CAPITALS = ("{number}", "{repetitions}", "{station}")

_MORE = (1, 2)
"""So many more than last time are usual."""

_SOON = 6
"""So many repetitions ahead their numbers are made ready."""


def first_sentences(content: Content) -> list[str]:
    """Return what must be ready before a session begins.

    That are its first words, and what is said at a "stopp", a pain, a warning sign.
    """
    return _by_sentence(_phrases(content, (*_FIRST, *_AT_ONCE), {}))


def fill(line: str, values: Values) -> str | None:
    """Return a line with its placeholders filled in; None where there is nothing to fill in."""
    try:
        text = line.format(**values)
    except KeyError:
        return None
    return sentence_case(text) if line.startswith(_IN_CAPITALS) else text


class Upcoming:
    """Knows from how far a training is what may be said in it next."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._content = training.content

    def lines(self, sounding: Iterable[str]) -> list[str]:
        """Return all lines, without doubles; first those that wait for their turn already."""
        training = self._training
        if training.row.is_over:
            return []
        row = training.row
        said = _by_sentence(self._say(*row.says))
        rest = self._of_training() if len(training.plan) else self._before()
        answers = (row.hint, row.after_volume, row.options, row.parent, "paused", *_TALK)
        return list(dict.fromkeys((*sounding, *said, *rest, *_by_sentence(self._say(*answers)))))

    def _before(self) -> Iterator[str]:
        """Yield what is said on the way to the first exercise, and of those that may be chosen."""
        parent, programmes = self._training.place.parent, self._content.programmes
        begun = _ORDER.index(parent) if parent in _ORDER else 0
        yield from _by_sentence(self._say(*_ORDER[begun:][:3], "count"))
        for name in self._training.trainee.people.values():
            yield from self._say(Line.WHO_HELLO, name=name)
        for programme in programmes:
            needed = {"material": programme.material} if programme.material else {}
            asked = self._say(Line.MENU_MATERIAL, **needed)
            yield from _by_sentence((*programme.introduction, *asked))
        for first in dict.fromkeys(one.exercises[0] for one in programmes if one.offered):
            yield from self._introduction(self._content.exercise(first))

    def _of_training(self) -> Iterator[str]:
        """Yield what is said from here on to the next exercise, or to the end."""
        training, exercise = self._training, self._training.current
        steps = [
            ("exercise.introduce", self._introduction(exercise)),
            ("exercise.position", self._position(exercise)),
            ("exercise.repeat", self._repetitions(exercise)),
            ("exercise.change", self._change(exercise)),
            ("exercise.feedback", self._feedback()),
            ("exercise.rest", self._rest()),
        ]
        names = [name for name, _ in steps]
        place = training.place.name
        if not was_in_exercise(training):
            programme = training.plan.programme
            yield from _by_sentence(programme.introduction if programme else ())
        first = names.index(place) if place in names else 0
        for _, lines in steps[first:]:
            yield from lines
        yield from exercise.leave
        if training.plan.upcoming is None:
            yield from self._summary()

    def _introduction(self, exercise: Exercise) -> list[str]:
        """Return how an exercise is introduced to this person, who may know it."""
        trainee = self._training.trainee
        variant = exercise.variants.get(trainee.load(exercise).level)
        varied = variant.say if variant else ()
        was_made = any(one.exercise.id == exercise.id for one in self._training.sets.all)
        if was_made or trainee.profile.knows(exercise.id):
            return _by_sentence([*exercise.introduction.short, *varied])
        full = exercise.introduction.full
        return _by_sentence([*full, *varied, *exercise.cautions, *exercise.not_for])

    def _position(self, exercise: Exercise) -> list[str]:
        ready = self._say(Line.POSITION_READY, Line.POSITION_READY_SIDES)
        known = self._say(Line.POSITION_KNOWN, Line.REPEAT_DOSE)
        return _by_sentence([*exercise.position, *ready, *known])

    def _repetitions(self, exercise: Exercise) -> Iterator[str]:
        """Yield the lines of the repetitions that come next, as they are said in one go."""
        first = self._completed + 1
        for side in exercise.sides:
            yield from side.announce
        yield from self._say(Line.REPEAT_BEGIN, Line.REPEAT_BREATHE_IN)
        soon = range(first, min(first + _SOON, self._planned + 1))
        for phase in (
            *(exercise.opening if first == 1 else ()),
            *(phase for number in soon[:2] for phase in exercise.phases_of(number)),
            *exercise.closing,
        ):
            yield from (*phase.say, *phase.hints)
        for number in soon:
            yield from self._say(Line.REPEAT_COUNT, Line.REPEAT_UNIT, number=number_word(number))
            if exercise.stations:
                title = sentence_case(exercise.stations[number - 1].title)
                yield from self._say(Line.REPEAT_STATION, station=title)
        yield from exercise.reminders
        within = (Line.REPEAT_LAST, Line.REPEAT_BREATHE, Line.REPEAT_HALFWAY)
        yield from self._say(*within, Line.REPEAT_TEN_SECONDS, Line.REPEAT_AGAIN)
        yield from _by_sentence(self._say(Line.REPEAT_GO_ON, number=number_word(first)))

    def _change(self, exercise: Exercise) -> list[str]:
        return self._say(Line.CHANGE_OVER) if exercise.sides and not exercise.alternating else []

    def _feedback(self) -> list[str]:
        """Return the praise for a set, made as planned or broken off, and the question behind."""
        exercise = self._training.current
        numbers = dict.fromkeys((self._planned, self._total, self._total + 1))
        praise = [
            line
            for number in numbers
            for more in _MORE
            for line in self._say(
                "done", repetitions=amount(number, exercise), more=more_word(more)
            )
        ]
        return _by_sentence([*praise, *self._say("feedback")])

    def _rest(self) -> list[str]:
        upcoming = self._training.plan.upcoming
        if upcoming is None:
            return []
        title = self._say(Line.REST_NEXT, exercise=upcoming.title)
        planned = amount(self._training.plan.suggested(upcoming), upcoming)
        ready = self._say(Line.POSITION_READY, Line.POSITION_READY_SIDES, repetitions=planned)
        coming = [*self._introduction(upcoming), *_by_sentence([*upcoming.position, *ready])]
        return [*_by_sentence(title), *coming]

    def _summary(self) -> list[str]:
        items = [
            line
            for exercise, sums in self._training.sets.totals()
            for line in self._say(
                Line.SUMMARY_ITEM_SIDES if len(sums) > 1 else Line.SUMMARY_ITEM,
                exercise=exercise.title,
                repetitions=amount(sums[0], exercise),
            )
        ]
        done = self._say(Line.SUMMARY, exercises="")
        return _by_sentence([*done, *items, *self._say("praise", "goodbye")])

    @property
    def _is_on(self) -> bool:
        return was_repeating(self._training) or self._training.place.name == "exercise.change"

    @property
    def _completed(self) -> int:
        return self._training.completed if self._is_on else 0

    @property
    def _total(self) -> int:
        sets = self._training.sets
        return sets.last.total if sets.is_open(self._training.current) else 0

    @property
    def _planned(self) -> int:
        return self._training.target if self._is_on else self._training.planned

    def _say(self, *lines: str, **values: str) -> list[str]:
        """Return all variants of these lines (or of all whose ids begin so) that can be filled."""
        return list(_phrases(self._content, lines, {**self._values, **values}))

    @property
    def _values(self) -> dict[str, str]:
        training = self._training
        values = {**named(training), "name": training.trainee.name}
        if not len(training.plan):
            return values
        exercise = training.current
        left = amount(self._planned - self._completed, exercise)
        to_come = counted(len(training.plan.to_come) - 1, "Übung", "Übungen")
        values |= {"exercise": exercise.title, "repetitions": amount(self._planned, exercise)}
        values |= {"remaining": left, "unit": exercise.unit.one, "exercises": to_come}
        sides = exercise.sides[training.side_index + (0 if exercise.alternating else 1) :]
        return values | ({"side": sides[0].title} if sides else {})


def _phrases(content: Content, lines: Iterable[str], values: Values) -> Iterator[str]:
    phrases = content.phrases
    for line in filter(None, lines):
        head = f"{line}."
        for line_id in [line] if line in phrases else phrases:
            if line_id == line or line_id.startswith(head):
                yield from filter(None, (fill(one, values) for one in phrases[line_id]))


def _by_sentence(lines: Iterable[str]) -> list[str]:
    return [sentence for line in lines for sentence in sentences(line) if sentence]
