"""Where a session stands, as a home shows it: pure, from what happens in the session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from skill.content.states import STATES
from skill.messages.events import Event, Problem, Snapshot
from skill.observers.whereabouts import after as whereabouts_after

PROBLEM_SECONDS = 300.0
"""How long a problem shows: long enough for somebody to look."""

STATE_WORDS: Mapping[str, str] = {
    "standby": "bereit",
    "invited": "lädt ein",
    "hello": "im Gespräch",
    "welcome": "im Gespräch",
    "who": "im Gespräch",
    "safety": "im Gespräch",
    "menu": "im Gespräch",
    "exercise": "Übung",
    "exercise.rest": "Rast",
    "paused": "Pause",
    "pain": "Schmerz",
    "summary": "Abschied",
    "goodbye": "Abschied",
    "finished": "beendet",
}
"""What a state is called: its own word, or that of its parent."""

_AFTER_TRAINING = ("standby", "invited", "welcome", "summary", "goodbye", "finished")


class Happening(StrEnum):
    """What an automation may want to know of, the moment it happens."""

    TRAINING_BEGAN = "training_began"
    TRAINING_ENDED = "training_ended"
    PAIN = "pain"
    WARNING_SIGN = "warning_sign"
    """Something that needs a doctor: the coach has said whom to call."""


@dataclass(frozen=True)
class Standing:
    """Where a session is, and what a home wants to know besides.

    ``week`` counts this week's trainings of all people; ``is_hearing`` is False while no sound
    comes in at all.
    """

    now: Snapshot = field(default_factory=Snapshot)
    is_training: bool = False
    problem_seconds: float | None = None
    week: int = 0
    is_hearing: bool = True

    def after(self, event: Event) -> "Standing":
        """Return where it is after an event."""
        now = whereabouts_after(self.now, event)
        problem = event.seconds if isinstance(event, Problem) else self.problem_seconds
        is_training = self.is_training
        if now.state.startswith("exercise."):
            is_training = True
        elif now.state in _AFTER_TRAINING:
            is_training = False
        return replace(self, now=now, is_training=is_training, problem_seconds=problem)

    def at(self, seconds: float) -> "Standing":
        """Return where it is at this time of the session: a problem does not show for ever."""
        told = self.problem_seconds
        if told is None or seconds - told < PROBLEM_SECONDS:
            return self
        return replace(self, problem_seconds=None)

    def shown(self, titles: Mapping[str, str], with_names: bool) -> dict[str, Any]:
        """Return it as Home Assistant gets it; ``titles`` are those of programmes, by id.

        Nobody is named unless ``with_names``.
        """
        now, exercise = self.now, self.now.exercise
        repetition = now.repetition if exercise else None
        return {
            "state": state_word(now.state),
            "person": self._person(with_names),
            "exercise": exercise.name if exercise else None,
            "repetition": repetition.repetition if repetition else None,
            "repetitions": repetition.repetitions if repetition else None,
            "side": repetition.side if repetition else None,
            "programme": titles.get(exercise.programme) if exercise else None,
            "week": self.week,
            "listening": self.is_hearing and not now.is_muted and not _is_over(now.state),
            "training": self.is_training,
            "problem": self.problem_seconds is not None,
            "muted": now.is_muted,
            "volume": now.gain_db,
        }

    def _person(self, with_names: bool) -> str:
        row = STATES.get(self.now.state)
        if row is None or row.is_asleep or row.is_over or row.name == "invited":
            return "niemand"
        if self.now.is_guest:
            return "Gast"
        return self.now.person if with_names and self.now.person else "jemand"


def happenings(before: Standing, after: Standing) -> Iterator[Happening]:
    """Yield what has happened between the two."""
    if before.is_training != after.is_training:
        yield Happening.TRAINING_BEGAN if after.is_training else Happening.TRAINING_ENDED
    was, now = before.now.state, after.now.state
    if now.startswith("pain.") and not was.startswith("pain."):
        yield Happening.PAIN
    if now == "pain.sign" != was:
        yield Happening.WARNING_SIGN


def state_word(state: str) -> str:
    """Return what a state is called in German; before the first block the trainer is ready."""
    return STATE_WORDS.get(state) or STATE_WORDS.get(state.partition(".")[0], "bereit")


def _is_over(state: str) -> bool:
    return state in STATES and STATES[state].is_over
