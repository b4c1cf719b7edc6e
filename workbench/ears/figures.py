"""One figure with its goal, its denominator, and the peers' figures beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

AT_LEAST: Final = "≥"
AT_MOST: Final = "≤"


@dataclass(frozen=True)
class Value:
    """A number in a unit, and what it was counted over: no figure without its denominator."""

    number: float
    unit: str
    of: str

    def __str__(self) -> str:
        whole = self.unit in ("ms", "MiB") or abs(self.number) >= 100
        number = f"{self.number:.0f}" if whole else f"{self.number:.3g}"
        return f"{number} {self.unit} ({self.of})"


@dataclass(frozen=True)
class Figure:
    """A row of the table. ``values`` are by listener; the ear's own is the one that is judged."""

    group: str
    name: str
    values: Mapping[str, Value]
    goal: float | None = None
    sense: str = AT_LEAST
    listener: str = "ear"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal or a value."""
        value = self.values.get(self.listener)
        if self.goal is None or value is None:
            return None
        return value.number >= self.goal if self.sense == AT_LEAST else value.number <= self.goal

    def as_dict(self) -> dict[str, Any]:
        """Return the row for JSON."""
        values = {
            name: {"value": one.number, "unit": one.unit, "of": one.of}
            for name, one in self.values.items()
        }
        goal = None if self.goal is None else f"{self.sense} {self.goal:g}"
        return {
            "group": self.group,
            "figure": self.name,
            "goal": goal,
            "met": self.met,
            "values": values,
        }


def share(count: int, total: int) -> Value | None:
    """Return a share in percent; None of nothing."""
    return Value(100 * count / total, "%", f"{count}/{total}") if total else None


def per_hour(count: int, seconds: float) -> Value | None:
    """Return a rate; None over no time at all."""
    if not seconds:
        return None
    length = f"{seconds / 3600:.2f} h" if seconds >= 3600 else f"{seconds / 60:.1f} min"
    return Value(count / seconds * 3600, "/h", f"{count} in {length}")


def percentile(seconds: Sequence[float], percent: float, of: str) -> Value | None:
    """Return a percentile in milliseconds; ``of`` says of how many clips the decisions came."""
    if not seconds:
        return None
    return Value(float(np.percentile(seconds, percent)) * 1000, "ms", of)


def present(values: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return the values that there are."""
    return {name: value for name, value in values.items() if value is not None}
