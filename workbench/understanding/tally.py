"""Counts what came of the utterances: right ones by kind, delay, questions back, false commands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rueckgrat.calibration.peers import EAR, PLAIN
from rueckgrat.understanding.table import UtteranceKind
from workbench.ears.conditions import CLEAN
from workbench.understanding.clips import TEXT
from workbench.understanding.trying import DIGITS, SOUNDS, Found, Tried

GOALS: dict[tuple[str, UtteranceKind], float] = {
    **{(TEXT, kind): 97.0 for kind in UtteranceKind},
    (CLEAN, UtteranceKind.SAFETY): 98.0,
    ("noise 20 dB", UtteranceKind.SAFETY): 95.0,
    (CLEAN, UtteranceKind.COMMANDS): 90.0,
    ("noise 20 dB", UtteranceKind.COMMANDS): 85.0,
    (CLEAN, UtteranceKind.TALK): 97.0,
    ("noise 20 dB", UtteranceKind.TALK): 97.0,
}
"""Percent that must be right, by condition and kind."""

SOUNDS_GOAL_PER_MINUTE = 0.5
"""Numbers decided where nobody speaks, at most."""


@dataclass(frozen=True)
class Share:
    """So many of so many; ``goal`` in percent, None where there is none."""

    right: int
    total: int
    goal: float | None = None

    @property
    def percent(self) -> float:
        """The share in percent; nothing of nothing is 0."""
        return 100 * self.right / self.total if self.total else 0.0

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is nothing to judge."""
        return None if self.goal is None or not self.total else self.percent >= self.goal


@dataclass(frozen=True)
class Figures:
    """What one listener made of one source in one condition."""

    source: str
    condition: str
    listener: str
    shares: dict[UtteranceKind, Share]
    delays_seconds: tuple[float, ...]
    asked_back: int
    false_commands: int
    tried: int

    def delay_ms(self, percent: float) -> float | None:
        """Return a percentile of the delays of right answers, in milliseconds."""
        if not self.delays_seconds:
            return None
        return float(np.percentile(self.delays_seconds, percent)) * 1000

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        shares: dict[str, Any] = {
            str(kind): {"right": one.right, "of": one.total, "goal": one.goal, "met": one.met}
            for kind, one in self.shares.items()
        }
        return {
            "source": self.source,
            "condition": self.condition,
            "listener": self.listener,
            **shares,
            "delay_median_ms": self.delay_ms(50),
            "delay_p95_ms": self.delay_ms(95),
            "asked_back": self.asked_back,
            "false_commands": self.false_commands,
            "tried": self.tried,
        }


@dataclass(frozen=True)
class Noise:
    """What was decided while a sound was to be heard and nobody spoke."""

    sound: str
    listener: str
    decided: int
    minutes: float

    @property
    def per_minute(self) -> float:
        """Commands decided in a minute."""
        return self.decided / self.minutes

    @property
    def met(self) -> bool:
        """Whether there are few enough."""
        return self.per_minute <= SOUNDS_GOAL_PER_MINUTE


def figures(found: Iterable[Found]) -> list[Figures]:
    """Return the figures of each source, condition and listener, in the order they came in."""
    tried: dict[tuple[str, str, str], list[Tried]] = {}
    for one in found:
        if one.source != SOUNDS:
            tried.setdefault((one.source, one.condition, one.listener), []).extend(one.tried)
    return [_figures(*key, of) for key, of in tried.items()]


def noises(found: Iterable[Found]) -> list[Noise]:
    """Return what was decided in sounds without speech."""
    return [
        Noise(one.row.utterance, piece.listener, len(one.fired), one.sound_seconds / 60)
        for piece in found
        if piece.source == SOUNDS
        for one in piece.tried
    ]


def misses(found: Iterable[Found]) -> list[tuple[Found, Tried]]:
    """Return every utterance that the ear got wrong."""
    return [
        (piece, one)
        for piece in found
        if piece.listener == EAR
        for one in piece.tried
        if not one.right
    ]


def _figures(
    source: str,
    condition: str,
    listener: str,
    tried: Sequence[Tried],
) -> Figures:
    judged = listener != PLAIN and source != DIGITS
    shares = {}
    for kind in UtteranceKind:
        of_kind = [one for one in tried if one.row.kind == kind]
        goal = GOALS.get((condition, kind)) if judged else None
        shares[kind] = Share(sum(one.right for one in of_kind), len(of_kind), goal)
    return Figures(
        source,
        condition,
        listener,
        shares,
        tuple(one.delay_seconds for one in tried if one.right and one.delay_seconds is not None),
        sum(bool(one.maybe) for one in tried),
        sum(one.false_commands for one in tried),
        len(tried),
    )
