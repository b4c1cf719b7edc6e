"""What whoever follows a session is told of person, tempo and exercise, as soon as it changes."""

from collections.abc import Iterator
from dataclasses import replace

from skill.coach.dials import Dials
from skill.coach.guards import was_in_exercise
from skill.coach.training import Training
from skill.content.exercise import Exercise
from skill.messages.cues import Tell
from skill.messages.events import ExerciseBegan, ExerciseEnded, PersonChanged, TempoSet


class News:
    """Compares what is with what was told."""

    def __init__(self, training: Training, dials: Dials) -> None:
        self._training = training
        self._dials = dials
        self._person = ("", False)
        self._tempo = 1.0
        self._exercise: ExerciseBegan | None = None
        self._facts: tuple[object, ...] = ()

    def since_last(self, now_seconds: float) -> Iterator[Tell]:
        """Yield what has changed."""
        trainee, tempo = self._training.trainee, self._dials.tempo
        person = trainee.name, trainee.is_known and trainee.is_guest
        if person != self._person:
            self._person = person
            yield Tell(PersonChanged(now_seconds, *person))
        if tempo != self._tempo:
            self._tempo = tempo
            yield Tell(TempoSet(now_seconds, tempo))
        yield from self._of_exercise(now_seconds, tempo)

    def _of_exercise(self, now_seconds: float, tempo: float) -> Iterator[Tell]:
        last, facts = self._exercise, (*self._current_facts(), tempo)
        if facts == self._facts:  # in nearly every block
            return
        self._facts = facts
        exercise = self._planned(now_seconds, tempo) if len(facts) > 1 else None
        goes_on = last and exercise and _place(last) == _place(exercise)
        if last and exercise and goes_on:
            exercise = replace(exercise, seconds=last.seconds)
        if exercise == last:
            return
        self._exercise = exercise
        if last and not goes_on:
            yield Tell(ExerciseEnded(now_seconds, last.exercise))
        if exercise:
            yield Tell(exercise)

    def _current_facts(self) -> tuple[object, ...]:
        """Return all that an exercise is told by; nothing outside exercises."""
        plan = self._training.plan
        if not (was_in_exercise(self._training) and len(plan) > 0):
            return ()
        place = (plan.index, len(plan), plan.programme, plan.upcoming)
        return (plan.current, plan.load, *place)

    def _planned(self, seconds: float, tempo: float) -> ExerciseBegan:
        plan = self._training.plan
        exercise = plan.current
        repetitions = plan.suggested(exercise)
        return ExerciseBegan(
            seconds,
            exercise=exercise.id,
            name=exercise.title,
            repetitions=repetitions,
            sides=tuple(side.name for side in exercise.sides),
            level=plan.load.level.value,
            planned_seconds=_movement_seconds(exercise, repetitions) * tempo,
            position=plan.index + 1,
            of=len(plan),
            programme=plan.programme.id if plan.programme else "",
            then=plan.upcoming.title if plan.upcoming else "",
        )


def _place(one: ExerciseBegan) -> tuple[str, int]:
    return one.exercise, one.position


def _movement_seconds(exercise: Exercise, repetitions: int) -> float:
    """Return how long all movements of all sides take at normal tempo."""
    numbers = range(1, repetitions + 1)
    made = [phase for number in numbers for phase in exercise.phases_of(number)]
    seconds = sum(phase.seconds for phase in (*exercise.opening, *made, *exercise.closing))
    return seconds * max(1, len(exercise.sides))
