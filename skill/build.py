"""Puts a session together: content, speech model, ear, coach and voice, as the settings say."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from skill.coach.coach import Coach
from skill.coach.scripts import fixed_sentences
from skill.content.exercise import Exercise
from skill.content.own import content_for
from skill.content.personal import personal, unknown_words
from skill.content.schema import Content
from skill.ear import SpeechModel, open_ear, without_echo, words_unknown
from skill.ear.thresholds import personal_rules
from skill.messages.events import Event, Kind
from skill.messages.notes import Entry, SetDone
from skill.models import choose_model
from skill.paths import user_dir
from skill.progress.profile import Profile, profile_of
from skill.reminders import reminders_for
from skill.replay.clock import ReplayClock
from skill.replay.dialog import Setup
from skill.replay.past import PastHistory, check_exercises, entries
from skill.replay.run import MakeSession, OnEvent
from skill.session import Session
from skill.settings import Settings
from skill.settings.household import Household
from skill.voice import Voice, open_voice


class HistoryLike(Protocol):
    """What was trained, by person (a name in lower case; empty where nobody is told apart)."""

    def add(self, entry: Entry) -> None:
        """Write one entry down, safe against a power cut when this returns."""
        ...

    def entries(self, person: str) -> Iterable[Entry]:
        """Return a person's entries, oldest first."""
        ...


def voice_for(settings: Settings, content: Content) -> Voice:
    """Open the coach's voice; rendered lines are kept in the user's cache folder."""
    return open_voice(
        content.respellings, user_dir("cache") / "voice", settings.voice, settings.words_per_minute
    )


def open_session(
    settings: Settings,
    on_event: OnEvent,
    *,
    seed: int | None = None,
    model: str = "",
    household: Household | None = None,
    history: HistoryLike | None = None,
    clock: Callable[[], datetime] = datetime.now,
    first_time: bool = False,
    make_voice: Callable[[Settings, Content], Voice] = voice_for,
) -> Session:
    """Return a session ready for its first block.

    ``seed`` chooses the coach's phrases; None: different ones every time. ``model`` and
    ``household`` go before the settings' own. Without a ``history`` nothing is known of anybody,
    and nothing is kept. ``clock`` shows local time, without a zone. The ``first_time`` of all the
    coach introduces itself. Raises SkillError for whatever
    is missing or wrong. Files of the person's own that are wrong are left out and reported as a
    PROBLEM, and so are words that the model does not know: all others can still be said.
    """
    household = household or settings
    model_dir = choose_model(model or settings.model)
    speech_model = SpeechModel(model_dir)
    content = personal(
        content_for(
            settings.dialog_folders,
            lambda sentence: on_event(Event(0.0, Kind.PROBLEM, sentence)),
            speech_model.knows,
        ),
        household.people,
        [one for one in household.wake if not unknown_words(one, speech_model.knows)],
    )
    for sentence in _not_understood(model_dir.name, speech_model, content, household):
        on_event(Event(0.0, Kind.PROBLEM, sentence))
    ear = without_echo(open_ear(speech_model, content, personal_rules(content, model_dir)))
    voice = make_voice(settings, content)
    voice.prerender(fixed_sentences(content))
    known = _Known(history, content, on_event)
    coach = Coach(
        content,
        voice.speech_seconds,
        seed=random.randrange(2**32) if seed is None else seed,
        people=household.people,
        profiles=known.profile,
        clock=clock,
        stays=household.stays,
        first_time=first_time,
    )
    reminders = None
    if household.invitations:
        reminders = reminders_for(household, known.trained(household.people))
    return Session(ear, coach, voice, on_event, history, reminders, clock)


def _not_understood(
    model_name: str, model: SpeechModel, content: Content, household: Household
) -> Iterator[str]:
    """Yield a sentence for whatever can be said to no avail, as the model lacks words of it."""
    for name in household.people:
        if unknown_words(name, model.knows):
            yield (
                f"Den Namen „{name}“ kennt das Sprachmodell {model_name} nicht, ich kann ihn also"
                " nicht verstehen. Trag unter people einen Kosenamen ein, den es kennt, oder hol"
                " mit „model fetch“ das größere Modell."
            )
    awake_at = "“ oder „".join(content.commands["wake"].phrases)
    for phrase in household.wake:
        if words := unknown_words(phrase, model.knows):
            yield (
                f"„{phrase}“ weckt mich nicht: Das Sprachmodell {model_name} kennt"
                f" {', '.join(f'„{word}“' for word in words)} nicht. Ich höre auf „{awake_at}“."
            )
    unknown = words_unknown(model, content)
    others = {word for command, words in unknown.items() if command != "person" for word in words}
    if others:
        yield (
            f"Diese Wörter kennt das Sprachmodell {model_name} nicht, ich kann sie also nicht"
            f" verstehen: {', '.join(sorted(others))}."
        )


class _Known:
    """What a history knows; one that is missing or cannot be read costs no session."""

    def __init__(self, history: HistoryLike | None, content: Content, on_event: OnEvent) -> None:
        self._history = history
        self._exercises: Mapping[str, Exercise] = {one.id: one for one in content.exercises}
        self._on_event = on_event

    def profile(self, person: str) -> Profile:
        """Return a person's progress."""
        return profile_of(self._entries(person), self._exercises.get)

    def trained(self, people: Sequence[str]) -> Iterator[datetime]:
        """Yield when anybody of the household has trained."""
        for person in ("", *(name.lower() for name in people)):
            for entry in self._entries(person):
                if isinstance(entry.note, SetDone):
                    yield entry.at

    def _entries(self, person: str) -> Sequence[Entry]:
        if self._history is None:
            return ()
        try:
            return tuple(self._history.entries(person))
        except Exception as error:
            sentence = f"Was du bisher trainiert hast, konnte ich nicht lesen ({error})."
            self._on_event(Event(0.0, Kind.PROBLEM, sentence))
            return ()


def session_maker(settings: Settings) -> MakeSession:
    """Return what replay builds its sessions with: the settings, and a dialog's own set-up.

    People, invitations and all else that is personal come from the set-up alone, and what is
    remembered stays in memory: a replay neither reads nor writes the user's history.
    """

    def make(setup: Setup, on_event: OnEvent) -> Session:
        if setup.past:
            check_exercises(setup.past, content_for(settings.dialog_folders))
        clock = ReplayClock(setup.now)
        session = open_session(
            settings,
            on_event,
            seed=setup.seed,
            model=setup.model,
            household=setup,
            history=PastHistory(entries(setup.past, setup.now)),
            clock=clock,
        )
        clock.seconds = lambda: session.now_seconds
        return session

    return make
