"""How far the training has got: what the state machine asks (guards) and does (actions).

Nothing here speaks or takes time. What is to be trained is a `Plan`, what was made are `Sets`,
who trains is the `Trainee`.
"""

from datetime import timedelta

from skill.coach.plan import Plan
from skill.coach.sets import Sets
from skill.coach.trainee import Trainee
from skill.content.schema import Content, Exercise
from skill.heard import Command
from skill.progress.notes import (
    AgeTold,
    Feeling,
    Hurt,
    Level,
    LevelChosen,
    Outcome,
    PlanOver,
    Rated,
    Wanted,
)

_POSTURES = ("exercise.position", "exercise.repeat", "exercise.change", "exercise.feedback")

PAUSE_KEPT = timedelta(hours=1)
"""Who wakes the trainer within an hour goes on where the pause was made; later it is a new day."""

_GENTLEST_AGE = "older"
"""What somebody gets who would rather not tell their age."""


class Training:
    """The progress of one session.

    ``command`` is the command being acted on; the machine's actions read its slot. ``held`` is
    the state to which a pause returns. ``is_in_posture`` tells, once something hurts, whether
    the person has yet to be guided out of an exercise. ``stays`` in standby instead of ending;
    the ``first_time`` of all it introduces itself.
    """

    def __init__(
        self, content: Content, trainee: Trainee, stays: bool = False, first_time: bool = False
    ) -> None:
        self._content = content
        self._stays = stays
        self._first_time = first_time
        self.state = ""  # kept by the machine
        self.trainee = trainee
        self.start_anew()

    def start_anew(self) -> None:
        """Begin a new session: nothing of the last one counts."""
        self.command = Command("")
        self.held = ""
        self.plan = Plan(self._content, self.trainee)
        self.sets = Sets(self.trainee)
        self.side_index = 0
        self.target = 0
        self.felt_pain = False
        self.pain_recurs = False
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

    def count_repetition(self) -> None:
        """Note that one more repetition has been made."""
        self.sets.last.completed[self.side_index] += 1

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
        """Tell whether the plan is one exercise that may be made more or less often."""
        return len(self.plan) == 1 and _is_countable(self.plan.exercises[0])

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

    def plan_needs_age(self) -> bool:
        """Tell whether the plan depends on an age that nobody has told yet."""
        return self._needs_age(self.plan.exercises)

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

    # --- actions: the person ---------------------------------------------------------------

    def greet(self) -> None:
        """A session begins."""
        self.trainee.begin()

    def choose_person(self) -> None:
        """Somebody else trains, or has said who they are."""
        self.sets.leave()
        self.plan.lay_aside()
        self.trainee.introduce(self._named_person)

    def clear(self) -> None:
        """A doctor has agreed to training."""
        self.trainee.clear()

    def withdraw(self) -> None:
        """The safety question is open again."""
        self.trainee.withdraw()

    def tell_age(self) -> None:
        """Scale what depends on the age."""
        self.trainee.note(AgeTold(self.command.slot))
        self._go_to(self.plan.index)

    def keep_age_secret(self) -> None:
        """Nobody has to tell: the gentlest way is good for everybody."""
        self.trainee.note(AgeTold(_GENTLEST_AGE))
        self._go_to(self.plan.index)

    def say_goodbye(self) -> None:
        """The session is over."""
        self.sets.leave()
        self.trainee.end()

    def fall_asleep(self) -> None:
        """Nobody answers any more; what is held goes on when somebody wakes it soon."""
        self._asleep_since = self.trainee.now
        self.trainee.end()

    # --- actions: the plan -----------------------------------------------------------------

    def choose_exercise(self) -> None:
        """Train the exercise named: within the plan where it is on or to come, else alone."""
        chosen = self._content.exercise(self.command.slot)
        self.sets.leave()
        if self.trainee.profile.practice(chosen.id).left_out:
            self.trainee.note(Wanted(chosen.id))
        if chosen in self.plan.to_come:
            self._go_to(self.plan.exercises.index(chosen, self.plan.index))
        else:
            self.plan.set((chosen,))
            self.side_index = 0

    def choose_programme(self) -> None:
        """Train the programme named."""
        self.sets.leave()
        self.plan.set_programme(self._content.programme(self.command.slot))
        self.side_index = 0

    def do_without_material(self) -> None:
        """Take the exercises instead that need nothing."""
        assert self.plan.programme
        self.plan.set_programme(self.plan.programme, self.plan.programme.instead)

    def choose_all(self) -> None:
        """Train the first programme there is; where there is none, all exercises."""
        if self._content.programmes:
            self.plan.set_programme(self._content.programmes[0])
        else:
            self.plan.set(self._content.exercises)
        self.side_index = 0

    def choose_count(self) -> None:
        """Train as often as was named: the exercise that is on, or from the menu the whole plan."""
        exercises = self.plan.exercises if self.state == "menu.count" else (self.current,)
        self.plan.want(exercises, int(self.command.slot))
        self.target = self.plan.suggested(self.current)

    def drop_plan(self) -> None:
        """Choose anew."""
        self.sets.leave()
        self.plan.drop()

    def resume_plan(self) -> None:
        """Go on with what was broken off."""
        self.plan.resume()
        self.side_index = 0

    def complete_plan(self) -> None:
        """Nothing is left to be trained, or to be resumed."""
        self.sets.leave()
        if self.trainee.profile.plan is not None:
            self.trainee.note(PlanOver())

    def redo(self) -> None:
        """Train the same exercise again, from its first side on."""
        self._go_to(self.plan.index)

    def next_exercise(self) -> None:
        """Go on with the next exercise of the plan."""
        self.sets.leave()
        self._go_to(self.plan.index + 1)

    def skip_upcoming(self) -> None:
        """Leave the next exercise of the plan out."""
        self._go_to(self.plan.index + 2)

    def previous_exercise(self) -> None:
        """Go back by one exercise of the plan."""
        self.sets.leave()
        self._go_to(self.plan.index - 1)

    # --- actions: the exercise -------------------------------------------------------------

    def choose_level(self) -> None:
        """Train the neighbouring variant of this exercise from now on."""
        level = self.plan.neighbour_level(self.wants_easier())
        assert level
        self.sets.leave()
        self.trainee.note(LevelChosen(self.current.id, level))
        self.plan.forget_wanted()
        self._go_to(self.plan.index)

    def begin_set(self) -> None:
        """Begin to count the repetitions of this side; the first one opens a new set."""
        if self.side_index == 0:
            self.target = self.planned
            self.sets.begin(self.current, self.plan.load)
        else:
            self.sets.last.completed[self.side_index] = 0

    def change_side(self) -> None:
        """Go on with the other side of the body, as often as with this one."""
        self.target = self.completed
        self.side_index += 1

    def finish(self) -> None:
        """End the set: all repetitions were made, or the person had enough."""
        last = self.sets.last
        all_made = min(last.completed) >= last.load.repetitions
        self.sets.end(Outcome.COMPLETE if all_made else Outcome.ENOUGH)
        self.plan.note_turn(self.plan.index + 1)

    def rate(self) -> None:
        """Take note how the set felt."""
        self.trainee.note(Rated(self.current.id, Feeling(self.command.slot)))

    def rate_good(self) -> None:
        """No complaint is a good answer."""
        self.trainee.note(Rated(self.current.id, Feeling.GOOD))

    def hurt(self) -> None:
        """End the set because of pain; the plan goes on behind this exercise, if it goes on."""
        self.felt_pain = True
        if self.place.startswith("pain."):
            return
        self.is_in_posture = self.place in _POSTURES
        if self.was_in_exercise():
            self.pain_recurs = self.trainee.profile.practice(self.current.id).pains > 0
            if self.has_begun_set():
                self.sets.end(Outcome.PAIN)
            self.trainee.note(Hurt(self.current.id))
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

    def _go_to(self, index: int) -> None:
        self.side_index = 0
        self.plan.go_to(index)


def _is_countable(exercise: Exercise) -> bool:
    return exercise.repetitions.least < exercise.repetitions.most
