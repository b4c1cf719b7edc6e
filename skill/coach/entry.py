"""How a state is entered."""

from dataclasses import dataclass

from skill.coach.prompts import Words


@dataclass(frozen=True)
class Entry:
    """A state, from which one it was entered, by what, and what had not been said there yet."""

    state: str
    source: str
    trigger: str
    unsaid: tuple[Words, ...] = ()
