"""The benchmark of the ear on one's own recordings, as a table."""

import json

from rich.console import Console
from rich.table import Table

from rueckgrat.calibration.measuring import Figures
from rueckgrat.calibration.own_bench import OwnBench, as_dict


def show_bench(console: Console, bench: OwnBench, as_json: bool) -> None:
    """Print the figures as a table, or as JSON, and which recordings were left out."""
    if as_json:
        console.print(json.dumps(as_dict(bench), indent=2, ensure_ascii=False), soft_wrap=True)
        return
    console.print(_table(bench))
    for problem in bench.problems:
        console.print(f"Weggelassen: {problem}", style="yellow", soft_wrap=True)


def _table(bench: OwnBench) -> Table:
    """Return the figures, each with its denominator."""
    table = Table("", *bench.figures, title=f"{bench.model}, eigene Schwellen, alle Befehle gelten")
    for label, cells in _rows(bench):
        table.add_row(label, *cells)
    return table


def _rows(bench: OwnBench) -> list[tuple[str, list[str]]]:
    everyone = list(bench.figures.values())
    rows = [("verstanden", [_of(one.right, len(one.commands)) for one in everyone])]
    for command in everyone[0].by_command():
        rows.append((f"  {command}", [_of(*one.by_command()[command]) for one in everyone]))
    confused = dict.fromkeys(pair for one in everyone for pair in one.confusions())
    for said, heard in confused:
        cells = [str(one.confusions()[said, heard]) for one in everyone]
        rows.append((f"  {said} als {heard}", cells))
    others, seconds = len(everyone[0].others), everyone[0].other_seconds
    fired = [f"{len(one.fired)} in {others} ({seconds:.0f} s)" for one in everyone]
    rows.append(("Fehlalarme", fired))
    for fired_as in dict.fromkeys(heard.command for one in everyone for heard in one.fired):
        cells = [str(sum(one.command == fired_as for one in each.fired)) for each in everyone]
        rows.append((f"  als {fired_as}", cells))
    for label, percentile in (("Median", 50), ("p95", 95)):
        rows.append((f"nach dem Wort, {label}", [_ms(one, percentile) for one in everyone]))
    return rows


def _of(right: int, said: int) -> str:
    return f"{right} von {said}" + (f" ({right / said:.0%})" if said else "")


def _ms(figures: Figures, percentile: float) -> str:
    latency = figures.latency_ms(percentile)
    return "–" if latency is None else f"{latency:.0f} ms ({len(figures.latencies_seconds)})"
