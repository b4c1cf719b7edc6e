"""A simulated person who has come to train: when they say something, and what, at random."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skill.messages.heard import Command
from workbench.soak.behaviour import SENTENCE, Mood, phrase_for, wanted
from workbench.soak.day import GUEST

_LEAVES_ANYWAY_SECONDS = 240.0
_BARGES_IN = 0.12
_BREAKS_OFF = 0.2


@dataclass(frozen=True)
class Saying:
    """What somebody says now; ``command`` is empty for what is meant for nobody."""

    who: str
    text: str
    command: str


class SimulatedPerson:
    """Talks to the trainer until ``until_seconds``, then ends the training or just leaves.

    Times are simulated seconds. ``vocabulary`` holds what the ear can understand.
    """

    def __init__(
        self,
        name: str,
        now_seconds: float,
        until_seconds: float,
        vocabulary: Mapping[str, Command],
        sentences: Sequence[str],
        chance: random.Random,
    ) -> None:
        self.name = name
        self._until = until_seconds
        self._vocabulary = vocabulary
        self._sentences = sentences
        self._chance = chance
        self._mood = Mood()
        self._commands = sorted({one.name for one in vocabulary.values()})
        self._next_at = now_seconds + chance.uniform(0.5, 3.0)
        self._just_leaves = chance.random() < _BREAKS_OFF
        self.is_gone = False

    def next_saying(
        self, now_seconds: float, state: str, quiet_from_seconds: float, live: frozenset[str]
    ) -> Saying | None:
        """Return what is said now, if anything; ``quiet_from_seconds`` is when the coach ends."""
        if now_seconds < self._next_at:
            return None
        if self._leaves(now_seconds, state):
            self.is_gone = True
            return None
        talks = quiet_from_seconds > now_seconds
        if talks and self._chance.random() > _BARGES_IN:
            self._next_at = quiet_from_seconds + self._chance.uniform(0.4, 2.5)
            return None
        command = self._wanted(now_seconds, state, live)
        self._next_at = now_seconds + self._chance.uniform(3.0, 9.0)
        return self._saying(command) if command else None

    def spoke_until(self, seconds: float) -> None:
        """Take note when the word just said ends; there is nothing to be said before."""
        self._next_at = seconds + self._chance.uniform(1.5, 4.0)

    def say_again(self, command: str) -> Saying | None:
        """Return the same wish once more, in other words perhaps."""
        return self._saying(command)

    def _leaves(self, now_seconds: float, state: str) -> bool:
        if now_seconds > self._until + _LEAVES_ANYWAY_SECONDS:
            return True
        is_over = now_seconds > self._until
        return is_over and (self._just_leaves or state in ("standby", "goodbye"))

    def _wanted(self, now_seconds: float, state: str, live: frozenset[str]) -> str:
        if now_seconds > self._until and self._chance.random() < 0.7:
            return "quit"
        if state == "standby":
            return "wake" if self._chance.random() < 0.8 else SENTENCE
        return wanted(self._chance, self._mood, state, live, self._commands)

    def _saying(self, command: str) -> Saying | None:
        if command == SENTENCE:
            return Saying(self.name.lower(), self._chance.choice(self._sentences), "")
        slot = ""
        if command == "person":
            command = "guest" if self.name == GUEST else command
            slot = "" if self.name == GUEST else self.name.lower()
        text = phrase_for(self._chance, self._vocabulary, command, slot)
        return Saying(self.name.lower(), text, command) if text else None
