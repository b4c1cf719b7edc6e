"""What was made: sets, their repetitions, and how they ended."""

from dataclasses import dataclass, field

from skill.coach.trainee import Trainee
from skill.content.exercise import Exercise
from skill.messages.notes import Load, Outcome, SetDone


@dataclass
class Achievement:
    """One set of one exercise: completed repetitions on each side (one number without sides)."""

    exercise: Exercise
    load: Load
    completed: list[int] = field(default_factory=list)
    outcome: Outcome = Outcome.OPEN
    noted: bool = False

    @property
    def total(self) -> int:
        """Completed repetitions of all sides together."""
        return sum(self.completed)


class Sets:
    """The sets of a session, oldest first. Each is noted once, in the moment it is over."""

    def __init__(self, trainee: Trainee) -> None:
        self._trainee = trainee
        self.all: list[Achievement] = []

    @property
    def last(self) -> Achievement:
        """The set that was begun last. There must be one."""
        return self.all[-1]

    @property
    def any_made(self) -> bool:
        """Tell whether any repetition has been made at all."""
        return any(one.total for one in self.all)

    def is_open(self, exercise: Exercise) -> bool:
        """Tell whether the last set is one of this exercise, with repetitions, and not over."""
        last = self.all[-1] if self.all else None
        return (
            last is not None
            and last.outcome is Outcome.OPEN
            and last.exercise.id == exercise.id
            and last.total > 0
        )

    def totals(self) -> list[tuple[Exercise, list[int]]]:
        """Return each exercise trained, with its repetitions on each side over all sets."""
        totals: dict[str, tuple[Exercise, list[int]]] = {}
        for one in self.all:
            _, sums = totals.get(one.exercise.id, (None, [0] * len(one.completed)))
            added = [a + b for a, b in zip(sums, one.completed, strict=True)]
            totals[one.exercise.id] = (one.exercise, added)
        return [(exercise, sums) for exercise, sums in totals.values() if sum(sums)]

    def begin(self, exercise: Exercise, load: Load) -> None:
        """Open a new set."""
        self.leave()
        self.all.append(Achievement(exercise, load, [0] * max(1, len(exercise.sides))))

    def end(self, outcome: Outcome) -> None:
        """The last set is over."""
        self.last.outcome = outcome
        self._note(self.last)

    def leave(self) -> None:
        """Whatever comes next, the last set does not go on."""
        if self.all and self.last.outcome is Outcome.OPEN:
            self._note(self.last)

    def _note(self, one: Achievement) -> None:
        if one.total and not one.noted:
            one.noted = True
            done = SetDone(one.exercise.id, tuple(one.completed), one.load, one.outcome)
            self._trainee.note(done)
