"""What the state machine asks: where a session is, and what may come next.

Nothing here changes anything; `Training` does. What is to be trained is a `Plan`, what was made
are `Sets`, who trains is the `Trainee`.
"""

from datetime import datetime, timedelta

from skill.coach.plan import Plan
from skill.coach.sets import Sets
from skill.coach.trainee import LONG_AGO, Trainee
from skill.content.exercise import Exercise
from skill.content.schema import Content
from skill.messages.heard import Command
from skill.messages.notes import Level

PAUSE_KEPT = timedelta(hours=1)
"""Who wakes the trainer within an hour goes on where the pause was made; later it is a new day."""


class Standing:
    """How far a session has got.

    ``command`` is the command being acted on; the machine's actions read its slot. ``held`` is
    the state to which a pause returns. ``sign`` is the gravest warning sign that was named, and
    nothing is trained any more where there is one. ``is_in_posture`` tells, once something hurts,
    whether the person has yet to be guided out of an exercise. ``stays`` in standby instead of
    ending; the ``first_time`` of all it introduces itself.
    """

    def __init__(
        self, content: Content, trainee: Trainee, stays: bool = False, first_time: bool = False
    ) -> None:
        self._content = content
        self._stays = stays
        self._first_time = first_time
        self.state = ""  # kept by the machine
        self.trainee = trainee
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.command = Command("")
        self.held = ""
        self._asleep_since: datetime = LONG_AGO
        self.plan = Plan(self._content, self.trainee)
        self.sets = Sets(self.trainee)
        self.side_index = 0
        self.target = 0
        self.felt_pain = False
        self.pain_recurs = False
        self.sign = ""
        self.is_in_posture = False
        self.trainee.forget_who()

    # --- what is on ------------------------------------------------------------------------

    @property
    def current(self) -> Exercise:
        """The exercise that is on now, as this person gets it. There must be a plan."""
        return self.plan.current

    @property
    def place(self) -> str:
        """The state, looking through a pause to where it was made."""
        return self.held if self.state in ("paused", "standby") else self.state

    @property
    def completed(self) -> int:
        """Completed repetitions of this side of this set."""
        return self.sets.last.completed[self.side_index]

    @property
    def remaining(self) -> int:
        """Repetitions of this side still to come, the running one included."""
        return self.target - self.completed

    @property
    def planned(self) -> int:
        """Repetitions of this side when it begins; a second side gets as many as the first."""
        return self.target if self.side_index else self.plan.suggested(self.current)

    # --- guards: the person ----------------------------------------------------------------

    def is_unknown(self) -> bool:
        """Tell whether it has to be asked who trains."""
        return not self.trainee.is_known

    def is_cleared(self) -> bool:
        """Tell whether the safety question was answered with yes."""
        return self.trainee.may_train

    def named_is_cleared(self) -> bool:
        """Tell whether the person named has answered it so in this session."""
        return self.trainee.is_cleared(self._named_person)

    def has_sign(self) -> bool:
        """Tell whether a warning sign was named: nothing is trained any more."""
        return bool(self.sign)

    def stays(self) -> bool:
        """Tell whether the end of a session is standby."""
        return self._stays

    def is_first_time(self) -> bool:
        """Tell whether nobody has met this trainer yet."""
        return self._first_time

    def has_pause(self) -> bool:
        """Tell whether there is a pause to come back to, and not one of yesterday."""
        return bool(self.held) and self.trainee.now - self._asleep_since < PAUSE_KEPT

    # --- guards: the plan ------------------------------------------------------------------

    def was_broken_off(self) -> bool:
        """Tell whether there is a plan of a while ago to go on with."""
        return bool(self.plan.resumable()[0])

    def has_next(self) -> bool:
        """Tell whether the plan goes on after this exercise."""
        return len(self.plan.to_come) > 1

    def has_two_next(self) -> bool:
        """Tell whether the plan goes on even when the next exercise is left out."""
        return len(self.plan.to_come) > 2

    def has_previous(self) -> bool:
        """Tell whether the plan holds an exercise before this one."""
        return self.plan.index > 0

    def is_countable(self) -> bool:
        """Tell whether one exercise was chosen that may be made more or less often."""
        plan = self.plan
        return plan.programme is None and len(plan) == 1 and _is_countable(plan.exercises[0])

    def named_is_countable(self) -> bool:
        """Tell whether the exercise named may be made more or less often."""
        return _is_countable(self._content.exercise(self.command.slot))

    def named_needs_age(self) -> bool:
        """Tell whether what was named depends on an age that nobody has told yet."""
        return self._needs_age(self._named_exercises())

    def named_needs_material(self) -> bool:
        """Tell whether the programme named needs something that not everybody has at hand."""
        return bool(self._content.programme(self.command.slot).material)

    def named_is_possible(self) -> bool:
        """Tell whether any exercise of the programme named is good for this person."""
        return bool(self.plan.kept(self._named_exercises()))

    # --- guards: the exercise --------------------------------------------------------------

    def has_other_side(self) -> bool:
        """Tell whether this set goes on with another side of the body."""
        return self.side_index + 1 < len(self.current.sides)

    def has_begun_set(self) -> bool:
        """Tell whether at least one repetition of the running set has been made."""
        return len(self.plan) > 0 and self.sets.is_open(self.current)

    def has_trained(self) -> bool:
        """Tell whether any repetition has been made at all."""
        return self.sets.any_made

    def was_in_exercise(self) -> bool:
        """Tell whether this is an exercise, or a pause in one."""
        return self.place.startswith("exercise.")

    def was_repeating(self) -> bool:
        """Tell whether this is a running set, or a pause in one."""
        return self.place == "exercise.repeat"

    def was_resting(self) -> bool:
        """Tell whether this is the rest behind an exercise, or a pause in it."""
        return self.place == "exercise.rest"

    def wants_easier(self) -> bool:
        """Tell whether it was asked for less: nothing rises during an exercise."""
        return self.command.slot == Level.EASIER

    def has_variant(self) -> bool:
        """Tell whether the current exercise can be made easier or harder, as was asked for."""
        return self.plan.neighbour_level(self.wants_easier()) is not None

    def is_held_at(self, state: str) -> bool:
        """Tell whether a pause returns to this state."""
        return self.held == state

    # --- inside ----------------------------------------------------------------------------

    @property
    def _named_person(self) -> str | None:
        return self.command.slot if self.command.name == "person" else None

    def _named_exercises(self) -> tuple[Exercise, ...]:
        """Return the exercises of what the command names: an exercise or a programme."""
        if self.command.name == "exercise":
            return (self._content.exercise(self.command.slot),)
        programme = self._content.programme(self.command.slot)
        return tuple(self._content.exercise(one) for one in programme.exercises)

    def _needs_age(self, exercises: tuple[Exercise, ...]) -> bool:
        return not self.trainee.profile.age_group and any(one.ages for one in exercises)


def _is_countable(exercise: Exercise) -> bool:
    return exercise.repetitions.least < exercise.repetitions.most
