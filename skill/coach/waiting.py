"""Waiting for an answer, or for time to pass; and what noise gets while one waits."""

from enum import Enum

from skill.content.states import State, Waits

AFTER_PROMPT_SECONDS = 20.0
"""How long a question waits behind its prompt: nobody is asked more than once."""

MORE_SECONDS = 6.0
"""How long a rest lasts at least behind an answer, for somebody who wants to hear more."""

PATIENT_WITH_NOISE = 3
"""After so many unknown utterances in one place they are taken for a radio, and ignored."""


class Reaction(Enum):
    """What speech that is no command gets."""

    NOTHING = "nothing"
    SIGN = "sign"
    SENTENCE = "sentence"
    HINT = "hint"
    """The shortest sentence there is: one thing that works here."""


class Waiting:
    """The wait behind the last line of a state. All times are seconds on the session's clock."""

    def __init__(self, state: State) -> None:
        self.enter(state, 0.0)

    def enter(self, state: State, now_seconds: float, left_seconds: float | None = None) -> None:
        """Begin with a new state.

        ``left_seconds`` are left behind a pause of a state that waits for time to pass.
        """
        self._state = state
        self._entered_at = self._quiet_since = now_seconds
        self._left = left_seconds if state.waits is Waits.TIME else None
        self._until: float | None = None
        self._prompted = False
        self._lingers = False
        self._rejected = self._refused = 0

    def linger(self) -> None:
        """Don't go on at once behind the answer that is given now: more may be wanted."""
        self._lingers = True

    def begin(self, now_seconds: float, seconds: float) -> None:
        """Wait for so many ``seconds`` from now on, because all is said.

        A rest counts from the moment it was entered. An answer begins the wait for a question
        anew, but it doesn't make a rest longer.
        """
        self._quiet_since = now_seconds
        if self._until is None or self._state.waits is not Waits.TIME:
            if self._prompted:
                seconds = AFTER_PROMPT_SECONDS
            if self._state.waits_from_entry:
                seconds = max(0.0, seconds - (now_seconds - self._entered_at))
            self._until = now_seconds + (seconds if self._left is None else self._left)
            self._left = None
        if self._lingers:
            self._until = max(self._until, now_seconds + MORE_SECONDS)
            self._lingers = False

    def is_over(self, now_seconds: float) -> bool:
        """Tell whether patience has come to its end."""
        return self._until is not None and now_seconds >= self._until

    def left_seconds(self, now_seconds: float) -> float | None:
        """Return how long the wait still lasts; None where it hasn't begun."""
        return None if self._until is None else max(0.0, self._until - now_seconds)

    @property
    def may_prompt(self) -> bool:
        """Tell whether silence gets a prompt here: a question, once."""
        return self._state.waits is Waits.ANSWER and not self._prompted

    def prompt(self) -> None:
        """Take note that the person has been reminded of what can be said."""
        self._prompted = True

    def understand(self) -> None:
        """Take note that something was understood."""
        self._rejected = 0

    def reject(self, start_seconds: float) -> Reaction:
        """Take note of unknown words that began at this time; return what they get.

        Only what may be an attempt at an answer gets anything: a sign first, then a sentence, then
        a shorter one, and nothing any more when it goes on.
        """
        is_question = self._state.waits is not Waits.NOTHING and not self._state.is_asleep
        is_answer = self._until is not None and start_seconds >= self._quiet_since
        if not is_question or not is_answer or self._rejected >= PATIENT_WITH_NOISE:
            return Reaction.NOTHING
        self._rejected += 1
        return (Reaction.SIGN, Reaction.SENTENCE, Reaction.HINT)[self._rejected - 1]

    def refuse(self) -> bool:
        """Take note of a command that doesn't count here; tell whether it is not the first one."""
        self._refused += 1
        return self._refused > 1
