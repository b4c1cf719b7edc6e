"""Puts a trainer together as the settings say: model, content, ear, voice, coach, session.

Whoever needs one or more of these parts asks here: live training, replay, doctor, calibration and
the benchmarks, so that all of them hear and say the same.
"""

import contextlib
import logging
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from skill.audio.recovery import MicrophoneWatch
from skill.coach.coach import Coach
from skill.coach.scripts import fixed_sentences
from skill.coach.upcoming import first_sentences
from skill.content.exercise import Exercise
from skill.content.own import content_for
from skill.content.personal import personal, unknown_words, without
from skill.content.schema import Content
from skill.ear import Ear, EarRules, SpeechModel, open_ear, without_echo, words_unknown
from skill.ear.thresholds import personal_rules
from skill.errors import ModelError, SkillError, VoiceError, reason
from skill.files import held
from skill.messages.cues import Pitch, SetManner
from skill.messages.events import Problem
from skill.messages.notes import HistoryEntry, SetDone
from skill.models import choose_model
from skill.models.fitted import fitted_network
from skill.observers import Observers
from skill.parts import EarLike
from skill.paths import user_dir
from skill.progress.profile import Profile, profile_of
from skill.reminders import reminders_for
from skill.session import Session
from skill.settings import Settings
from skill.settings.household import Household
from skill.voice import Voice, open_lines
from skill.voice.choice import BUILT_IN_VOICE, VoiceChoice, read_choice
from skill.voice.manners import Manners
from skill.voice.renderings import Renderings
from skill.written.names import respelt_names

_log = logging.getLogger(__name__)


class HistoryLike(Protocol):
    """What was trained, by person (a name in lower case; empty where nobody is told apart)."""

    def add(self, entry: HistoryEntry) -> None:
        """Write one entry down, safe against a power cut when this returns."""
        ...

    def entries(self, person: str) -> Iterable[HistoryEntry]:
        """Return a person's entries, oldest first."""
        ...


@contextlib.contextmanager
def the_only_one() -> Iterator[None]:
    """Be the only trainer of this user that speaks and listens; SkillError if there is another."""
    with held(user_dir("cache") / "trainer.lock") as alone:
        if not alone:
            raise SkillError(
                "Hier läuft schon ein Trainer, und zu zweit reden wir durcheinander.",
                "Beende ihn zuerst: sag „beenden“, oder drück dort Strg-C.",
                code="already-running",
            )
        yield


def voice_for(settings: Settings, content: Content) -> Voice:
    """Open the voices of the settings; rendered lines are kept in the user's cache folder."""

    def lines(voice: str, words_per_minute: int, pitch: Pitch) -> Renderings:
        choice = read_choice(voice)
        stand_in = None
        if choice.natural:
            with contextlib.suppress(VoiceError):  # who has no espeak-ng waits for a line instead
                stand_in = lines(BUILT_IN_VOICE, words_per_minute, pitch)
        respellings = respellings_for(settings, content, choice)
        cache_dir = user_dir("cache") / "voice"
        return open_lines(respellings, cache_dir, choice, words_per_minute, pitch, stand_in)

    for voice in settings.own_voices.values():  # to read a model takes too long within a block
        with contextlib.suppress(VoiceError):  # told when it is to speak
            lines(voice, settings.words_per_minute, Pitch.NORMAL)
    manners = Manners(lines, settings.voice, settings.words_per_minute, settings.own_voices)
    return Voice(manners.lines(SetManner()), manners)


def respellings_for(settings: Settings, content: Content, choice: VoiceChoice) -> dict[str, str]:
    """Return how this voice must read words and names, by how they are written."""
    words = content.natural_respellings if choice.natural else content.respellings
    return {**words, **respelt_names(settings.people)}


def open_session(
    settings: Settings,
    observers: Observers,
    *,
    seed: int | None = None,
    model: str = "",
    household: Household | None = None,
    history: HistoryLike | None = None,
    clock: Callable[[], datetime] = datetime.now,
    first_time: bool = False,
    is_live: bool = False,
    make_voice: Callable[[Settings, Content], Voice] | None = None,
    new_code: Callable[[], str] | None = None,
) -> Session:
    """Return a session ready for its first block.

    ``seed`` chooses the coach's phrases; None: different ones every time. ``model`` and
    ``household`` go before the settings' own. Without a ``history`` nothing is known of anybody,
    and nothing is kept. ``clock`` shows local time, without a zone. The ``first_time`` of all the
    coach introduces itself. One that ``is_live`` renders its lines ahead, and says it if nothing
    comes from the microphone. ``new_code`` makes the digits that connect a device to the companion
    page, where there is one. Raises SkillError for whatever is missing or wrong. Files of the
    person's own that are wrong are left out and told as a `Problem`, and so are words that the
    model does not know: all others can still be said. A voice that can't be used is told so too,
    and the built-in one speaks.
    """

    def on_problem(sentence: str) -> None:
        observers.tell(Problem(0.0, sentence))

    trainer = Trainer(settings, model=model, household=household, on_problem=on_problem)
    for sentence in trainer.not_understood():
        on_problem(sentence)
    ear = trainer.ear()
    voice = make_voice(settings, trainer.content) if make_voice else trainer.voice_or_built_in()
    if is_live:
        voice.render_ahead(first_sentences(trainer.content), fixed_sentences(trainer.content))
    known = _Known(history, trainer.content, on_problem)
    coach = trainer.coach(
        voice,
        seed=seed,
        profiles=known.profile,
        clock=clock,
        first_time=first_time,
        new_code=new_code,
    )
    household = trainer.household
    reminders = None
    if household.invitations:
        reminders = reminders_for(household, lambda: known.trained(household.people))
    watch = MicrophoneWatch() if is_live else None
    return Session(ear, coach, voice, observers, history, reminders, clock, watch)


class Trainer:
    """The parts of which sessions are made; model and content are loaded once, when first needed.

    ``model`` (a name or a folder), ``household`` and ``content`` go before what the settings name.
    Where one person trains alone, the model is fitted to the voice that was calibrated, unless it
    is to be ``plain``. ``on_problem`` gets a German sentence for each file of the person's own that
    is left out. All properties and methods raise SkillError for what is missing or wrong.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        model: str = "",
        household: Household | None = None,
        content: Content | None = None,
        plain: bool = False,
        on_problem: Callable[[str], None] = _log.warning,
    ) -> None:
        self.settings = settings
        self.household: Household = household or settings
        self._model_name = model or settings.model
        self._content = content
        self._plain = plain
        self._on_problem = on_problem

    @property
    def voiced(self) -> Settings:
        """The settings, with the people of the household and their voices."""
        people = {"people": self.household.people, "voices": self.household.voices}
        return self.settings.model_copy(update=people)

    @cached_property
    def model_dir(self) -> Path:
        """The folder of the speech model."""
        return choose_model(self._model_name)

    @cached_property
    def model(self) -> SpeechModel:
        """The speech model, loaded; a fitted network that can't be used is left out."""
        if network := self.fitted:
            try:
                return SpeechModel(self.model_dir, network)
            except ModelError as error:
                _log.warning("%s is left out: %s", network, error.__cause__)
        return SpeechModel(self.model_dir)

    @property
    def fitted(self) -> Path | None:
        """The network fitted to a person's voice, in place of the model's own; None: not used.

        Where several people train it would help the one and hinder the others.
        """
        if self._plain or len(self.household.people) > 1:
            return None
        return fitted_network(self.model_dir)

    @cached_property
    def content(self) -> Content:
        """All that is said and understood, with what the household has added of its own.

        Files of theirs and wake phrases with words that the model does not know are left out.
        """
        if self._content:
            return self._content
        knows = self.model.knows
        content = content_for(self.settings.dialog_folders, self._on_problem, knows)
        return personal(
            without(content, self.household.leave_out),
            self.household.people,
            [one for one in self.household.wake if not unknown_words(one, knows)],
        )

    def not_understood(self) -> Iterator[str]:
        """Yield a German sentence for whatever can be said to no avail, as the model lacks it."""
        model_name, knows = self.model_dir.name, self.model.knows
        for name in self.household.people:
            if unknown_words(name, knows):
                yield (
                    f"Den Namen „{name}“ kennt das Sprachmodell {model_name} nicht, ich kann ihn"
                    " also nicht verstehen. Trag unter people einen Kosenamen ein, den es kennt,"
                    " oder hol mit „rueckgrat model fetch“ das größere Modell."
                )
        awake_at = "“ oder „".join(self.content.commands["wake"].phrases)
        for phrase in self.household.wake:
            if words := unknown_words(phrase, knows):
                yield (
                    f"„{phrase}“ weckt mich nicht: Das Sprachmodell {model_name} kennt"
                    f" {', '.join(f'„{word}“' for word in words)} nicht. Ich höre auf „{awake_at}“."
                )
        unknown = words_unknown(self.model, self.content)
        others = {word for name, words in unknown.items() if name != "person" for word in words}
        if others:
            yield (
                f"Diese Wörter kennt das Sprachmodell {model_name} nicht, ich kann sie also nicht"
                f" verstehen: {', '.join(sorted(others))}."
            )

    def plain_ear(self, rules: EarRules | None = None) -> Ear:
        """Return an ear that knows nothing of the coach's voice; by the person's thresholds."""
        rules = rules or personal_rules(self.content, self.model_dir)
        return open_ear(self.model, self.content, rules)

    def ear(self) -> EarLike:
        """Return the ear of a session: it does not obey the coach's own voice."""
        rules = personal_rules(self.content, self.model_dir)
        return without_echo(self.plain_ear(rules), rules.confidence_over_voice)

    def voice(self) -> Voice:
        """Return the coach's voice."""
        return voice_for(self.voiced, self.content)

    def voice_or_built_in(self) -> Voice:
        """Return the coach's voice; where it can't be used that is told, and the built-in's is."""
        try:
            return self.voice()
        except VoiceError as error:
            if self.settings.voice == BUILT_IN_VOICE:
                raise
            usual = self.voiced.model_copy(update={"voice": BUILT_IN_VOICE})
            voice = voice_for(usual, self.content)
            self._on_problem(f"{error} Bis dahin spricht die eingebaute Stimme.")
            return voice

    def coach(
        self,
        voice: Voice,
        *,
        seed: int | None = None,
        profiles: Callable[[str], Profile] = lambda _: Profile(),
        clock: Callable[[], datetime] = datetime.now,
        first_time: bool = False,
        new_code: Callable[[], str] | None = None,
    ) -> Coach:
        """Return a coach that speaks with ``voice``; see ``open_session``."""
        return Coach(
            self.content,
            voice.speech_seconds,
            seed=random.randrange(2**32) if seed is None else seed,
            people=self.household.people,
            profiles=profiles,
            clock=clock,
            stays=self.household.stays,
            first_time=first_time,
            new_code=new_code,
            gain_db=self.settings.volume,
        )


class _Known:
    """What a history knows; one that is missing or cannot be read costs no session."""

    def __init__(
        self, history: HistoryLike | None, content: Content, on_problem: Callable[[str], None]
    ) -> None:
        self._history = history
        self._exercises: Mapping[str, Exercise] = {one.id: one for one in content.exercises}
        self._on_problem = on_problem
        self._read: dict[tuple[str, int], Profile] = {}

    def profile(self, person: str) -> Profile:
        """Return a person's progress; it is read again once other trainers' entries have come."""
        version = (person, getattr(self._history, "merged", -1))
        if version not in self._read or version[1] < 0:  # years of notes take a while
            self._read[version] = profile_of(self._entries(person), self._exercises.get)
        return self._read[version]

    def trained(self, people: Sequence[str]) -> Iterator[datetime]:
        """Yield when anybody of the household has trained."""
        for person in ("", *(name.lower() for name in people)):
            for entry in self._entries(person):
                if isinstance(entry.note, SetDone):
                    yield entry.at

    def _entries(self, person: str) -> Sequence[HistoryEntry]:
        if self._history is None:
            return ()
        try:
            return tuple(self._history.entries(person))
        except Exception as error:
            self._on_problem(
                f"Was du bisher trainiert hast, konnte ich nicht lesen ({reason(error)})."
            )
            return ()
