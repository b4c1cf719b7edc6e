"""What the benchmark's sessions are made of: one content, one model, one voice cache."""

from rueckgrat.calibration.plain_ear import PlainEar
from skill.content.schema import Content
from skill.ear.grammar import make_grammar
from skill.observers import Observers
from skill.parts import EarLike
from skill.session import Session
from skill.settings import Settings
from skill.trainer import Trainer
from skill.voice import Voice
from workbench.places import Guide, Place

SEED = 7
"""Of the coach's phrases: the same lines in every run."""


class Studio:
    """Builds the sessions that are compared; the speech model is loaded once."""

    def __init__(self, settings: Settings) -> None:
        self._trainer = Trainer(settings)

    @property
    def content(self) -> Content:
        """What is said and understood."""
        return self._trainer.content

    def ear(self) -> EarLike:
        """Return the ear as it is used live."""
        return self._trainer.ear()

    def plain_ear(self) -> EarLike:
        """Return the plain Vosk loop with the same model and grammar."""
        model, vocabulary = self._trainer.model, self.content.vocabulary
        grammar = make_grammar(vocabulary, self.content.decoys, model.knows)
        return PlainEar(model.open_recogniser(grammar), vocabulary)

    def voice(self) -> Voice:
        """Return the coach's voice."""
        return self._trainer.voice()

    def session(
        self,
        ear: EarLike,
        place: Place | None = None,
        observers: Observers | None = None,
        voice: Voice | None = None,
    ) -> Session:
        """Return a session with this ear, led to ``place`` first; with a voice of its own."""
        voice = voice or self.voice()
        coach = self._trainer.coach(voice, seed=SEED)
        return Session(Guide(coach, ear, place) if place else ear, coach, voice, observers)
