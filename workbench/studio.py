"""What the benchmark's sessions are made of: one content, one model, one voice cache."""

from collections.abc import Callable
from functools import cached_property

from skill.build import voice_for
from skill.coach.coach import Coach
from skill.content.own import content_for
from skill.content.schema import Content
from skill.ear import SpeechModel, open_ear, without_echo
from skill.ear.grammar import make_grammar
from skill.messages.events import Event
from skill.models import choose_model
from skill.session import EarLike, Session
from skill.settings import Settings
from skill.voice import Voice
from workbench.places import Guide, Place
from workbench.plain import PlainEar

SEED = 7
"""Of the coach's phrases: the same lines in every run."""


class Studio:
    """Builds the sessions that are compared; the speech model is loaded once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.content: Content = content_for(settings.dialog_folders)

    @cached_property
    def _model(self) -> SpeechModel:
        return SpeechModel(choose_model(self.settings.model))

    def ear(self) -> EarLike:
        """Return the ear as it is used live."""
        return without_echo(open_ear(self._model, self.content))

    def plain_ear(self) -> EarLike:
        """Return the plain Vosk loop with the same model and grammar."""
        vocabulary = self.content.vocabulary
        grammar = make_grammar(vocabulary, self.content.decoys, self._model.knows)
        return PlainEar(self._model.open_recogniser(grammar), vocabulary)

    def voice(self) -> Voice:
        """Return the coach's voice."""
        return voice_for(self.settings, self.content)

    def session(
        self,
        ear: EarLike,
        place: Place | None = None,
        on_event: Callable[[Event], None] = lambda _: None,
    ) -> Session:
        """Return a session with this ear, led to ``place`` first."""
        voice = self.voice()
        coach = Coach(self.content, voice.speech_seconds, seed=SEED)
        return Session(Guide(coach, ear, place) if place else ear, coach, voice, on_event)
