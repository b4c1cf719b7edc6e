"""Asking back: what somebody may have meant is asked for, once, and a yes makes it a command. Pure.

All times are seconds on the session's clock.
"""

from skill.messages.heard import Command, Heard

ASKED_BACK_SECONDS = 6.0
"""How long a question back may be answered, from its end on."""

MOST_QUESTIONS = 3
"""After so many in one place they are talk in the room, and nobody's wish."""


class Doubt:
    """The question back that is open, and those that have been asked in this state."""

    def __init__(self) -> None:
        self.enter()

    def enter(self) -> None:
        """Begin with a new state: nothing is open, and nothing has been asked."""
        self._command: Command | None = None
        self._asked: set[Command] = set()
        self._begins = self._until = 0.0

    @property
    def is_open(self) -> bool:
        """Tell whether a question is being asked, or waits for its answer."""
        return self._command is not None

    def may_ask(self, command: Command) -> bool:
        """Tell whether a guess may still be asked for here: each one once, and not too many."""
        return command not in self._asked and len(self._asked) < MOST_QUESTIONS

    def ask(self, command: Command, begins_seconds: float, until_seconds: float) -> None:
        """Open the question that sounds from one time on and may be answered until another."""
        self._command = command
        self._asked.add(command)
        self._begins, self._until = begins_seconds, until_seconds

    def pass_time(self, now_seconds: float) -> None:
        """Close the question when its time is over: silence is a no."""
        if now_seconds >= self._until:
            self.close()

    def is_answered_by(self, heard: Heard) -> bool:
        """Tell whether this is a yes or a no to the question, or says the command again."""
        if self._command is None or heard.command is None or heard.start_seconds < self._begins:
            return False
        return heard.command.name in ("yes", "no") or heard.command == self._command

    def close(self) -> Command | None:
        """Close the question, if one is open; return what it was about."""
        command, self._command = self._command, None
        return command
