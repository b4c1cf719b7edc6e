"""What is to be trained and how far it has got: the plan, the progress, and what was done.

The state machine asks here (guards) and acts here (actions); nothing here speaks or takes time.
"""

from dataclasses import dataclass, field

from skill.content.schema import Content, Exercise
from skill.heard import Command
from skill.progress.notes import Outcome

_POSTURES = ("exercise.position", "exercise.repeat", "exercise.change")


@dataclass
class Achievement:
    """One set of one exercise: completed repetitions on each side (one number without sides)."""

    exercise: Exercise
    completed: list[int] = field(default_factory=list)
    outcome: Outcome = Outcome.OPEN

    @property
    def total(self) -> int:
        """Completed repetitions of all sides together."""
        return sum(self.completed)


class Training:
    """The plan and the progress of one session.

    ``command`` is the command being acted on; the machine's actions read its slot. ``held`` is
    the state to which a pause returns. ``is_in_posture`` tells, once something hurts, whether
    the person has yet to be guided out of an exercise.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self.state = ""  # kept by the machine
        self.command = Command("")
        self.cleared = False
        self.held = ""
        self.plan: tuple[Exercise, ...] = ()
        self.index = 0
        self.side_index = 0
        self.target = 0
        self.achievements: list[Achievement] = []
        self.felt_pain = False
        self.is_in_posture = False
        self._wanted: dict[str, int] = {}

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises on offer."""
        return self._content.exercises

    @property
    def current(self) -> Exercise:
        """The exercise that is on now. There must be a plan."""
        return self.plan[self.index]

    @property
    def upcoming(self) -> Exercise | None:
        """The exercise after this one."""
        return self.plan[self.index + 1] if self.has_next() else None

    @property
    def place(self) -> str:
        """The state, looking through a pause to where it was made."""
        return self.held if self.state in ("paused", "standby") else self.state

    @property
    def completed(self) -> int:
        """Completed repetitions of this side of this set."""
        return self.achievements[-1].completed[self.side_index]

    @property
    def remaining(self) -> int:
        """Repetitions of this side still to come, the running one included."""
        return self.target - self.completed

    @property
    def planned(self) -> int:
        """Repetitions of this side when it begins; a second side gets as many as the first."""
        return self.target if self.side_index else self.suggested(self.current)

    def suggested(self, exercise: Exercise) -> int:
        """Return how many repetitions the exercise gets: as asked for, within its range."""
        limits = exercise.repetitions
        wanted = self._wanted.get(exercise.id, limits.start)
        return min(max(wanted, limits.least), limits.most)

    def totals(self) -> list[tuple[Exercise, list[int]]]:
        """Return each exercise trained, with its repetitions on each side over all sets."""
        totals: dict[str, tuple[Exercise, list[int]]] = {}
        for one in self.achievements:
            _, sums = totals.get(one.exercise.id, (None, [0] * len(one.completed)))
            added = [a + b for a, b in zip(sums, one.completed, strict=True)]
            totals[one.exercise.id] = (one.exercise, added)
        return [(exercise, sums) for exercise, sums in totals.values() if sum(sums)]

    def count_repetition(self) -> None:
        """Note that one more repetition has been made."""
        self.achievements[-1].completed[self.side_index] += 1

    # --- guards ----------------------------------------------------------------------------

    def is_cleared(self) -> bool:
        """Tell whether the safety question was answered with yes."""
        return self.cleared

    def has_next(self) -> bool:
        """Tell whether the plan goes on after this exercise."""
        return self.index + 1 < len(self.plan)

    def has_previous(self) -> bool:
        """Tell whether the plan holds an exercise before this one."""
        return self.index > 0

    def has_two_next(self) -> bool:
        """Tell whether the plan goes on even when the next exercise is left out."""
        return self.index + 2 < len(self.plan)

    def has_other_side(self) -> bool:
        """Tell whether this set goes on with another side of the body."""
        return self.side_index + 1 < len(self.current.sides)

    def has_begun_set(self) -> bool:
        """Tell whether at least one repetition of the running set has been made."""
        return (
            bool(self.achievements)
            and self.achievements[-1].outcome is Outcome.OPEN
            and self.achievements[-1].exercise is self.current
            and self.achievements[-1].total > 0
        )

    def has_trained(self) -> bool:
        """Tell whether any repetition has been made at all."""
        return any(one.total for one in self.achievements)

    def was_in_exercise(self) -> bool:
        """Tell whether this is an exercise, or a pause in one."""
        return self.place.startswith("exercise.")

    def was_repeating(self) -> bool:
        """Tell whether this is a running set, or a pause in one."""
        return self.place == "exercise.repeat"

    def was_resting(self) -> bool:
        """Tell whether this is the rest behind an exercise, or a pause in it."""
        return self.place == "exercise.rest"

    # --- actions ---------------------------------------------------------------------------

    def clear(self) -> None:
        """A doctor has agreed to training."""
        self.cleared = True

    def withdraw(self) -> None:
        """The safety question is open again."""
        self.cleared = False

    def choose_exercise(self) -> None:
        """Train the exercise named: within the plan where it is on or to come, else alone."""
        chosen = self._content.exercise(self.command.slot)
        if chosen in self.plan[self.index :]:
            self._go_to(self.plan.index(chosen))
        else:
            self._set_plan((chosen,))

    def choose_all(self) -> None:
        """Train all exercises."""
        self._set_plan(self.exercises)

    def choose_count(self) -> None:
        """Train as often as was named: the exercise that is on, or from the menu the whole plan."""
        exercises = self.plan if self.state == "menu.count" else (self.current,)
        self._wanted.update({one.id: int(self.command.slot) for one in exercises})
        self.target = self.suggested(self.current)

    def drop_plan(self) -> None:
        """Choose anew."""
        self._set_plan(())

    def redo(self) -> None:
        """Train the same exercise again, from its first side on."""
        self._go_to(self.index)

    def next_exercise(self) -> None:
        """Go on with the next exercise of the plan."""
        self._go_to(self.index + 1)

    def skip_upcoming(self) -> None:
        """Leave the next exercise of the plan out."""
        self._go_to(self.index + 2)

    def previous_exercise(self) -> None:
        """Go back by one exercise of the plan."""
        self._go_to(self.index - 1)

    def begin_set(self) -> None:
        """Begin to count the repetitions of this side; the first one opens a new set."""
        sides = max(1, len(self.current.sides))
        if self.side_index == 0:
            self.target = self.planned
            self.achievements.append(Achievement(self.current, [0] * sides))
        else:
            self.achievements[-1].completed[self.side_index] = 0

    def change_side(self) -> None:
        """Go on with the other side of the body, as often as with this one."""
        self.target = self.completed
        self.side_index += 1

    def finish(self) -> None:
        """End the set: all repetitions were made, or the person had enough."""
        all_made = min(self.achievements[-1].completed) >= self.suggested(self.current)
        self._end(Outcome.COMPLETE if all_made else Outcome.ENOUGH)

    def hurt(self) -> None:
        """End the set because of pain; the plan goes on behind this exercise, if it goes on."""
        self.felt_pain = True
        if self.place.startswith("pain."):
            return
        self.is_in_posture = self.place in _POSTURES
        if self.was_in_exercise():
            self._end(Outcome.PAIN)
        else:
            self.drop_plan()

    def come_to_rest(self) -> None:
        """The person has been guided out of the posture of the exercise."""
        self.is_in_posture = False

    def hold(self) -> None:
        """Remember where the pause was made."""
        self.held = self.state

    def is_held_at(self, state: str) -> bool:
        """Tell whether a pause returns to this state."""
        return self.held == state

    def _set_plan(self, plan: tuple[Exercise, ...]) -> None:
        self.plan = plan
        self._wanted = {}
        self._go_to(0)

    def _go_to(self, index: int) -> None:
        self.index = index
        self.side_index = 0

    def _end(self, outcome: Outcome) -> None:
        if self.has_begun_set():
            self.achievements[-1].outcome = outcome
