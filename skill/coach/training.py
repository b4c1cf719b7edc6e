"""What the state machine does: the actions on its arrows.

Nothing here speaks or takes time.
"""

from skill.coach.signs import graver
from skill.coach.standing import Standing
from skill.messages.notes import (
    AgeTold,
    Feeling,
    Hurt,
    LevelChosen,
    Outcome,
    PlanOver,
    Rated,
    Wanted,
)

_POSTURES = ("exercise.position", "exercise.repeat", "exercise.change", "exercise.feedback")

_GENTLEST_AGE = "older"
"""What somebody gets who would rather not tell their age."""


class Training(Standing):
    """One session as it goes on."""

    def start_anew(self) -> None:
        """Begin a new session: nothing of the last one counts."""
        self._begin_anew()

    def count_repetition(self) -> None:
        """Note that one more repetition has been made."""
        self.sets.last.completed[self.side_index] += 1

    # --- actions: the person ---------------------------------------------------------------

    def greet(self) -> None:
        """A session begins."""
        self.trainee.begin()

    def choose_person(self) -> None:
        """Somebody else trains, or has said who they are."""
        self.sets.leave()
        self.plan.lay_aside()
        self.sign = ""
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
        if self.trainee.profile.is_left_out(chosen.id):
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
        if self.command.sign:
            self.sign = graver(self.sign, self.command.sign)
            self.withdraw()
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

    def _go_to(self, index: int) -> None:
        self.side_index = 0
        self.plan.go_to(index)
