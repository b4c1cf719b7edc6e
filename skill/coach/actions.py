"""What the state machine does: the actions on its arrows, each a function of a `Training`.

Nothing here speaks or takes time.
"""

from skill.coach.complaint import Complaint
from skill.coach.guards import named_person, wants_easier
from skill.coach.training import Training
from skill.messages.notes import (
    AgeTold,
    Feeling,
    LevelChosen,
    Outcome,
    PlanOver,
    Rated,
    Wanted,
)

_GENTLEST_AGE = "older"
"""What somebody gets who would rather not tell their age."""


def start_anew(training: Training) -> None:
    """Begin a new session: nothing of the last one counts."""
    training.begin_anew()


# --- the person -----------------------------------------------------------------------------------


def greet(training: Training) -> None:
    """A session begins."""
    training.trainee.begin()


def choose_person(training: Training) -> None:
    """Somebody else trains, or has said who they are."""
    training.sets.leave()
    training.plan.lay_aside()
    training.sign = ""
    training.complaint, training.plan.sore = Complaint(), frozenset()
    training.trainee.introduce(named_person(training))


def clear(training: Training) -> None:
    """A doctor has agreed to training."""
    training.trainee.clear()


def withdraw(training: Training) -> None:
    """The safety question is open again."""
    training.trainee.withdraw()


def tell_age(training: Training) -> None:
    """Scale what depends on the age."""
    training.trainee.note(AgeTold(training.command.slot))
    training.turn_to(training.plan.index)


def keep_age_secret(training: Training) -> None:
    """Nobody has to tell: the gentlest way is good for everybody."""
    training.trainee.note(AgeTold(_GENTLEST_AGE))
    training.turn_to(training.plan.index)


def say_goodbye(training: Training) -> None:
    """The session is over."""
    training.sets.leave()
    training.trainee.end()


def fall_asleep(training: Training) -> None:
    """Nobody answers any more; what is held goes on when somebody wakes it soon."""
    training.asleep_since = training.trainee.now
    training.trainee.end()


# --- the plan -------------------------------------------------------------------------------------


def choose_exercise(training: Training) -> None:
    """Train the exercise named: within the plan where it is on or to come, else alone."""
    chosen = training.content.exercise(training.command.slot)
    training.sets.leave()
    if training.trainee.profile.is_left_out(chosen.id):
        training.trainee.note(Wanted(chosen.id))
    if chosen in training.plan.to_come:
        training.turn_to(training.plan.exercises.index(chosen, training.plan.index))
    else:
        training.plan.set((chosen,))
        training.side_index = 0


def choose_programme(training: Training) -> None:
    """Train the programme named."""
    training.sets.leave()
    training.plan.set_programme(training.content.programme(training.command.slot))
    training.side_index = 0


def do_without_material(training: Training) -> None:
    """Take the exercises instead that need nothing."""
    assert training.plan.programme
    training.plan.set_programme(training.plan.programme, training.plan.programme.instead)


def choose_all(training: Training) -> None:
    """Train the first programme there is; where there is none, all exercises."""
    training.plan.lay_aside()
    programmes = training.content.programmes[:1]
    wanted = map(training.content.exercise, programmes[0].exercises) if programmes else ()
    if training.plan.sore and not training.plan.kept(tuple(wanted)):
        training.plan.set(training.plan.gentle)
    elif programmes:
        training.plan.set_programme(programmes[0])
    else:
        training.plan.set(training.content.exercises)
    training.side_index = 0


def choose_count(training: Training) -> None:
    """Train as often as was named: the exercise that is on, or from the menu the whole plan."""
    exercises = training.plan.exercises if training.row.parent == "menu" else (training.current,)
    training.plan.want(exercises, int(training.command.slot))
    training.target = training.plan.suggested(training.current)


def drop_plan(training: Training) -> None:
    """Choose anew."""
    training.sets.leave()
    training.plan.drop()


def resume_plan(training: Training) -> None:
    """Go on with what was broken off."""
    training.plan.resume()
    training.side_index = 0


def complete_plan(training: Training) -> None:
    """Nothing is left to be trained, or to be resumed."""
    training.sets.leave()
    if training.trainee.profile.plan is not None:
        training.trainee.note(PlanOver())


def redo(training: Training) -> None:
    """Train the same exercise again, from its first side on."""
    training.turn_to(training.plan.index)


def next_exercise(training: Training) -> None:
    """Go on with the next exercise of the plan."""
    training.sets.leave()
    training.turn_to(training.plan.index + 1)


def skip_upcoming(training: Training) -> None:
    """Leave the next exercise of the plan out."""
    training.turn_to(training.plan.index + 2)


def previous_exercise(training: Training) -> None:
    """Go back by one exercise of the plan."""
    training.sets.leave()
    training.turn_to(training.plan.index - 1)


# --- the exercise ---------------------------------------------------------------------------------


def choose_level(training: Training) -> None:
    """Train the neighbouring variant of this exercise from now on."""
    level = training.plan.neighbour_level(wants_easier(training))
    assert level
    training.sets.leave()
    training.trainee.note(LevelChosen(training.current.id, level))
    training.plan.forget_wanted()
    training.turn_to(training.plan.index)


def begin_set(training: Training) -> None:
    """Begin to count the repetitions of this side; the first one opens a new set."""
    if training.side_index == 0 or training.current.alternating:
        training.side_index = 0
        training.target = training.planned
        training.sets.begin(training.current, training.plan.load)
    else:
        training.sets.last.completed[training.side_index] = 0


def change_side(training: Training) -> None:
    """Go on with the other side of the body, as often as with this one."""
    training.target = training.completed
    training.side_index += 1


def finish(training: Training) -> None:
    """End the set: all repetitions were made, or the person had enough."""
    last = training.sets.last
    all_made = min(last.completed) >= last.load.repetitions
    training.sets.end(Outcome.COMPLETE if all_made else Outcome.ENOUGH)
    training.plan.note_turn(training.plan.index + 1)


def rate(training: Training) -> None:
    """Take note how the set felt."""
    training.trainee.note(Rated(training.current.id, Feeling(training.command.slot)))


def rate_good(training: Training) -> None:
    """No complaint is a good answer."""
    training.trainee.note(Rated(training.current.id, Feeling.GOOD))


def hold(training: Training) -> None:
    """Remember where the pause was made."""
    training.held = training.state
