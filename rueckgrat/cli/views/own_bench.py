"""The benchmark of the ear on one's own recordings, as a table."""

import json

from rich.console import Console
from rich.table import Table

from rueckgrat.calibration.measuring import Figures
from rueckgrat.calibration.own_bench import OwnBench, as_dict
from rueckgrat.calibration.peers import CAUTIOUS, EAR, PLAIN
from rueckgrat.cli.lines import is_narrow, print_for_machines, print_line, print_table

_NAMES = {EAR: "Rückgrat", PLAIN: "Vosk allein", CAUTIOUS: "Vosk, streng"}


def show_bench(console: Console, bench: OwnBench, as_json: bool) -> None:
    """Print the figures as a table, or as JSON, and which recordings were left out."""
    if as_json:
        print_for_machines(console, json.dumps(as_dict(bench), indent=2, ensure_ascii=False))
        return
    print_table(console, _table(bench, not is_narrow(console)))
    for problem in bench.problems:
        print_line(console, f"Weggelassen: {problem}", "yellow")


def _table(bench: OwnBench, wide: bool) -> Table:
    """Return the figures, each with its denominator; ``wide`` with what stands in brackets, too."""
    title = f"{bench.model}, eigene Schwellen, alle Befehle gelten"
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", title=title)
    table.add_column("")
    for name in bench.figures:
        table.add_column(_NAMES.get(name, name))
    for label, cells in _rows(bench):
        table.add_row(label, *(cells if wide else (cell.split(" (")[0] for cell in cells)))
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
