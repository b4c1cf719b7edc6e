"""What the figures of a simulation say: rows with what they may be, and whether that was kept."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from rich.table import Table

from skill.messages.blocks import BLOCK_SECONDS
from workbench.soak.figures import Figures
from workbench.soak.resources import WARM_UP_HOURS, rise, slope_mib_per_hour, warm

MOST_MIB_PER_HOUR = 1.0
LEAST_UNDERSTOOD = 0.9
LEAST_SAFETY = 0.9
"""Said once, in a quiet room; synthetic people. What isn't obeyed at all is a trouble at once."""

_ENOUGH = 20
"""A share of fewer is no figure to judge by."""


@dataclass(frozen=True)
class Row:
    """One figure; ``kept`` is None where nothing is asked of it."""

    name: str
    value: str
    wanted: str = ""
    kept: bool | None = None


def rows(figures: Figures) -> list[Row]:
    """Return all figures, those that are judged first."""
    return [
        _trouble_row(figures),
        *_resource_rows(figures),
        *_understanding_rows(figures),
        *_speed_rows(figures),
        *_count_rows(figures),
    ]


def is_good(figures: Figures) -> bool:
    """Return whether every promise was kept."""
    return all(row.kept is not False for row in rows(figures))


def as_table(figures: Figures) -> Table:
    """Return the rows for the terminal."""
    title = f"{figures.hours_done:.2f} hours of life, seed {figures.seed}"
    table = Table("figure", "measured", "wanted", "", title=title)
    marks = {True: "kept", False: "BROKEN", None: ""}
    for row in rows(figures):
        table.add_row(row.name, row.value, row.wanted, marks[row.kept])
    return table


def as_dict(figures: Figures) -> dict[str, object]:
    """Return everything for JSON."""
    return {
        "good": is_good(figures),
        "rows": [asdict(row) for row in rows(figures)],
        **figures.as_dict(),
    }


def _trouble_row(figures: Figures) -> Row:
    count = figures.counts["troubles"]
    return Row("broken promises", f"{count}", "0", count == 0)


def _resource_rows(figures: Figures) -> Iterator[Row]:
    kept = warm(figures.samples)
    slope = slope_mib_per_hour(kept)
    if slope is None:
        yield Row("memory growth", f"not judged before {WARM_UP_HOURS + 1:.0f} hours")
    else:
        wanted = f"< {MOST_MIB_PER_HOUR:g} MiB an hour"
        yield Row("memory growth", f"{slope:+.2f} MiB an hour", wanted, slope < MOST_MIB_PER_HOUR)
    if figures.samples:
        peak = max(one.rss_mib for one in figures.samples)
        yield Row("most memory", f"{peak:.0f} MiB")
    if len(kept) < 3:
        kept = figures.samples
    for name, counts in (
        ("open files", [one.open_files for one in kept]),
        ("threads", [one.threads for one in kept]),
    ):
        if counts:
            grown = rise(counts)
            value = f"{min(counts)} to {max(counts)}, risen by {grown:g}"
            yield Row(name, value, "no rise", grown <= 0)


def _understanding_rows(figures: Figures) -> Iterator[Row]:
    for kind, least in (("command", LEAST_UNDERSTOOD), ("safety", LEAST_SAFETY)):
        for place in ("in quiet", "over the coach", "in noise"):
            said = figures.counts[f"said: {kind} {place}"]
            if said:
                understood = figures.counts[f"understood: {kind} {place}"]
                judged = place == "in quiet" and said >= _ENOUGH
                yield Row(
                    f"{kind} {place}, understood the first time",
                    f"{understood} of {said} ({understood / said:.0%})",
                    f"≥ {least:.0%}" if judged else "",
                    understood >= least * said if judged else None,
                )


def _speed_rows(figures: Figures) -> Iterator[Row]:
    for kind in ("standby", "awake"):
        blocks, seconds = figures.counts[f"blocks {kind}"], figures.seconds.get(kind, 0.0)
        if seconds:
            hours = blocks * BLOCK_SECONDS / 3600
            yield Row(
                f"speed {kind}",
                f"{blocks / seconds:.0f} blocks a processor second, {hours:.1f} hours",
            )
    if figures.wall_seconds:
        for name, seconds in (
            ("time taken", figures.wall_seconds),
            ("processor time", figures.cpu_seconds),
        ):
            factor = figures.hours_done * 3600 / seconds
            yield Row(name, f"{seconds / 60:.1f} minutes, {factor:.0f} times faster than life")


def _count_rows(figures: Figures) -> Iterator[Row]:
    for name, count in sorted(figures.counts.items()):
        if name.startswith(("happened", "events", "visits", "woken")):
            yield Row(name, f"{count}")
    yield Row("entries in the history", f"{sum(count for count, _ in figures.ledger.values())}")
