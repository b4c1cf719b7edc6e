"""The counts as tables for the terminal."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.table import Table

from rueckgrat.understanding.table import UtteranceKind
from workbench.understanding.tally import SOUNDS_GOAL_PER_MINUTE, Figures, Noise, Share
from workbench.understanding.trying import Found, Tried

_COLUMNS = ("delay median / p95", "asked back", "false commands")


def as_table(title: str, rows: Iterable[Figures], noises: Iterable[Noise]) -> Table:
    """Return one table: a line for each condition and listener, then the sounds without speech."""
    table = Table(title=title, title_justify="left")
    for name in ("", "listener", *UtteranceKind, *_COLUMNS):
        table.add_column(name, overflow="fold")
    for source, of_source in groupby(rows, key=lambda row: row.source):
        table.add_section()
        table.add_row(f"[bold]{source}[/bold]")
        for row in of_source:
            table.add_row(f"  {row.condition}", row.listener, *_cells(row))
    sounds = list(noises)
    if sounds:
        table.add_section()
        table.add_row("[bold]sounds without speech, asked for a number[/bold]")
    for one in sounds:
        table.add_row(f"  {one.sound}", one.listener, "", "", "", "", "", _rate(one))
    return table


def as_lines(misses: Iterable[tuple[Found, Tried]]) -> Iterator[str]:
    """Yield a line for each miss: where, what was meant, what was said, what came of it."""
    for piece, one in misses:
        meant = "|".join(one.row.commands)
        heard = "; ".join(one.heard) or "nothing heard"
        back = f" (asked back: {', '.join(one.maybe)})" if one.maybe else ""
        yield (
            f'{piece.condition}, {one.voice or "-"}, {one.row.state}: "{one.row.utterance}" means'
            f" {meant}, fired {', '.join(one.fired) or 'nothing'}{back} <- {heard}"
        )


def _cells(row: Figures) -> Iterator[str]:
    for kind in UtteranceKind:
        yield _share(row.shares[kind])
    median, p95 = row.delay_ms(50), row.delay_ms(95)
    yield "" if median is None or p95 is None else f"{median:.0f} / {p95:.0f} ms"
    yield f"{row.asked_back} of {row.tried}"
    yield f"{row.false_commands} in {row.tried}"


def _share(share: Share) -> str:
    if not share.total:
        return ""
    text = f"{share.right} of {share.total}, {share.percent:.1f} %"
    if share.goal is None:
        return text
    return f"{text} (≥ {share.goal:g}{'' if share.met else ' MISSED'})"


def _rate(one: Noise) -> str:
    text = f"{one.per_minute:.2f} a minute ({one.decided} in {one.minutes:.1f} min)"
    if one.listener != "ear":
        return text
    return f"{text} (≤ {SOUNDS_GOAL_PER_MINUTE:g}{'' if one.met else ' MISSED'})"
