"""The states of a session: one table of what is true of each, and the names that dialogs share.

A new state is a row here, its lines in ``dialogs/phrases.yaml``, and its ways in and out in
``skill/coach/ways.py``. Where its lines depend on more than its name, ``skill/coach/scripts.py``
chooses them; otherwise they are those of ``says``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from skill.written.mistakes import RuleError, suggest

EVERYWHERE = "everywhere"
AWAKE = "awake"
"""Everywhere but in standby, where nothing but safety commands and ``wake`` should count."""


class Waits(Enum):
    """What a state waits for when all of its lines are said."""

    NOTHING = "nothing"
    """It goes on at once, plays repetitions, or has as much time as there is."""
    ANSWER = "answer"
    """Silence gets one prompt, then a pause."""
    WORD = "word"
    """Anything that is said; silence gets no prompt."""
    TIME = "time"
    """For some time to pass; then it goes on by itself."""


@dataclass(frozen=True)
class State:
    """What is true of one state. The part of its name before a dot is its parent.

    ``says`` are the ids of its lines where they are always the same, ``options`` that of the line
    with what can be said here, ``hint`` that of one thing of these,
    ``after_volume`` what is said when the volume was changed.
    ``seconds`` is how long it waits, from the end of its last line, or from its beginning where it
    ``waits_from_entry``; with ``exercise_seconds`` that field of the exercise says so instead.
    """

    name: str
    says: tuple[str, ...] = ()
    options: str = ""
    hint: str = ""
    after_volume: str = ""
    waits: Waits = Waits.NOTHING
    seconds: float = 0.0
    exercise_seconds: str = ""
    waits_from_entry: bool = False
    asks: bool = False
    """Its question is asked once more when a pause in it is over."""
    must_be_heard: bool = False
    """A yes or a no counts only once its question sounds."""
    may_pause: bool = False
    """A pause can be made in it, and returns to it."""
    is_training: bool = False
    """Repetitions are played: people move, and count along."""
    in_posture: bool = False
    """The person lies, kneels or stands as the exercise wants it."""
    has_person: bool = False
    """Somebody trains already: whoever is named here takes their place."""
    is_pause: bool = False
    """Nothing goes on here, and what was held may go on behind it."""
    is_asleep: bool = False
    """Talk in the room is none of its business until it is woken."""
    is_met: bool = False
    """The very first meeting is over, or has been left out."""
    is_over: bool = False
    """The session has ended."""
    light: str = "listening"
    """What a status light shows: a name of ``rueckgrat.observers.light.Light`` in small letters."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Ids of all lines that the row names."""
        return tuple(filter(None, (*self.says, self.options, self.hint, self.after_volume)))

    @property
    def parent(self) -> str:
        """The name of the parent; the state's own name where there is none."""
        return self.name.partition(".")[0]


def _talk(name: str, **facts: Any) -> State:
    """Return a state that a pause can be made in, and that has options of its own."""
    usual: dict[str, Any] = {"options": f"options.{name}", "may_pause": True}
    return State(name, **{**usual, **facts})


def _question(name: str, **facts: Any) -> State:
    """Return a state that waits for an answer."""
    usual: dict[str, Any] = {"waits": Waits.ANSWER, "seconds": 12.0, "asks": True}
    return _talk(name, **{**usual, **facts})


def _menu(name: str, **facts: Any) -> State:
    """Return a question before the training, for somebody who may train."""
    return _question(name, must_be_heard=True, has_person=True, **facts)


_ROWS = (
    State("standby", is_pause=True, is_asleep=True, light="standby"),
    State(
        "invited",
        says=("invited.ask",),
        options="options.invited",
        hint="hint.yes_no",
        waits=Waits.WORD,
        seconds=15.0,
    ),
    _talk("hello.intro", says=("hello.intro",)),
    _question("hello.hear", says=("hello.hear",)),
    _question("hello.volume", after_volume="hello.volume_again", hint="hint.next"),
    _question("hello.word", says=("hello.word",)),
    _talk("hello.done", is_met=True),
    _talk("welcome"),
    _question("who", says=("who.ask",), must_be_heard=True, hint="hint.who"),
    _question("safety.ask", must_be_heard=True, hint="hint.yes_no"),
    _talk("safety.red_flags", says=("safety.red_flags",)),
    _talk("safety.advice", says=("safety.advice", "safety.undo"), waits=Waits.TIME, seconds=6.0),
    _menu("menu.ask", hint="hint.menu"),
    _menu("menu.count", hint="hint.count"),
    _menu("menu.age", says=("menu.age",), hint="hint.age"),
    _menu("menu.material", options="options.yes_no", hint="hint.yes_no"),
    _menu("menu.resume", options="options.yes_no", hint="hint.yes_no"),
    _talk("exercise.introduce"),
    # lying down takes longer
    _question(
        "exercise.position",
        seconds=30.0,
        must_be_heard=True,
        in_posture=True,
        hint="hint.next",
    ),
    _talk("exercise.repeat", is_training=True, in_posture=True),
    _talk(
        "exercise.change",
        waits=Waits.TIME,
        exercise_seconds="change_seconds",
        in_posture=True,
        hint="hint.next",
    ),
    _talk(
        "exercise.feedback",
        waits=Waits.TIME,
        seconds=7.0,
        asks=True,
        in_posture=True,
        hint="hint.feedback",
    ),
    _talk(
        "exercise.rest",
        waits=Waits.TIME,
        exercise_seconds="rest_seconds",
        waits_from_entry=True,
        hint="hint.next",
    ),
    State(
        "paused",
        options="options.paused",
        hint="hint.next",
        waits=Waits.WORD,
        seconds=180.0,  # enough for the door bell
        has_person=True,
        is_pause=True,
        light="paused",
    ),
    _talk("pain.leave"),
    _question("pain.ask", says=("pain.ask",), must_be_heard=True, hint="hint.yes_no"),
    _question("pain.where", says=("pain.where",), must_be_heard=True, hint="hint.next"),
    _question("pain.spread", says=("pain.spread",), must_be_heard=True, hint="hint.yes_no"),
    _question("pain.offer", must_be_heard=True, hint="hint.pause"),
    _question("pain.sign"),
    _talk("summary", has_person=True),
    State("goodbye", options="options.end"),
    State("finished", is_over=True, light="off"),
)

STATES: Mapping[str, State] = MappingProxyType({state.name: state for state in _ROWS})
"""All states, by their names."""

FIRST = "standby"
"""The state that a session is made in."""


def covers(place: str, state: str) -> bool:
    """Return whether a place of a ``where`` list covers a state: itself, its parent, or more."""
    if place == AWAKE:
        return not STATES[state].is_asleep
    return place in (EVERYWHERE, state) or state.startswith(f"{place}.")


def check_state(place: str) -> str:
    """Accept a place of a ``where`` list; raise ``RuleError`` for any other."""
    if any(covers(place, state) for state in STATES):
        return place
    known = {EVERYWHERE, AWAKE, *STATES, *(state.parent for state in STATES.values())}
    raise RuleError(f"nennt einen Zustand, den es nicht gibt: „{place}“", suggest(place, known))
