"""What every view looks like on a narrow terminal and in a pipe."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

import rueckgrat.cli
from rueckgrat.calibration.measuring import Figures, RecordingOutcome
from rueckgrat.calibration.own_bench import OwnBench
from rueckgrat.calibration.peers import LISTENERS
from rueckgrat.calibration.recordings import Recording
from rueckgrat.cli.lines import ask, print_line
from rueckgrat.cli.views.calibration import CalibrationScreen
from rueckgrat.cli.views.doctor import DoctorView
from rueckgrat.cli.views.exercises import show_checked, show_exercises, show_unheard
from rueckgrat.cli.views.history import show_weeks
from rueckgrat.cli.views.models import show_models
from rueckgrat.cli.views.notices import notice, results
from rueckgrat.cli.views.own_bench import show_bench
from rueckgrat.cli.views.transcript import Transcript, heard_line
from rueckgrat.cli.views.understanding import show_sentence
from rueckgrat.cli.views.understood import show_rejected
from rueckgrat.cli.views.voices import show_voices
from rueckgrat.doctor.echo import check_echo
from rueckgrat.doctor.finding import failure, ok
from rueckgrat.exercises.check import Checked
from rueckgrat.exercises.unheard import Unheard
from rueckgrat.history import history_file, open_history
from rueckgrat.history.files import delete
from rueckgrat.observers.not_understood import not_understood_file
from skill.content.loader import load_content
from skill.errors import ContentError
from skill.messages.blocks import silence
from skill.messages.events import CommandHeard, Problem, Said
from skill.messages.heard import Command, Decision, Heard
from skill.messages.notes import Feeling, HistoryEntry, Load, Outcome, Rated, SessionBegan, SetDone
from skill.settings import Settings
from skill.voice.choice import VoiceChoice
from tests.cli.walk import broken_words, screen

LONG = (
    "Aus der Rückenlage hebst du das Becken an, schön der Reihe nach, Wirbel für Wirbel, und ohne"
    " Hast, bis Schultern, Hüfte und Knie eine Linie bilden."
)


def _doctor(console: Console) -> None:
    view = DoctorView(console)
    view.show(ok("storage_data", f"{LONG} 1.234 MB sind frei."))
    view.show(failure("microphone", LONG, "Steck ein Mikrofon ein, und starte das Gerät neu."))
    view.show(check_echo(None, canceller=True))
    view.conclude([], with_sound=False)


def _transcript(console: Console) -> None:
    view = Transcript(console)
    view.show(Said(6.2, 9.0, LONG, "bruecke.explanation"))
    view.show(CommandHeard(9.5, 9.9, 10.0, "weiter", Command("next")))
    view.show(Problem(11.0, LONG))


def _listening(console: Console) -> None:
    heard = Heard(None, "kannst du vielleicht mal kurz", 0.9, 1.0, 1.5, 2.0, Decision.FINAL, LONG)
    print_line(console, heard_line(heard), hang=15)


def _history(console: Console) -> None:
    delete(history_file())
    with open_history() as history:
        for weeks_ago in (3, 1, 0):
            at = datetime.now() - timedelta(weeks=weeks_ago)
            done = SetDone("bridge", (123,), Load(12), Outcome.COMPLETE)
            for note in (SessionBegan(), done, Rated("bridge", Feeling.GOOD)):
                history.add(HistoryEntry("", at, note))
    show_weeks(console, None, 12, None)


def _bench(console: Console) -> None:
    said = Recording("bruecke_1.wav", "brücke", Command("next"), silence(1))
    figures = Figures((RecordingOutcome(said, (), right=False, latency_seconds=0.5),) * 12)
    problem = f"manifest.tsv, Zeile 5: {LONG}"
    show_bench(console, OwnBench("model", dict.fromkeys(LISTENERS, figures), (problem,)), False)


def _understood(console: Console) -> None:
    path = not_understood_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"2026-01-05T18:30:00\tpaused\tunclear\t{LONG.lower()}\n", encoding="utf-8")
    show_rejected(Settings(), console)


VIEWS: dict[str, Callable[[Console], None]] = {
    "exercises": lambda console: show_exercises(console, load_content()),
    "checked": lambda console: show_checked(
        console, Checked((), (ContentError(LONG),), load_content())
    ),
    "unheard": lambda console: show_unheard(
        console, "thorsten", VoiceChoice("gmw/de"), Unheard((LONG,), tuple(LONG.split()))
    ),
    "doctor": _doctor,
    "transcript": _transcript,
    "listening": _listening,
    "history": _history,
    "bench": _bench,
    "models": lambda console: show_models(console, "gibt-es-nicht"),
    "notice": lambda console: notice(console, f"{LONG} {results(Path('out'))}"),
    "calibration": lambda console: CalibrationScreen(console, True).show_report(LONG, Path("out")),
    "sentence": lambda console: show_sentence(
        "kannst du mal kurz warten", "paused", load_content(), console
    ),
    "understood": _understood,
    "voices": lambda console: show_voices(console, Settings(voice="gibt-es-nicht")),
}


def _shown(view: str, columns: int, is_terminal: bool) -> str:
    console, shown = screen(columns, is_terminal)
    VIEWS[view](console)
    return shown.getvalue()


@pytest.mark.parametrize("view", VIEWS)
def test_no_word_is_broken_and_no_line_is_too_long(view: str) -> None:
    piped = _shown(view, 80, is_terminal=False)
    for columns in (60, 80):
        wrapped = _shown(view, columns, is_terminal=True)
        known = piped + _shown(view, 400, is_terminal=True)
        if view not in {"history", "bench"}:
            assert broken_words(wrapped, known) == []
        for line in wrapped.splitlines():
            assert len(line) <= columns or len(line.split()) == 1, line


@pytest.mark.parametrize("view", VIEWS)
def test_in_a_pipe_no_width_counts(view: str) -> None:
    narrow = _shown(view, 40, is_terminal=False)
    assert narrow == _shown(view, 200, is_terminal=False)
    assert "\x1b" not in narrow


@pytest.mark.parametrize("view", ["history", "bench"])
@pytest.mark.parametrize("columns", [60, 80])
def test_a_table_stays_a_table(view: str, columns: int) -> None:
    """Of the same rows, each on a line of its own."""
    table, whole = (_shown(view, width, is_terminal=True) for width in (columns, 400))
    rows, all_rows = (
        [line.split()[0] for line in one.splitlines() if line.startswith(("  ", "Woche", "nach"))]
        for one in (table, whole)
    )
    assert rows == all_rows
    dates = [line for line in table.splitlines() if line[:2].isdigit() and line[2] == "."]
    assert len(dates) == (4 if view == "history" else 0)


def test_what_follows_stands_under_where_it_began() -> None:
    first, second, *_ = _shown("transcript", 60, is_terminal=True).splitlines()
    assert first.startswith("00:06.2  Coach  Aus")
    assert second.startswith(" " * 16 + second.strip()[0])
    assert "offen    Echo" in _shown("doctor", 60, is_terminal=True)


def test_a_long_question_breaks_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    console, shown = screen(60)
    monkeypatch.setattr("typer.prompt", lambda text, **_: f"<{text}>")
    last = ask(console, f"Wozu? {LONG}", "hund")
    assert broken_words(shown.getvalue() + last.strip("<>"), f"Wozu? {LONG} [hund]") == []
    assert last.endswith("[hund]>")
    assert max(map(len, [*shown.getvalue().splitlines(), last])) <= 60


def test_all_that_is_printed_goes_through_one_place() -> None:
    """Else it would break within words, or be cut in a pipe."""
    package = Path(rueckgrat.cli.__file__).parent
    printing = {
        path.name
        for path in package.rglob("*.py")
        if re.search(r"console\.print\(|soft_wrap", path.read_text(encoding="utf-8"))
    }
    assert printing == {"lines.py", "help.py"}
