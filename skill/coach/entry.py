"""How a state is entered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A state, from which one it was entered, and by what."""

    state: str
    source: str
    trigger: str
