"""The figures as one table for the terminal, and as JSON."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table

from rueckgrat.calibration.peers import EAR, PLAIN
from workbench.ears.contenders import in_order
from workbench.ears.figures import Figure

_HEADS = {PLAIN: "plain loop"}


def as_table(title: str, figures: Iterable[Figure]) -> Table:
    """Return the rows in their groups: the judged ear, the goal, and everybody else."""
    shown = list(figures)
    others = in_order(name for row in shown for name in row.values if name != EAR)
    table = Table(title=title, title_justify="left")
    for name in ("figure", EAR, "goal", "", *(_HEADS.get(one, one) for one in others)):
        table.add_column(_plain(name), overflow="fold")
    for group, rows in groupby(shown, key=lambda one: one.group):
        table.add_section()
        table.add_row(f"[bold]{_plain(group)}[/bold]")
        for row in rows:
            table.add_row(*map(_plain, _cells(row, others)))
    return table


def as_dict(model: str, figures: Sequence[Figure], details: dict[str, Any]) -> dict[str, Any]:
    """Return everything measured with one model, for JSON."""
    return {"model": model, "figures": [one.as_dict() for one in figures], **details}


def _cells(row: Figure, others: Sequence[str]) -> list[str]:
    goal = "" if row.goal is None else f"{row.sense} {row.goal:g}"
    verdict = {None: "", True: "met", False: "MISSED"}[row.met]
    ear, *rest = (str(row.values.get(name, "")) for name in (EAR, *others))
    return [f"  {row.name}", ear, goal, verdict, *rest]


def _plain(text: str) -> str:
    """Return a text in which square brackets are no markup."""
    return text.replace("[", "\\[")
