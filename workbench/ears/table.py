"""The figures as one table for the terminal, and as JSON."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table

from rueckgrat.calibration.peers import CAUTIOUS, EAR, PLAIN
from workbench.ears.figures import Figure


def as_table(title: str, figures: Iterable[Figure]) -> Table:
    """Return the rows in their groups: ear, goal, and both peers."""
    table = Table(title=title, title_justify="left")
    for name in ("figure", "ear", "goal", "", "plain loop", CAUTIOUS):
        table.add_column(_plain(name), overflow="fold")
    for group, rows in groupby(figures, key=lambda one: one.group):
        table.add_section()
        table.add_row(f"[bold]{_plain(group)}[/bold]")
        for row in rows:
            table.add_row(*map(_plain, _cells(row)))
    return table


def as_dict(model: str, figures: Sequence[Figure], details: dict[str, Any]) -> dict[str, Any]:
    """Return everything measured with one model, for JSON."""
    return {"model": model, "figures": [one.as_dict() for one in figures], **details}


def _cells(row: Figure) -> list[str]:
    goal = "" if row.goal is None else f"{row.sense} {row.goal:g}"
    verdict = {None: "", True: "met", False: "MISSED"}[row.met]
    ear, plain, cautious = (
        str(row.values[name]) if name in row.values else "" for name in (EAR, PLAIN, CAUTIOUS)
    )
    return [f"  {row.name}", ear, goal, verdict, plain, cautious]


def _plain(text: str) -> str:
    """Return a text in which square brackets are no markup."""
    return text.replace("[", "\\[")
