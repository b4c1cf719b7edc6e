"""What the page shows: where the session is, in words for a person. Pure; no server, no browser."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from skill.buttons import MUTE
from skill.coach.choices import waking
from skill.content.command_row import CommandRow
from skill.content.schema import Content
from skill.content.states import STATES, State
from skill.messages.events import (
    CommandHeard,
    Event,
    Hushed,
    Problem,
    Said,
    Snapshot,
    SpeechRejected,
)
from skill.messages.heard import Decision

HEADINGS = {
    "": "Einen Moment",
    "standby": "Ich warte auf dich",
    "invited": "Zeit für deinen Rücken?",
    "hello": "Willkommen",
    "welcome": "Willkommen",
    "who": "Wer trainiert heute?",
    "safety": "Bevor es losgeht",
    "menu": "Was möchtest du machen?",
    "exercise.introduce": "Gleich geht es los",
    "exercise.position": "Nimm die Haltung ein",
    "exercise.repeat": "",
    "exercise.change": "Seite wechseln",
    "exercise.feedback": "Wie war das?",
    "exercise.rest": "Ruh dich kurz aus",
    "paused": "Pause",
    "pain": "Halt inne",
    "summary": "Geschafft",
    "goodbye": "Bis bald",
    "finished": "Bis bald",
}
"""By state ("" before the first), or by its parent. Without one the exercise's name stands alone.
"""

_FIRST = ("yes", "no", "next", "resume", "repeat", "pause", "slower", "faster", "skip", "back")
"""Commands worth a chip, the most useful first; all others are behind „mehr“."""

_NOT_BY_TOUCH = frozenset({"stop", "pain", "hear_you", "body_part", "number", "question", "person"})
"""What has a place of its own on the page, or cannot be one touch."""

_CHIPS = 3


@dataclass(frozen=True)
class Chip:
    """Something that can be said now, or touched: ``command`` as a button sends it."""

    label: str
    command: str


@dataclass(frozen=True)
class Scene:
    """All that the page shows at one moment. Times are seconds on the session's clock.

    ``mode`` is "talk", "training", "paused", "pain", "standby" or "over". ``heard`` says what was
    understood, from ``heard_seconds`` on. ``line`` is what is being said, until ``line_ends``.
    """

    mode: str = "talk"
    state: str = ""
    heading: str = ""
    title: str = ""
    person: str = ""
    exercise: str = ""
    level: str = ""
    side: str = ""
    repetition: str = ""
    position: str = ""
    coming: str = ""
    phase: dict[str, Any] = field(default_factory=dict)
    chips: tuple[Chip, ...] = ()
    more: tuple[Chip, ...] = ()
    heard: str = ""
    heard_seconds: float = 0.0
    line: str = ""
    line_begins: float = 0.0
    line_ends: float = 0.0
    problem: str = ""
    invitation: str = ""
    is_muted: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as what JSON knows."""
        return asdict(self)


class Stage:
    """Keeps the scene up to date with what happens in a session.

    ``invitation`` tells, asked again and again, when the trainer invites next.
    """

    def __init__(self, content: Content, invitation: Callable[[], str] = str) -> None:
        self._content = content
        self._invitation = invitation
        self._scene = Scene(heading=HEADINGS[""])

    @property
    def scene(self) -> Scene:
        """The scene as it is now."""
        return self._scene

    def add(self, event: Event, now: Snapshot) -> Scene:
        """Take in what happened, and where the session is after it; return the new scene."""
        match event:
            case CommandHeard():
                self._hear(f"verstanden: {self._words(event)}", event.decided_seconds)
            case SpeechRejected():
                self._hear("das habe ich nicht verstanden", event.decided_seconds)
            case Said():
                self._scene = replace(
                    self._scene,
                    line=event.text,
                    line_begins=event.seconds,
                    line_ends=event.end_seconds,
                )
            case Hushed():
                self._scene = replace(self._scene, line_ends=event.seconds)
            case Problem():
                self._scene = replace(self._scene, problem=event.text)
        self._scene = self._placed(now)
        return self._scene

    def look_at_the_calendar(self) -> bool:
        """Return whether time has changed what is to be seen."""
        before = self._scene.invitation
        self._scene = replace(self._scene, invitation=self._invitation())
        return self._scene.invitation != before

    def _hear(self, text: str, seconds: float) -> None:
        self._scene = replace(self._scene, heard=text, heard_seconds=seconds, problem="")

    def _placed(self, now: Snapshot) -> Scene:
        state = STATES.get(now.state, State(now.state))
        chips = tuple(self._chips(state, now.is_muted))
        shown = now.exercise if state.parent in ("exercise", "paused", "pain") else None
        return replace(
            self._scene,
            mode=_mode(state),
            state=state.name,
            heading=HEADINGS.get(state.name, HEADINGS.get(state.parent, "")),
            title=shown.name if shown else "",
            person=now.person,
            exercise=shown.exercise if shown else "",
            level=shown.level if shown else "",
            side=now.repetition.side if now.repetition else "",
            repetition=_repetition(now),
            position=f"Übung {shown.position} von {shown.of}" if shown and shown.of > 1 else "",
            coming=self._coming(now) if shown and state.parent != "pain" else "",
            phase=_phase(now),
            chips=chips[:_CHIPS],
            more=chips[_CHIPS:],
            is_muted=now.is_muted,
        )

    def _coming(self, now: Snapshot) -> str:
        begun = now.exercise
        return f"Danach: {begun.then}" if begun and begun.then else ""

    def _words(self, event: CommandHeard) -> str:
        """Return the words of a command; those that one would say, if it was touched."""
        row = self._content.commands.get(event.command.name)
        if (event.text and event.decision is not Decision.BUTTON) or row is None:
            return event.text or event.command.name
        said = (phrase for phrase, value in row.slots.items() if value == event.command.slot)
        titles = {one.id: one.title for one in self._content.programmes}
        titles |= {one.id: one.title for one in self._content.exercises}
        named = titles.get(event.command.slot) or next(said, None)
        return named or next(iter(row.phrases), event.command.name)

    def _chips(self, state: State, is_muted: bool) -> Iterator[Chip]:
        """Yield what can be said here, the most useful first; nothing before the first state."""
        if state.name not in STATES or state.is_over:
            return
        if is_muted:  # nothing else can be said
            yield Chip("Mikrofon öffnen", MUTE)
        yield from self._commands(state)
        if not is_muted:
            yield Chip("Mikrofon schließen", MUTE)

    def _commands(self, state: State) -> Iterator[Chip]:
        if state.is_asleep:
            yield Chip(waking(self._content), "wake")
            return
        live = self._content.live_commands(state.name) - _NOT_BY_TOUCH
        if state.name == "menu.ask":
            yield from (
                Chip(one.title, f"programme({one.id})")
                for one in self._content.programmes
                if one.offered
            )
        for name in ("feeling", "age"):
            if name in live and state.name in ("exercise.feedback", "menu.age"):
                yield from _by_value(name, self._content.commands[name])
        ordered = [name for name in _FIRST if name in live]
        others = [name for name in self._content.commands if name in live - set(ordered)]
        for name in (*ordered, *others):
            row = self._content.commands[name]
            if row.phrases:
                yield Chip(row.phrases[0], name)


def _by_value(name: str, row: CommandRow) -> Iterator[Chip]:
    """Yield one chip for each value of a command: the phrase that is written first."""
    first: dict[str, str] = {}
    for phrase, value in row.slots.items():
        first.setdefault(value, phrase)
    yield from (Chip(phrase, f"{name}({value})") for value, phrase in first.items())


def _mode(state: State) -> str:
    if state.is_over:
        return "over"
    if state.is_asleep:
        return "standby"
    if state.parent == "pain":
        return "pain"
    if state.is_pause:
        return "paused"
    return "training" if state.is_training else "talk"


def _repetition(now: Snapshot) -> str:
    begun = now.repetition
    if begun is None or begun.repetitions < 1:
        return ""
    return f"{begun.repetition} von {begun.repetitions}"


def _phase(now: Snapshot) -> dict[str, Any]:
    phase = now.phase
    if phase is None:
        return {}
    return {
        "name": phase.name,
        "text": phase.text,
        "kind": phase.kind,
        "breath": phase.breath,
        "begins": phase.seconds,
        "seconds": phase.planned_seconds,
        "number": phase.repetition,
        "side": phase.side,
    }
