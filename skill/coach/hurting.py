"""What the state machine does about pain: actions on its arrows, as those of `actions`."""

from skill.coach.actions import drop_plan, withdraw
from skill.coach.complaint import Complaint, named_places
from skill.coach.guards import has_begun_set, was_in_exercise
from skill.coach.signs import graver
from skill.coach.training import Training
from skill.content.exercise import CHEST
from skill.messages.notes import Hurt, Outcome, PlanOver


def hurt(training: Training) -> None:
    """End the set because of pain. What is left of the plan is not resumed later."""
    training.felt_pain = True
    places = _named_places(training)
    _warn(training, "chest" if CHEST in places else training.command.sign)
    if training.place.parent == "pain":
        is_leaving = training.state == "pain.leave"  # still on the way out: it is asked behind it
        training.complaint.gone = None if is_leaving else False
        _locate(training, places)
        return
    training.is_in_posture = training.place.in_posture
    exercise = training.current if was_in_exercise(training) else None
    training.complaint = Complaint(exercise, training.plan.sore)
    _locate(training, places)
    if exercise is None:
        drop_plan(training)
        return
    training.pain_recurs = training.trainee.profile.practice(exercise.id).pains > 0
    if has_begun_set(training):
        training.sets.end(Outcome.PAIN)
    training.trainee.note(Hurt(exercise.id))
    training.trainee.note(PlanOver())


def come_to_rest(training: Training) -> None:
    """The person has been guided out of the posture of the exercise."""
    training.is_in_posture = False


def tell_gone(training: Training) -> None:
    """The pain is gone."""
    training.complaint.gone = True


def tell_still(training: Training) -> None:
    """The pain is still there."""
    training.complaint.gone = False


def tell_place(training: Training) -> None:
    """The person has said where it hurts."""
    _warn(training, "chest" if training.command.slot == CHEST else "")
    _locate(training, _named_places(training) | {training.command.slot})


def keep_place(training: Training) -> None:
    """The person does not say where it hurts: whatever the exercise loads is spared."""
    training.complaint.places = frozenset()


def tell_spreading(training: Training) -> None:
    """It radiates or tingles: a warning sign."""
    training.complaint.spreads = True
    _warn(training, "numb")


def tell_not_spreading(training: Training) -> None:
    """It stays where it is."""
    training.complaint.spreads = False


def go_on_gently(training: Training) -> None:
    """Go on with what does not load the place that hurts, in its easiest form."""
    training.plan.set(training.plan.gentle)
    training.side_index = 0


def _warn(training: Training, sign: str) -> None:
    if sign:
        training.sign = graver(training.sign, sign)
        withdraw(training)


def _locate(training: Training, places: frozenset[str]) -> None:
    training.complaint.add(places)
    training.plan.sore = training.complaint.spared


def _named_places(training: Training) -> frozenset[str]:
    return named_places(training.said, training.content.body_parts)
