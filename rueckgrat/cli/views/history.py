"""The history on the terminal: weeks as a table with bars, and what happens to the files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rueckgrat.cli.lines import is_narrow, print_line, print_table
from rueckgrat.cli.views.notices import NOTHING_DELETED, agrees, notice
from rueckgrat.export import export, must_be_exportable, table
from rueckgrat.history import entries_by_person, files, history_file
from rueckgrat.history.weeks import CalendarWeek, misdated, sets_of, weeks_of
from rueckgrat.pictures.weeks import FEELING_WORDS, PAIN_WORD, write_picture
from skill.files import check_writable, slug
from skill.messages.notes import HistoryEntry

NOTHING_YET = (
    "Hier steht noch nichts. Nach deinem ersten Training siehst du, was du geschafft hast."
)
MISDATED = (
    "Einträge mit einem Datum, das nicht stimmen kann: {count}. Da ging die Uhr falsch; in den"
    " Wochen fehlen sie, beim Sichern sind sie dabei."
)
FORGET = "Den ganzen Verlauf von allen löschen?"
FORGOTTEN = "Alles gelöscht."
NOBODY = "ohne Namen"

_BAR_WIDTH = 12
_PICTURE = "verlauf"


def show_weeks(console: Console, person: str | None, count: int, out: Path | None) -> None:
    """Print the last ``count`` weeks of a person, or of everybody; draw them into ``out``.

    SkillError for a person without entries, and a folder that can't be written.
    """
    read, today = _read(console, person), date.today()
    people = {name: weeks_of(entries, today) for name, entries in read.items()}
    people = {name: weeks for name, weeks in people.items() if weeks}
    if wrong := sum(misdated(entries, today) for entries in read.values()):
        notice(console, MISDATED.format(count=wrong))
    elif not people:
        notice(console, NOTHING_YET)
    for name, weeks in people.items():
        if len(people) > 1:
            print_line(console, _called(name), "bold")
        print_table(console, _table(weeks[-count:], not is_narrow(console)))
        print_line(console, _sums(weeks), "dim")
    if out and people:
        check_writable(out)
        for name, weeks in people.items():
            ending = f"-{slug(name)}" if slug(name) else ""
            path = out / f"{_PICTURE}{ending}.svg"
            write_picture(path, weeks[-count:], _called(name) if name else "")
            notice(console, f"Als Bild: {path}")


def export_history(console: Console, file: Path, person: str | None, overwrite: bool) -> None:
    """Write all sets of a person, or of everybody, to a file; SkillError if that's impossible."""
    must_be_exportable(file, overwrite)
    rows = table({name: sets_of(entries) for name, entries in _read(console, person).items()})
    if not rows:
        notice(console, NOTHING_YET)
        return
    export(file, rows, overwrite)
    notice(console, f"Alle Sätze ({len(rows)}) stehen in {file}.")


def forget_history(console: Console, yes: bool) -> bool:
    """Delete everything, after a question; return whether it was wanted."""
    path = history_file()
    if not files.is_kept(path):
        notice(console, NOTHING_YET)
        return True
    if not (yes or agrees(console, FORGET)):
        notice(console, NOTHING_DELETED)
        return False
    files.delete(path)
    notice(console, FORGOTTEN)
    return True


def _read(console: Console, person: str | None) -> dict[str, list[HistoryEntry]]:
    return entries_by_person(person, lambda problem: notice(console, problem))


def _table(weeks: Sequence[CalendarWeek], wide: bool) -> Table:
    most = max(1, *(week.repetitions for week in weeks))
    shown = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), header_style="bold")
    shown.add_column("Woche ab")
    for title in ("Trainings", "Tage", "Sätze"):
        shown.add_column(title, justify="right")
    shown.add_column("Wiederholungen" if wide else "Wdh.")
    for word in FEELING_WORDS.values():
        shown.add_column(word, justify="right")
    has_pains = any(week.pains for week in weeks)
    if has_pains:
        shown.add_column(PAIN_WORD, justify="right", style="red")
    for week in weeks:
        shown.add_row(
            f"{week.monday:{'%d.%m.%Y' if wide else '%d.%m.%y'}}",
            *(_figure(number) for number in (week.sessions, week.days, week.sets)),
            _bar(week.repetitions, most) if wide else _figure(week.repetitions),
            *(_figure(week.feelings.get(one, 0)) for one in FEELING_WORDS),
            *((_figure(week.pains),) if has_pains else ()),
        )
    return shown


def _bar(repetitions: int, most: int) -> Text:
    filled = max(round(_BAR_WIDTH * repetitions / most), 1 if repetitions else 0)
    return Text.assemble(("█" * filled, "green"), " " * bool(filled), _figure(repetitions))


def _figure(number: int) -> str:
    return str(number) if number else "·"


def _sums(weeks: Sequence[CalendarWeek]) -> str:
    sessions, sets, repetitions = (
        sum(getattr(week, name) for week in weeks) for name in ("sessions", "sets", "repetitions")
    )
    return (
        f"Seit der Woche vom {weeks[0].monday:%d.%m.%Y}: Trainings: {sessions}, Sätze: {sets},"
        f" Wiederholungen: {repetitions}."
    )


def _called(name: str) -> str:
    return name.title() or NOBODY
