"""The history on the terminal: weeks as a table with bars, and what happens to the files."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from skill.calibration.prompts import slug
from skill.cli.views.transcript import NOTHING_DELETED, agrees, notice
from skill.errors import SkillError
from skill.history import History, files, history_file, open_history
from skill.history.export import export, must_be_exportable, table
from skill.history.picture import FEELING_WORDS, draw_weeks
from skill.history.weeks import CalendarWeek, sets_of, weeks_of
from skill.messages.notes import Entry
from skill.replay.play import check_writable
from skill.written.mistakes import suggest

NOTHING_YET = (
    "Hier steht noch nichts. Nach deinem ersten Training siehst du, was du geschafft hast."
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
    people = {name: weeks_of(all_, date.today()) for name, all_ in _read(console, person).items()}
    people = {name: weeks for name, weeks in people.items() if weeks}
    if not people:
        notice(console, NOTHING_YET)
    for name, weeks in people.items():
        if len(people) > 1:
            console.print(Text(_called(name), style="bold"))
        console.print(_table(weeks[-count:]))
        console.print(_sums(weeks), style="dim", soft_wrap=True)
    if out and people:
        check_writable(out)
        for name, weeks in people.items():
            notice(console, f"Als Bild: {_draw(out, name, weeks[-count:])}")


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


def _read(console: Console, person: str | None) -> Mapping[str, list[Entry]]:
    """Return the entries by person: of the one who is named, or of all there are."""
    with _opened(console) as history:
        names = history.people() if history else []
        wanted = names if person is None else [person.strip().lower()]
        if names and wanted[0] not in names:
            raise SkillError(
                f"There is no history of {person!r}.", suggest(wanted[0], filter(None, names))
            )
        return {name: history.entries(name) for name in wanted} if history else {}


@contextmanager
def _opened(console: Console) -> Iterator[History | None]:
    """Open the history, if there is one: looking at it does not make one."""
    if not files.is_kept(history_file()):
        yield None
        return
    with open_history() as history:
        if history.problem:
            notice(console, history.problem)
        yield history


def _table(weeks: Sequence[CalendarWeek]) -> Table:
    most = max(1, *(week.repetitions for week in weeks))
    shown = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    shown.add_column("Woche ab")
    for title in ("Trainings", "Tage", "Sätze"):
        shown.add_column(title, justify="right")
    shown.add_column("Wiederholungen")
    for word in FEELING_WORDS.values():
        shown.add_column(word, justify="right")
    for week in weeks:
        shown.add_row(
            f"{week.monday:%d.%m.%Y}",
            *(_figure(number) for number in (week.sessions, week.days, week.sets)),
            _bar(week.repetitions, most),
            *(_figure(week.feelings.get(one, 0)) for one in FEELING_WORDS),
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


def _draw(out: Path, name: str, weeks: Sequence[CalendarWeek]) -> Path:
    ending = f"-{slug(name)}" if slug(name) else ""
    path = out / f"{_PICTURE}{ending}.svg"
    try:
        path.write_text(draw_weeks(weeks, _called(name) if name else ""), encoding="utf-8")
    except OSError as error:
        raise SkillError(
            f"{path} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error
    return path


def _called(name: str) -> str:
    return name.title() or NOBODY
