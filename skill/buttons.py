"""Commands that nobody says: of real buttons, or of whatever else steers a session."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from skill.content.states import STATES
from skill.messages.heard import Command, Decision, Heard

MUTE = "mute"
"""Closes the microphone, or opens it again: no command of the coach's, but of the session's."""

ANNOUNCE = "announce"
"""Says its slot, any text: for the session as well. Not in a movement."""

_IN_STANDBY = {"next": "wake"}
"""What goes on with a training begins one where it sleeps."""


class Buttons:
    """Commands, oldest first, kept until the session takes its next block."""

    def __init__(self) -> None:
        self._pressed: deque[Command] = deque()

    def press(self, command: Command) -> None:
        """Take note of a command. May be called from any thread."""
        self._pressed.append(command)

    def taken(self) -> Iterator[Command]:
        """Yield what was pressed since the last call."""
        while self._pressed:
            yield self._pressed.popleft()


def as_heard(command: Command, state: str, now_seconds: float) -> Heard:
    """Return a command as if it had been said in this state of the coach."""
    if STATES[state].is_asleep:
        command = replace(command, name=_IN_STANDBY.get(command.name, command.name))
    now = now_seconds
    return Heard(command, "(Taste)", 1.0, now, now, now, Decision.BUTTON)
