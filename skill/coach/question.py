"""The question of a state: what was said before it began to sound answers something else. Pure."""

from skill.content.states import State
from skill.messages.cues import Say
from skill.messages.heard import Heard

_ANSWERS = ("yes", "no", "next", "skip", "resume")
"""Words that mean nothing without their question; a name or a number speaks for itself."""


class Question:
    """What a state asks, from when on it sounds. All times are seconds on the session's clock.

    A state's own lines have ids that begin with its name.
    """

    def __init__(self, state: State) -> None:
        self.enter(state)

    def enter(self, state: State) -> None:
        """Begin with a new state: its question has yet to be asked."""
        self._state = state
        self._begins: float | None = None

    def take_note(self, cue: Say, now_seconds: float) -> None:
        """Take note of a line that will be said instead of any that has yet to begin."""
        if self._begins is not None and self._begins > now_seconds:
            self._begins = None
        if self._begins is None and self._is_own(cue.line):
            self._begins = now_seconds if cue.at_seconds is None else cue.at_seconds

    def _is_own(self, line: str) -> bool:
        """Tell whether a line is one of the state's own: "safety.ask", "bruecke.position".

        In an exercise all lines are, but for the one with which a pause ends.
        """
        if self._state.parent == "exercise":
            return not line.startswith("paused.")
        return line.startswith(self._state.name)

    def _is_answer(self, command: str) -> bool:
        """Tell whether a command means nothing without the question.

        To skip an exercise means the same while it is introduced and in its position.
        """
        return command in _ANSWERS and not (command == "skip" and self._state.parent == "exercise")

    def all_said(self, now_seconds: float) -> None:
        """Take note that nothing more is said: a pause may have come between it and its answer."""
        if self._begins is None:
            self._begins = now_seconds

    def is_outrun_by(self, heard: Heard) -> bool:
        """Tell whether this is an answer, and began before the question did."""
        if heard.command is None or not self._state.must_be_heard:
            return False
        if not self._is_answer(heard.command.name):
            return False
        return self._begins is None or heard.start_seconds < self._begins
