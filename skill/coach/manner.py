"""How the coach speaks: to whom, and in the manner of the programme that is being trained."""

from collections.abc import Iterator

from skill.coach.training import Training
from skill.content.schema import Manner
from skill.messages.cues import SetManner

USUAL_MANNER = Manner()


class MannerOfSpeech:
    """Compares how it must be spoken with how it was."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._last = ("", USUAL_MANNER)

    def since_last(self) -> Iterator[SetManner]:
        """Yield the manner if it has changed."""
        trainee, programme = self._training.trainee, self._training.plan.programme
        person = trainee.name if trainee.is_known else ""
        manner = programme.voice if programme else USUAL_MANNER
        if (person, manner) != self._last:  # hardly ever
            self._last = (person, manner)
            yield SetManner(person, manner.rate, manner.pitch)
