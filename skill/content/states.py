"""The names that dialogs and coach share: where a session can be, and what can be wanted there."""

from skill.written.mistakes import RuleError, suggest

EVERYWHERE = "everywhere"
AWAKE = "awake"
"""Everywhere but in standby, where nothing but safety commands and ``wake`` should count."""

STATES = (
    "standby",
    "invited",
    "hello.intro",
    "hello.hear",
    "hello.volume",
    "hello.word",
    "hello.done",
    "welcome",
    "who",
    "safety.ask",
    "safety.red_flags",
    "safety.advice",
    "menu.ask",
    "menu.count",
    "menu.age",
    "menu.material",
    "menu.resume",
    "exercise.introduce",
    "exercise.position",
    "exercise.repeat",
    "exercise.change",
    "exercise.feedback",
    "exercise.rest",
    "paused",
    "pain.leave",
    "pain.ask",
    "pain.sign",
    "summary",
    "goodbye",
    "finished",
)
"""States of the coach; the part before the dot is the parent."""

COMMANDS = (
    *("next", "repeat", "back", "pause", "resume", "stop", "quit", "skip", "done"),
    *("slower", "faster", "louder", "quieter", "help", "how_many", "which_exercise"),
    *("status", "version"),
    *("yes", "no", "number", "exercise", "all", "another", "pain", "red_flags", "wake"),
    *("programme", "question", "more", "explain", "variant", "feeling", "week"),
    *("age", "person", "guest", "hear_you"),
)
"""What the coach answers to; ``commands.yaml`` has a row for each."""


def covers(place: str, state: str) -> bool:
    """Return whether a place of a ``where`` list covers a state: itself, its parent, or more."""
    if place == AWAKE:
        return state != "standby"
    return place in (EVERYWHERE, state) or state.startswith(f"{place}.")


def check_state(place: str) -> str:
    """Accept a place of a ``where`` list; raise ``RuleError`` for any other."""
    if any(covers(place, state) for state in STATES):
        return place
    known = {EVERYWHERE, AWAKE, *STATES, *(state.split(".")[0] for state in STATES)}
    raise RuleError(f"nennt einen Zustand, den es nicht gibt: „{place}“", suggest(place, known))
