"""Moments of a session in which a command is spoken, and the way there."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from skill.parts import CoachLike, EarLike

_Way: TypeAlias = tuple[tuple[str, Command], ...]


@dataclass(frozen=True)
class Place:
    """A moment of a session, reached by answering ``way``: in this state, this command.

    It begins when the coach has been in ``state`` and quiet (or, with ``talking``, in it at all)
    for ``settle_seconds``.
    """

    name: str
    state: str
    way: _Way
    settle_seconds: float = 1.5
    talking: bool = False


_CLEARED: _Way = (("welcome", Command("next")), ("safety.ask", Command("yes")))


def places(exercise_id: str) -> tuple[Place, ...]:
    """Return the places, quiet ones first: a command is measured at the first that knows it."""
    chosen, lying = _ways_into(exercise_id)
    return (
        Place("in position", "exercise.position", lying),
        Place("asked for consent", "safety.ask", _CLEARED[:1]),
        Place("asked for the exercise", "menu.ask", _CLEARED),
        Place("asked how many", "menu.count", chosen),
        Place("in a pause", "paused", (*lying, ("exercise.position", Command("pause")))),
    )


def talking_place(exercise_id: str) -> Place:
    """Return the moment 1.5 s into how to lie down for an exercise: the coach is speaking."""
    _, lying = _ways_into(exercise_id)
    return Place("while lying down", "exercise.position", lying, talking=True)


def _ways_into(exercise_id: str) -> tuple[_Way, _Way]:
    """Return the way to the question how many, and the one to the position behind it."""
    chosen = (*_CLEARED, ("menu.ask", Command("exercise", exercise_id)))
    counted = (*chosen, ("menu.count", Command("next")))
    return chosen, (*counted, ("exercise.introduce", Command("next")))


class Guide:
    """Leads a session to a place, then hands over to the ear proper; satisfies ``EarLike``.

    The ear proper hears nothing on the way, so that going there costs no recognition.
    """

    def __init__(self, coach: CoachLike, ear: EarLike, place: Place) -> None:
        self._coach = coach
        self._ear = ear
        self._place = place
        self._way = deque(place.way)
        self._now_seconds = 0.0
        self._answering = False
        self.arrived = False

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Answer what the way says while it lasts; afterwards listen."""
        self._now_seconds += BLOCK_SECONDS
        if self._answering and self._way[0][0] != self._coach.state:
            self._way.popleft()
            self._answering = False
        if not self.arrived and not self._way and self._coach.state == self._place.state:
            self.arrived = True
        if self.arrived:
            return [self._on_time(one) for one in self._ear.process(block, listening)]
        return list(self._next_answer())

    def _on_time(self, heard: Heard) -> Heard:
        """Put what the ear proper hears on the session's clock: its own began at the place."""
        late_seconds = self._now_seconds - heard.decided_seconds
        return replace(
            heard,
            start_seconds=heard.start_seconds + late_seconds,
            end_seconds=heard.end_seconds + late_seconds,
            decided_seconds=self._now_seconds,
        )

    def _next_answer(self) -> Iterator[Heard]:
        """Answer until the coach moves on: before its question sounds no answer counts."""
        if self._way and self._way[0][0] == self._coach.state:
            self._answering = True
            _, command = self._way[0]
            now = self._now_seconds
            yield Heard(command, "", 1.0, now, now, now, Decision.FINAL)
