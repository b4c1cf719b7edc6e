"""Puts a session together: content, speech model, ear, coach and voice, as the settings say."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from skill.coach.coach import Coach
from skill.coach.scripts import fixed_sentences
from skill.content.own import content_for
from skill.content.schema import Content
from skill.ear import SpeechModel, open_ear, without_echo, words_unknown
from skill.ear.thresholds import personal_rules
from skill.events import Event, Kind
from skill.models import choose_model
from skill.paths import user_dir
from skill.replay.dialog import Setup
from skill.replay.run import MakeSession, OnEvent
from skill.session import Session
from skill.settings import Settings
from skill.voice import Voice, open_voice


def voice_for(settings: Settings, content: Content) -> Voice:
    """Open the coach's voice; rendered lines are kept in the user's cache folder."""
    return open_voice(
        content.respellings, user_dir("cache") / "voice", settings.voice, settings.words_per_minute
    )


def open_session(
    settings: Settings,
    on_event: Callable[[Event], None],
    *,
    seed: int | None = None,
    model: str = "",
) -> Session:
    """Return a session ready for its first block.

    ``seed`` chooses the coach's phrases; None: different ones every time. ``model`` goes before
    the settings' own. Raises SkillError for whatever is missing or wrong. Files of
    the person's own that are wrong are left out and reported as a PROBLEM, and so are words of
    commands that the model does not know: all others can still be said.
    """
    content = content_for(settings, lambda sentence: on_event(Event(0.0, Kind.PROBLEM, sentence)))
    model_dir = choose_model(model or settings.model)
    speech_model = SpeechModel(model_dir)
    rules = personal_rules(content, model_dir)
    ear = without_echo(open_ear(speech_model, content, rules))
    for problem in _unknown_words(model_dir.name, words_unknown(speech_model, content)):
        on_event(problem)
    voice = voice_for(settings, content)
    voice.prerender(fixed_sentences(content))
    chosen = random.randrange(2**32) if seed is None else seed
    coach = Coach(content, voice.speech_seconds, seed=chosen)
    return Session(ear, coach, voice, on_event)


def _unknown_words(model_name: str, unknown: Mapping[str, Sequence[str]]) -> Iterator[Event]:
    if unknown:
        words = sorted({word for words in unknown.values() for word in words})
        yield Event(
            0.0,
            Kind.PROBLEM,
            f"Diese Wörter kennt das Sprachmodell {model_name} nicht, ich kann sie also nicht"
            f" verstehen: {', '.join(words)}.",
        )


def session_maker(settings: Settings) -> MakeSession:
    """Return what replay builds its sessions with: the settings, and a dialog's own set-up."""

    def make(setup: Setup, on_event: OnEvent) -> Session:
        return open_session(settings, on_event, seed=setup.seed, model=setup.model)

    return make
