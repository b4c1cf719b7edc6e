"""The benchmark's figures as rows: what was measured, beside what, against which goal."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One figure. ``goal`` is the most it may be, in the same unit; ``peer`` the plain Vosk loop's.

    ``of`` says over what it was measured, so that no figure stands without its denominator.
    """

    name: str
    value: float
    unit: str
    goal: float
    of: str
    peer: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the plain loop's figure is larger."""
        return None if self.peer is None or not self.value else self.peer / self.value

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.value <= self.goal


def latency_rows(
    name: str,
    ours: Sequence[float | None],
    goals: dict[str, float],
    peers: Sequence[float | None] | None = None,
) -> Iterable[Row]:
    """Yield median and p95 in milliseconds over the reactions that came; the others are counted."""
    of = _answered(ours)
    if peers is not None:
        of += f" (plain loop {_answered(peers)})"
    for label, percentile in (("median", 50), ("p95", 95)):
        if label in goals:
            peer = None if peers is None else _milliseconds(peers, percentile)
            value = _milliseconds(ours, percentile)
            yield Row(f"{name}, {label}", value, "ms", goals[label], of, peer)


def _answered(seconds: Sequence[float | None]) -> str:
    return f"{sum(one is not None for one in seconds)} of {len(seconds)} answered"


def _milliseconds(seconds: Sequence[float | None], percentile: float) -> float:
    answered = [one for one in seconds if one is not None]
    return float(np.percentile(answered, percentile)) * 1000 if answered else float("inf")


def as_table(rows: Iterable[Row]) -> Table:
    """Return the rows as a table for the terminal."""
    table = Table("figure", "measured", "goal", "", "plain Vosk", "ratio", "over")
    for row in rows:
        table.add_row(
            row.name,
            f"{row.value:.3g} {row.unit}",
            f"≤ {row.goal:g}",
            "met" if row.met else "MISSED",
            "" if row.peer is None else f"{row.peer:.3g}",
            "" if row.ratio is None else f"{row.ratio:.1f} x",
            row.of,
        )
    return table


def as_dicts(rows: Iterable[Row]) -> list[dict[str, object]]:
    """Return the rows for JSON."""
    return [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]
