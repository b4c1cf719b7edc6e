"""What is wished from outside: messages to commands, each when it can be done."""

import logging
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from skill.buttons import ANNOUNCE, MUTE
from skill.coach.dial import GAINS_DB
from skill.content.states import STATES
from skill.messages.events import Snapshot
from skill.messages.heard import Command
from skill.written.text import composed

_log = logging.getLogger(__name__)

PATIENCE_SECONDS = 300.0
"""How long a programme waits for the question what to train, and a text for a quiet moment."""

MOST_CHARACTERS = 300
MOST_TEXTS = 5
_MOST_MESSAGES = 32

_PLAIN = ("pause", "next", "stop", "repeat")
_PROGRAMME_COUNTS = ("menu", "exercise", "paused", "summary")


@dataclass(frozen=True)
class _Kept:
    """A wish that has to wait, until when on the session's clock."""

    command: Command
    until_seconds: float


class Wishes:
    """Takes messages in any thread, and gives commands in the session's.

    ``programmes`` are the ids by title.
    """

    def __init__(self, programmes: Mapping[str, str]) -> None:
        self._programmes = programmes
        self._messages: deque[tuple[str, str]] = deque(maxlen=_MOST_MESSAGES)
        self._programme: _Kept | None = None
        self._has_knocked = False
        self._texts: deque[_Kept] = deque(maxlen=MOST_TEXTS)

    def take(self, name: str, payload: str) -> None:
        """Take note of a message: the last part of its topic, and its text."""
        self._messages.append((name, payload))

    def due(self, now: Snapshot) -> Iterator[Command]:
        """Yield what is to be done now. To be asked once in a block: by then all is done."""
        pressed: dict[str, str] = {}
        while self._messages:
            name, payload = self._messages.popleft()
            if name in _PLAIN:
                yield Command(name)
            elif name == "programme":
                self._keep_programme(payload, now)
            elif name == "say":
                self._keep_text(payload, now)
            else:
                pressed[name] = payload  # of mute and volume the last one counts
        for name, payload in pressed.items():
            yield from _turned(name, payload, now)
        yield from self._kept_programme(now)
        yield from self._kept_text(now)

    def _keep_programme(self, title: str, now: Snapshot) -> None:
        if title not in self._programmes:
            _log.info("No programme: %r", title[:MOST_CHARACTERS])
            return
        command = Command("programme", self._programmes[title])
        self._programme = _Kept(command, now.seconds + PATIENCE_SECONDS)
        self._has_knocked = False

    def _keep_text(self, payload: str, now: Snapshot) -> None:
        signs = (sign if sign.isprintable() else " " for sign in composed(payload))
        text = " ".join("".join(signs).split())[:MOST_CHARACTERS]
        if text:
            kept = _Kept(Command(ANNOUNCE, text), now.seconds + PATIENCE_SECONDS)
            self._texts.append(kept)

    def _kept_programme(self, now: Snapshot) -> Iterator[Command]:
        """Yield the programme where it counts; who sleeps is woken first, and asks as always."""
        kept, row = self._programme, STATES.get(now.state)
        if kept is None or row is None:
            return
        if now.seconds > kept.until_seconds:
            self._programme = None
        elif row.parent in _PROGRAMME_COUNTS:
            self._programme = None
            yield kept.command
        elif (row.is_asleep or row.name == "invited") and not self._has_knocked:
            self._has_knocked = True
            yield Command("next")

    def _kept_text(self, now: Snapshot) -> Iterator[Command]:
        """Yield a text, one at a time, where nothing goes on: never in a movement."""
        row = STATES.get(now.state)
        if not self._texts or row is None:
            return
        if now.seconds > self._texts[0].until_seconds:
            self._texts.popleft()
        elif row.is_pause or row.name == "exercise.rest":
            yield self._texts.popleft().command


def _turned(name: str, payload: str, now: Snapshot) -> Iterator[Command]:
    """Yield what turns the microphone or the volume as it is wished."""
    if name == "mute" and payload in ("ON", "OFF") and (payload == "ON") != now.is_muted:
        yield Command(MUTE)
    if name == "volume":
        try:
            wanted = float(payload)
        except ValueError:
            return
        if not isfinite(wanted):
            return
        steps = _nearest(wanted) - _nearest(now.gain_db)
        yield from [Command("louder" if steps > 0 else "quieter")] * abs(steps)


def _nearest(gain_db: float) -> int:
    return min(range(len(GAINS_DB)), key=lambda one: abs(GAINS_DB[one] - gain_db))
