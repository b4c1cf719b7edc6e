"""What there is to choose from, in words."""

from skill.coach.training import Training
from skill.content.schema import Content


def offered(content: Content) -> list[str]:
    """Return the titles that the menu names: the programmes; without any, all exercises."""
    programmes = [one.title for one in content.programmes if one.offered]
    return programmes or [one.title for one in content.exercises]


def waking(content: Content) -> str:
    """Return what wakes the trainer, to be said in a sentence: "Hallo Trainer"."""
    return content.commands["wake"].phrases[0].title()


def named(training: Training) -> dict[str, str]:
    """Return what may fill the placeholders of a state's own lines, by their names."""
    return {
        "choices": ", ".join(offered(training.content)),
        "people": ", ".join(training.trainee.people.values()),
        "wake": waking(training.content),
    }
