"""A week of replayed trainings, with real ear, coach and voice, and what `history` makes of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rueckgrat.cli.app import app
from rueckgrat.history import history_file, open_history
from rueckgrat.history.weeks import sets_of
from rueckgrat.replay.clock import ReplayClock
from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.reading import read_dialog
from rueckgrat.replay.report import report
from rueckgrat.replay.run import run_script
from skill.messages.notes import Feeling, Outcome, SessionEnded
from skill.observers import Observers
from skill.session import Session
from skill.settings import load_settings
from skill.trainer import open_session

pytestmark = [pytest.mark.long, pytest.mark.timeout(1_200)]

RECORDINGS = Path(__file__).parents[1] / "recordings" / "anna"
MONDAY = date.today() - timedelta(days=date.today().weekday() + 7)  # of the last whole week

OPENING = """
title: Ein Tag der Woche
recordings: {recordings}
setup: {{now: {now}}}
steps:
  - {{when: {{saying: {asked}, after: 1 s}}, user: ja}}
  - {{when: {{state: menu.ask, after: 1.5 s}}, user: {exercise}}}
  - {{when: {{said: menu.count, after: 0.5 s}}, user: {count}}}
  - {{when: {{saying: {introduced}, after: 0.2 s}}, user: weiter}}
  - {{when: {{saying: {exercise}.position, after: 1 s}}, user: weiter}}
{closing}
never: [rejected: any]
end: {{finished: true}}
"""
HISTORY = Path("data") / history_file().name
ENOUGH = "  - {when: {said: Eins, after: 1 s}, user: fertig}\n"
RATED = (
    "  - {{when: {{said: feedback.ask, after: 0.5 s}}, user: {feeling}, expect: [coach: {line}]}}"
)
HURT = """
  - {when: {said: Eins, after: 1 s}, user: aua}
  - {when: {said: pain.ask, after: 0.5 s}, user: beenden}
"""
SILENT = "  - {when: {said: feedback.ask}, expect: [coach: summary.done]}"


def rated(feeling: str, line: str) -> str:
    return RATED.format(feeling=feeling, line=line)


@dataclass(frozen=True)
class Day:
    """One training: what is said in it, and what the coach makes of the days before."""

    exercise: str
    introduced: str
    closing: str
    count: str = "weiter"
    asked: str = "safety.ask"


WEEK = (
    Day("bruecke", "bruecke.introduction", rated("leicht", "feedback.easy"), count="zwei"),
    Day("bruecke", "bruecke.introduction", rated("gut", "feedback.more")),
    Day("bruecke", "bruecke.introduction", ENOUGH + rated("schwer", "feedback.hard")),
    Day("bruecke", "bruecke.short", ENOUGH + SILENT, asked="safety.ask_known"),
    Day("bruecke", "bruecke.short", HURT, asked="safety.ask_known"),
    Day(
        *("roll-up", "roll-up.introduction", ENOUGH + rated("gut", "feedback.good")),
        asked="safety.ask_known",
    ),
    Day(
        *("bruecke", "bruecke.easier", ENOUGH + rated("leicht", "feedback.easy")),
        asked="safety.ask_known",
    ),
)
TRAINED = (
    ("bruecke", (2,), Outcome.COMPLETE, Feeling.EASY),
    ("bruecke", (2,), Outcome.COMPLETE, Feeling.GOOD),
    ("bruecke", (1,), Outcome.ENOUGH, Feeling.HARD),
    ("bruecke", (1,), Outcome.ENOUGH, Feeling.GOOD),
    ("bruecke", (1,), Outcome.PAIN, None),
    ("roll-up", (1,), Outcome.ENOUGH, Feeling.GOOD),
    ("bruecke", (1,), Outcome.ENOUGH, Feeling.EASY),
)


def train(day: Day, at: datetime, home: Path) -> None:
    """Replay one day's dialog into the history file, which is closed behind it."""
    path = home / f"{at.date()}.dialog.yaml"
    path.write_text(
        OPENING.format(**vars(day), recordings=RECORDINGS, now=f"{at:%Y-%m-%d %H:%M}"),
        encoding="utf-8",
    )
    with open_history(home / HISTORY) as history:

        def make(setup: Setup, observers: Observers) -> Session:
            clock = ReplayClock(setup.now)
            session = open_session(
                *(load_settings(), observers),
                seed=setup.seed,
                household=setup,
                history=history,
                clock=clock,
            )
            clock.seconds = lambda: session.now_seconds
            return session

        result = run_script(read_dialog(path), make)
    assert result.passed, f"{at:%A}: {report(result)}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a week has been trained."""
    home = tmp_path_factory.mktemp("home")
    for number, day in enumerate(WEEK):
        train(day, datetime.combine(MONDAY, time(18)) + timedelta(days=number), home)
    return home


def test_every_set_of_the_week_is_kept(home: Path) -> None:
    with open_history(home / HISTORY) as history:
        entries = history.entries("")
    sets = sets_of(entries)
    assert [(one.exercise, one.completed, one.outcome, one.feeling) for one in sets] == [*TRAINED]
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    assert [one.at.date() for one in sets] == days
    assert [e.at.date() for e in entries if isinstance(e.note, SessionEnded)] == days


def test_history_shows_the_week(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(home))
    shown = CliRunner().invoke(app, ["history", "--out", str(home / "out")])
    assert shown.exit_code == 0
    _, week, present, sums = shown.output.splitlines()[:4]
    sessions = days = sets = "7"
    assert week.split() == [f"{MONDAY:%d.%m.%Y}", sessions, days, sets, "█" * 12, "9", *"231"]
    assert set(present.split()[1:]) == {"·"}
    assert sums.endswith("Trainings: 7, Sätze: 7, Wiederholungen: 9.")
    picture = (home / "out" / "verlauf.svg").read_text(encoding="utf-8")
    assert (
        f"Woche ab {MONDAY:%d.%m.%Y}: 9 Wiederholungen, Sätze: 7, Trainings: 7, Tage: 7" in picture
    )
    for felt in ("leicht: 2 von 6", "gut: 3 von 6", "schwer: 1 von 6"):
        assert felt in picture
