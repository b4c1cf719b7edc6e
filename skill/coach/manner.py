"""How the coach speaks: to whom, and in the manner of the programme that is being trained."""

from collections.abc import Iterator

from skill.coach.training import Training
from skill.content.schema import Manner
from skill.messages.cues import SetManner


class MannerOfSpeech:
    """Compares how it must be spoken with how it was."""

    def __init__(self, training: Training) -> None:
        self._training = training
        self._last = SetManner()

    def since_last(self) -> Iterator[SetManner]:
        """Yield the manner if it has changed."""
        trainee, programme = self._training.trainee, self._training.plan.programme
        person = trainee.name if trainee.is_known else ""
        how = programme.voice if programme else Manner()
        manner = SetManner(person, how.rate, how.pitch)
        if manner != self._last:
            self._last = manner
            yield manner
