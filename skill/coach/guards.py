"""What the state machine asks: conditions on its arrows, each a function of a `Training`.

Nothing here changes anything; `actions` does.
"""

from datetime import timedelta

from skill.coach.training import Training
from skill.content.exercise import CHEST, Exercise
from skill.messages.notes import Level

PAUSE_KEPT = timedelta(hours=1)
"""Who wakes the trainer within an hour goes on where the pause was made; later it is a new day."""


# --- the person -----------------------------------------------------------------------------------


def is_unknown(training: Training) -> bool:
    """Tell whether it has to be asked who trains."""
    return not training.trainee.is_known


def is_cleared(training: Training) -> bool:
    """Tell whether the safety question was answered with yes."""
    return training.trainee.may_train


def named_is_cleared(training: Training) -> bool:
    """Tell whether the person named has answered it so in this session."""
    return training.trainee.is_cleared(named_person(training))


def has_sign(training: Training) -> bool:
    """Tell whether a warning sign was named: nothing is trained any more."""
    return bool(training.sign)


def still_hurts(training: Training) -> bool:
    """Tell whether a pain that came in an exercise is there still: it has to go first."""
    return training.complaint.exercise is not None and training.complaint.gone is False


def is_gone_open(training: Training) -> bool:
    """Tell whether it has to be asked whether the pain is gone."""
    return training.complaint.gone is None


def is_place_open(training: Training) -> bool:
    """Tell whether it has to be asked where it hurts: what loads that place is left out."""
    return training.complaint.exercise is not None and training.complaint.places is None


def is_spread_open(training: Training) -> bool:
    """Tell whether it has to be asked whether the pain radiates or tingles."""
    return training.complaint.spreads is None


def names_chest(training: Training) -> bool:
    """Tell whether the place that was named is the chest: that is an emergency."""
    return training.command.slot == CHEST


def stays(training: Training) -> bool:
    """Tell whether the end of a session is standby."""
    return training.stays


def is_first_time(training: Training) -> bool:
    """Tell whether nobody has met this trainer yet."""
    return training.first_time


def has_pause(training: Training) -> bool:
    """Tell whether there is a pause to come back to, and not one of yesterday."""
    return bool(training.held) and training.trainee.now - training.asleep_since < PAUSE_KEPT


# --- the plan -------------------------------------------------------------------------------------


def was_broken_off(training: Training) -> bool:
    """Tell whether there is a plan of a while ago to go on with."""
    return bool(training.plan.resumable()[0])


def has_next(training: Training) -> bool:
    """Tell whether the plan goes on after this exercise."""
    return len(training.plan.to_come) > 1


def has_two_next(training: Training) -> bool:
    """Tell whether the plan goes on even when the next exercise is left out."""
    return len(training.plan.to_come) > 2


def has_previous(training: Training) -> bool:
    """Tell whether the plan holds an exercise before this one."""
    return training.plan.index > 0


def has_gentle(training: Training) -> bool:
    """Tell whether something may be trained that does not load what hurts today."""
    return bool(training.plan.sore and training.plan.gentle)


def is_sparing(training: Training) -> bool:
    """Tell whether the exercise named does not load what hurts today."""
    return not training.plan.strains(training.content.exercise(training.command.slot))


def is_countable(training: Training) -> bool:
    """Tell whether one exercise was chosen that may be made more or less often."""
    plan = training.plan
    return plan.programme is None and len(plan) == 1 and _is_countable(plan.exercises[0])


def named_is_countable(training: Training) -> bool:
    """Tell whether the exercise named may be made more or less often."""
    return _is_countable(training.content.exercise(training.command.slot))


def named_needs_age(training: Training) -> bool:
    """Tell whether what was named depends on an age that nobody has told yet."""
    return _needs_age(training, _named_exercises(training))


def named_needs_material(training: Training) -> bool:
    """Tell whether the programme named needs something that not everybody has at hand."""
    return bool(training.content.programme(training.command.slot).material)


def named_is_possible(training: Training) -> bool:
    """Tell whether any exercise of the programme named is good for this person."""
    return bool(training.plan.kept(_named_exercises(training)))


# --- the exercise ---------------------------------------------------------------------------------


def has_other_side(training: Training) -> bool:
    """Tell whether this set goes on with another side of the body."""
    exercise = training.current
    return not exercise.alternating and training.side_index + 1 < len(exercise.sides)


def has_begun_set(training: Training) -> bool:
    """Tell whether at least one repetition of the running set has been made."""
    return len(training.plan) > 0 and training.sets.is_open(training.current)


def has_trained(training: Training) -> bool:
    """Tell whether any repetition has been made at all."""
    return training.sets.any_made


def was_in_exercise(training: Training) -> bool:
    """Tell whether this is an exercise, or a pause in one."""
    return training.place.parent == "exercise"


def was_repeating(training: Training) -> bool:
    """Tell whether this is a running set, or a pause in one."""
    return training.place.is_training


def was_resting(training: Training) -> bool:
    """Tell whether this is the rest behind an exercise, or a pause in it."""
    return training.place.name == "exercise.rest"


def wants_easier(training: Training) -> bool:
    """Tell whether it was asked for less: nothing rises during an exercise."""
    return training.command.slot == Level.EASIER


def has_variant(training: Training) -> bool:
    """Tell whether the current exercise can be made easier or harder, as was asked for."""
    return training.plan.neighbour_level(wants_easier(training)) is not None


def is_held_at(training: Training, state: str) -> bool:
    """Tell whether a pause returns to this state."""
    return training.held == state


# --- inside ----------------------------------------------------------------------------------


def named_person(training: Training) -> str | None:
    """Return who the command names, in lower case; None for a guest."""
    return training.command.slot if training.command.name == "person" else None


def _named_exercises(training: Training) -> tuple[Exercise, ...]:
    """Return the exercises of what the command names: an exercise or a programme."""
    if training.command.name == "exercise":
        return (training.content.exercise(training.command.slot),)
    programme = training.content.programme(training.command.slot)
    return tuple(training.content.exercise(one) for one in programme.exercises)


def _needs_age(training: Training, exercises: tuple[Exercise, ...]) -> bool:
    return not training.trainee.profile.age_group and any(one.ages for one in exercises)


def _is_countable(exercise: Exercise) -> bool:
    return exercise.repetitions.least < exercise.repetitions.most
