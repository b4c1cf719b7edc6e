"""What is said during a repetition: cues and hints, count, reminders, and the last one announced.

Repetitions are counted at their end. What has a name of its own is announced at its beginning
instead: a round ("Runde zwei."), or the station that it is made of.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from skill.coach.breathing import Breathing, breathings
from skill.coach.dial import TEMPOS
from skill.coach.german import number_word, sentence_case
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.score import (
    HALFWAY_FROM_SECONDS,
    LAST_TEN_FROM_SECONDS,
    Part,
    Spoken,
    announcement,
    movement,
    with_breath_in,
    with_count,
    with_reminder,
)
from skill.coach.training import Training
from skill.content.exercise import BREATHED_FROM_SECONDS, Breath, Exercise, Phase, Unit
from skill.messages.events import PhaseBegan
from skill.written.spoken import contains_phrase, speaks_of_breath, words

REMINDER_EVERY = 3
"""A reminder in every third repetition: often enough to help, seldom enough not to lecture."""

LONG_PHASE_SECONDS = 20.0
"""Who has held this long does not want to begin the whole repetition once more after a pause."""


def is_long(exercise: Exercise) -> bool:
    """Tell whether a pause goes on with the phase that was running, not with the repetition."""
    return bool(exercise.stations or exercise.opening or exercise.closing) or any(
        phase.seconds >= LONG_PHASE_SECONDS for phase in exercise.phases
    )


def repetition_parts(
    training: Training,
    prompts: Prompts,
    measure: Callable[[Words], Spoken],
    tempo: float,
    again: bool,
) -> tuple[Part, ...]:
    """Return the parts of the repetition that comes next, with whatever is said in them.

    The first one (of each side) begins with the exercise's opening, the last one ends with its
    closing. Sides that alternate count as one: only the first begins it, only the last ends it.
    ``again``: it was begun once before, so that nobody needs to be told which it is.
    """
    exercise = training.current
    number = training.completed + 1
    is_last = training.remaining == 1
    begins = not exercise.alternating or training.side_index == 0
    ends = not exercise.alternating or training.side_index == len(exercise.sides) - 1
    writer = _Writer(training, prompts, measure, tempo, number)
    parts = writer.movements(exercise.phases_of(number))
    if not exercise.stations:
        if exercise.unit == Unit() and ends:
            parts = with_count(parts, writer.count(number), tempo)
        if number % REMINDER_EVERY == 2 and begins:
            parts = _reminded(parts, writer.reminder(), tempo)
    return _numbered(
        (
            *(writer.movements(exercise.opening) if number == 1 and begins else ()),
            *(() if again or not begins else writer.which(number, is_last and training.target > 1)),
            *writer.station(number, parts),
            *writer.side(),
            *parts,
            *(writer.movements(exercise.closing) if is_last and ends else ()),
        )
    )


def begun(
    parts: tuple[Part, ...], prompts: Prompts, measure: Callable[[Words], Spoken]
) -> tuple[Part, ...]:
    """Return the parts for somebody who has done nothing yet: they begin with a breath in."""
    return with_breath_in(parts, measure(prompts.say(Line.REPEAT_BREATHE_IN)))


def _numbered(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the parts with their movements numbered, for whoever follows the session."""
    phases = sum(part.phase is not None for part in parts)
    number = itertools.count(1)
    return tuple(
        replace(part, phase=replace(part.phase, phase=next(number), phases=phases))
        if part.phase
        else part
        for part in parts
    )


def _reminded(parts: tuple[Part, ...], reminder: Spoken, tempo: float) -> tuple[Part, ...]:
    """Return the parts with the reminder: before the first one where all are too quick for it."""
    within = with_reminder(parts, reminder, tempo)
    return within if within != parts else (announcement("reminder", reminder), *parts)


@dataclass(frozen=True)
class _Writer:
    """Chooses the lines of one exercise, and knows how long they take."""

    training: Training
    prompts: Prompts
    measure: Callable[[Words], Spoken]
    tempo: float
    number: int

    @property
    def exercise(self) -> Exercise:
        return self.training.current

    def movements(self, phases: tuple[Phase, ...]) -> tuple[Part, ...]:
        return tuple(map(self._movement, phases, breathings(phases)))

    def which(self, number: int, is_last: bool) -> Iterator[Part]:
        """Yield the announcement of the last one, or of the next where it has a name."""
        unit = self.exercise.unit
        if is_last:
            yield announcement("last", self._say(Line.REPEAT_LAST))
        elif number > 1 and unit != Unit() and not self.exercise.stations:
            said = self._say(Line.REPEAT_UNIT, unit=unit.one, number=number_word(number))
            yield announcement("count", said)

    def station(self, number: int, parts: tuple[Part, ...]) -> Iterator[Part]:
        """Yield the station's title, unless the first cue names it anyway."""
        if not self.exercise.stations:
            return
        title, cue = self.exercise.stations[number - 1].title, parts[0].cue
        if not (cue and contains_phrase(cue.text, words(title))):
            said = self._say(Line.REPEAT_STATION, station=sentence_case(title))
            yield announcement("station", said)

    def side(self) -> Iterator[Part]:
        """Yield the call for the side whose turn it is, where they alternate."""
        if self.exercise.alternating:
            side = self.exercise.sides[self.training.side_index]
            yield announcement("side", self._own(side.name, side.announce))

    def count(self, number: int) -> Spoken:
        return self._say(Line.REPEAT_COUNT, number=sentence_case(number_word(number)))

    def reminder(self) -> Spoken:
        return self._own("reminders", self.exercise.reminders)

    def _movement(self, phase: Phase, breathing: Breathing) -> Part:
        longest_seconds = phase.seconds * max(TEMPOS)
        may_halve = phase.kind == "hold" and longest_seconds >= HALFWAY_FROM_SECONDS
        is_very_long = longest_seconds >= LAST_TEN_FROM_SECONDS
        cue = self._own(phase.name, phase.say)
        part = movement(
            phase,
            cue,
            breathing=breathing,
            breathe=self._say(Line.REPEAT_BREATHE) if self._asks_to_breathe(phase, cue) else None,
            hints=[self._own(f"{phase.name}.hints", (hint,)) for hint in self._turned(phase.hints)],
            halfway=self._say(Line.REPEAT_HALFWAY) if may_halve else None,
            last_ten=self._say(Line.REPEAT_TEN_SECONDS) if is_very_long else None,
        )
        return replace(part, phase=self._told(phase, cue))

    def _asks_to_breathe(self, phase: Phase, cue: Spoken) -> bool:
        """Tell whether this is a long hold in which nobody else says that the breath goes on."""
        is_long = phase.seconds * self.tempo > BREATHED_FROM_SECONDS
        said = (cue.text, *phase.hints)
        return phase.breath is Breath.BOTH and is_long and not any(map(speaks_of_breath, said))

    def _told(self, phase: Phase, cue: Spoken) -> PhaseBegan:
        """Return what is told of a movement; its number and its times are added later."""
        sides = self.exercise.sides
        return PhaseBegan(
            seconds=0.0,
            exercise=self.exercise.id,
            side=sides[self.training.side_index].name if sides else "",
            repetition=self.number,
            repetitions=self.training.target,
            phase=0,
            phases=0,
            name=phase.name,
            kind=phase.kind,
            text=cue.text,
            breath=phase.breath or "",
            planned_seconds=0.0,
        )

    def _turned(self, hints: tuple[str, ...]) -> tuple[str, ...]:
        """Return the hints of this repetition: each one begins with another."""
        first = (self.number - 1) % max(1, len(hints))
        return (*hints[first:], *hints[:first])

    def _own(self, name: str, variants: tuple[str, ...]) -> Spoken:
        return self.measure(self.prompts.pick(f"{self.exercise.id}.{name}", variants))

    def _say(self, line: Line, **values: str) -> Spoken:
        return self.measure(self.prompts.say(line, **values))
