"""How one breathes through the phases of a repetition. Pure functions on small frozen data.

A phase with a breath of its own is one breath. A hold without one is breathed through as soon as
it takes more than `BREATHED_FROM_SECONDS`, whatever its file says: in and out in turn, in such a
way that the next phase's breath is the one that is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from skill.content.exercise import BREATHED_FROM_SECONDS, Phase
from skill.messages.cues import Direction

CALM_BREATH_SECONDS = 3.0
"""About as long is each breath of those in turn: twenty in a minute, in and out."""


@dataclass(frozen=True)
class InTurn:
    """Breaths in and out in turn, from the ``first`` on.

    They are ``paired`` where the breath that is due behind them is again the first one's.
    """

    first: Direction
    paired: bool


Breathing: TypeAlias = Direction | InTurn | None
"""What one breathes in a phase; None is as one likes."""


def breaths(breathing: Breathing, seconds: float) -> tuple[Direction, ...]:
    """Return the breaths that so long a phase is made of, all of the same length."""
    if not isinstance(breathing, InTurn):
        return (breathing,) if breathing else ()
    if seconds <= BREATHED_FROM_SECONDS:
        return ()
    pairs = seconds / CALM_BREATH_SECONDS / 2
    count = max(1, round(pairs)) * 2 if breathing.paired else round(pairs - 0.5) * 2 + 1
    both = (breathing.first, _other(breathing.first))
    return tuple(both[number % 2] for number in range(count))


def breathings(phases: Sequence[Phase]) -> tuple[Breathing, ...]:
    """Return what one breathes in each of the phases that are made in a row, over and over."""
    own = [phase.breath.direction if phase.breath else None for phase in phases]
    return tuple(
        _in_turn(own[:index], own[index + 1 :])
        if phase.kind == "hold" and own[index] is None
        else own[index]
        for index, phase in enumerate(phases)
    )


def _in_turn(before: list[Direction | None], after: list[Direction | None]) -> InTurn:
    last = next((one for one in (*reversed(before), *reversed(after)) if one), Direction.OUT)
    due = next((one for one in (*after, *before) if one), Direction.IN)
    return InTurn(_other(last), paired=due != last)


def _other(direction: Direction) -> Direction:
    return Direction.OUT if direction is Direction.IN else Direction.IN
