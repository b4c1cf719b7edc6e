"""What the status light shows: pure, from what happens in a session and from its time."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import TypeAlias

from skill.content.states import STATES
from skill.messages.blocks import ROUNDING_SECONDS, Exchange
from skill.messages.events import (
    CommandHeard,
    Event,
    Hushed,
    MuteSet,
    Problem,
    Said,
    StateEntered,
)
from skill.observers.observer import Observer

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, from 0 to 1. A plain LED shows the brightest of the three."""

DARK: Colour = (0.0, 0.0, 0.0)

HEARD_SECONDS = 0.4
PROBLEM_SECONDS = 3.0
"""How long the light nods, and how long it warns."""


@dataclass(frozen=True)
class Pattern:
    """A colour, and how bright it is: (seconds, brightness from 0 to 1), over and over.

    Steps are tenths of a second, for the light is looked after once in a block. Each pattern has a
    rhythm of its own, so that a plain LED tells it as well, and people who see no colours.
    """

    colour: Colour
    rhythm: tuple[tuple[float, float], ...] = ((1.0, 1.0),)

    def at(self, seconds: float) -> Colour:
        """Return the colour at this time of the session."""
        ends = list(accumulate(length for length, _ in self.rhythm))
        step = bisect_right(ends, (seconds + ROUNDING_SECONDS) % ends[-1])
        brightness = self.rhythm[step][1]
        red, green, blue = self.colour
        return red * brightness, green * brightness, blue * brightness


class Light(Enum):
    """The states of the light."""

    OFF = Pattern(DARK)
    STANDBY = Pattern((0.0, 0.0, 1.0), ((0.1, 0.3), (3.9, 0.0)))
    LISTENING = Pattern((0.0, 1.0, 0.0), ((1.0, 0.5),))
    SPEAKING = Pattern((0.0, 0.7, 1.0), ((0.6, 1.0), (0.6, 0.4)))
    HEARD = Pattern((1.0, 1.0, 1.0))
    PAUSED = Pattern((1.0, 0.6, 0.0), ((1.5, 0.6), (1.5, 0.0)))
    MUTED = Pattern((1.0, 0.0, 0.0), ((0.1, 1.0), (0.1, 0.2), (0.1, 1.0), (1.7, 0.2)))
    PROBLEM = Pattern((1.0, 0.0, 0.0), ((0.2, 1.0), (0.2, 0.0)))

    def at(self, seconds: float) -> Colour:
        """Return the colour at this time of the session."""
        return self.value.at(seconds)


class Signals(Observer):
    """Follows a session by its events, and knows what the light shows at any moment.

    With every block it lets the light ``shine``.

    What matters most comes first: a problem for some seconds, a closed microphone, a nod, the
    coach's voice, and then the state.
    """

    title = "Das Licht"

    def __init__(self, shine: Callable[[Colour], None] = lambda _: None) -> None:
        self.shine = shine
        self._of_state = Light.LISTENING
        self._is_muted = False
        self._lines: list[tuple[float, float]] = []
        self._heard_until = 0.0
        self._problem_until = 0.0

    def add(self, event: Event) -> None:
        """Take in what happened."""
        match event:
            case StateEntered():
                self._of_state = Light[STATES[event.state].light.upper()]
            case MuteSet():
                self._is_muted = event.is_muted
            case Said():
                self._lines.append((event.seconds, event.end_seconds))
            case Hushed():
                self._lines = []
            case CommandHeard():
                self._heard_until = event.decided_seconds + HEARD_SECONDS
            case Problem():
                self._problem_until = event.seconds + PROBLEM_SECONDS

    def after_block(self, block: Exchange) -> None:
        """Let the light shine as it is to be now."""
        self.shine(self.light(block.seconds).at(block.seconds))

    def light(self, now_seconds: float) -> Light:
        """Return what the light shows now."""
        self._lines = [line for line in self._lines if line[1] > now_seconds]
        if now_seconds < self._problem_until:
            return Light.PROBLEM
        if self._is_muted:
            return Light.MUTED
        if now_seconds < self._heard_until:
            return Light.HEARD
        if any(start <= now_seconds for start, _ in self._lines):
            return Light.SPEAKING
        return self._of_state
