"""How long the coach waits, and for what. All times in seconds, all in one place."""

from dataclasses import dataclass

QUESTIONS = (
    *("hello.hear", "hello.volume", "hello.word"),
    *("who", "safety.ask", "menu.ask", "menu.count", "menu.age", "menu.material", "menu.resume"),
    *("exercise.position", "pain.ask", "pain.sign"),
)
"""States that wait for an answer: silence gets one prompt, then a pause."""

INTERLUDES = ("safety.advice", "exercise.change", "exercise.feedback", "exercise.rest")
"""States that wait a while and go on by themselves."""


@dataclass(frozen=True)
class Patience:
    """Waiting times, counted from the end of the last line.

    Chosen for someone on a mat: lying down takes longer than answering; a pause may be long
    enough for the door bell; nobody is asked more than once.
    """

    question_seconds: float = 12.0
    position_seconds: float = 30.0
    after_prompt_seconds: float = 20.0
    paused_seconds: float = 180.0
    advice_seconds: float = 6.0
    feedback_seconds: float = 7.0
    invited_seconds: float = 15.0
    asked_back_seconds: float = 6.0
    """How long a question back may be answered, from its end on."""
    more_seconds: float = 6.0
    """How long a rest lasts at least behind an answer, for somebody who wants to hear more."""

    def seconds(self, state: str, prompted: bool, own_seconds: float) -> float:
        """Return how long to wait in this state.

        ``own_seconds`` is what a rest or a change of sides still lasts: the exercise says so.
        """
        match state:
            case "paused":
                return self.paused_seconds
            case "safety.advice":
                return self.advice_seconds
            case "exercise.feedback":
                return self.feedback_seconds
            case "invited":
                return self.invited_seconds
            case "exercise.change" | "exercise.rest":
                return own_seconds
            case _ if prompted:
                return self.after_prompt_seconds
            case "exercise.position":
                return self.position_seconds
            case _:
                return self.question_seconds
