"""What a hand wants: presses of real buttons, kept until the session takes its next block."""

from collections import deque
from collections.abc import Iterator

from skill.messages.heard import Command, Decision, Heard

MUTE = "mute"
"""Closes the microphone, or opens it again. All other buttons are commands, by their name."""

_IN_STANDBY = {"next": "wake"}
"""What goes on with a training begins one where it sleeps."""


class Buttons:
    """Presses, oldest first. `press` may be called from any thread."""

    def __init__(self) -> None:
        self._pressed: deque[str] = deque()

    def press(self, button: str) -> None:
        """Take note that a button was pressed: the name of a command, or ``MUTE``."""
        self._pressed.append(button)

    def taken(self) -> Iterator[str]:
        """Yield what was pressed since the last call."""
        while self._pressed:
            yield self._pressed.popleft()


def as_heard(button: str, state: str, now_seconds: float) -> Heard:
    """Return a press as if its command had been said in this state of the coach."""
    name = _IN_STANDBY.get(button, button) if state == "standby" else button
    now = now_seconds
    return Heard(Command(name), "(Taste)", 1.0, now, now, now, Decision.BUTTON)
