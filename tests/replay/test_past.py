"""What was trained before a replay: from its set-up to the notes of a history."""

from datetime import datetime
from pathlib import Path

import pytest

from rueckgrat.replay.clock import ReplayClock
from rueckgrat.replay.dialog import Dialog, Setup
from rueckgrat.replay.past import PastHistory, entries
from skill.errors import ContentError
from skill.messages.notes import (
    AgeTold,
    Feeling,
    HistoryEntry,
    Hurt,
    Level,
    LevelChosen,
    Load,
    Outcome,
    PlanAt,
    Rated,
    SessionBegan,
    SessionEnded,
    SetDone,
    TempoChosen,
)
from skill.written.yaml_model import validate
from skill.written.yaml_source import read_yaml


def _setup(tmp_path: Path, text: str) -> Setup:
    """Return the set-up as a file gives it: all text."""
    path = tmp_path / "some.dialog.yaml"
    step = "steps: [{when: {after: 1 s}}]\n"
    path.write_text(f"title: t\n{step}setup:\n  {text}\n", encoding="utf-8")
    return validate(read_yaml(path), Dialog).setup


NOW = "people: [Anna, Bernd]\n  now: 2026-11-25 18:00\n  past:\n"


def test_the_past_as_it_is_written_becomes_sessions(tmp_path: Path) -> None:
    setup = _setup(
        tmp_path,
        NOW + "    - {day: 0, person: Bernd, plan: [bruecke, roll-up], at: roll-up, time: 17:30}\n"
        "    - {day: -2, person: anna, exercise: bruecke, repetitions: 8, felt: good}\n"
        "    - {day: -2, person: anna, exercise: bein-anheben, repetitions: 5, sides: 2,"
        " hold_steps: 1, level: harder, outcome: pain}\n",
    )
    monday, today = datetime(2026, 11, 23, 17), datetime(2026, 11, 25, 17, 30)
    assert entries(setup.past, setup.now) == [
        HistoryEntry("anna", monday, SessionBegan()),
        HistoryEntry("anna", monday, SetDone("bruecke", (8,), Load(8), Outcome.COMPLETE)),
        HistoryEntry("anna", monday, Rated("bruecke", Feeling.GOOD)),
        HistoryEntry(
            "anna",
            monday,
            SetDone("bein-anheben", (5, 5), Load(5, 1, Level.HARDER), Outcome.PAIN),
        ),
        HistoryEntry("anna", monday, Hurt("bein-anheben")),
        HistoryEntry("anna", monday, SessionEnded()),
        HistoryEntry("bernd", today, SessionBegan()),
        HistoryEntry("bernd", today, PlanAt(("bruecke", "roll-up"), 1)),
        HistoryEntry("bernd", today, SessionEnded()),
    ]


def test_what_was_told_and_chosen(tmp_path: Path) -> None:
    setup = _setup(
        tmp_path,
        "past: [{day: -1, age: older}, {day: -1, tempo: 1.25},"
        " {day: -1, exercise: bruecke, level: easier}]",
    )
    notes = [entry.note for entry in entries(setup.past, setup.now)]
    assert notes[1:-1] == [
        AgeTold("older"),
        TempoChosen(1.25),
        LevelChosen("bruecke", Level.EASIER),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (NOW + "    - {day: 1, person: anna, age: older}", "Erlaubt ist alles bis 0."),
        (NOW + "    - {day: 0, person: anna, age: older, time: 19:00}", "das nach now liegt"),
        (NOW + "    - {day: 0, person: anna, age: older, time: 7}", "keine Uhrzeit: „7“"),
        ("past: [{day: 0, exercise: bruecke}]", "sagt nicht, wie oft. Schreib „repetitions:“"),
        ("past: [{day: 0, exercise: bruecke, age: older}]", "erzählt nicht genau eine Sache"),
        ("past: [{day: 0}]", "Schreib genau eines von exercise, plan, age und tempo."),
        ("past: [{day: 0, plan: [bruecke]}]", "sagt nicht, wo der Plan abgebrochen wurde"),
        ("past: [{day: 0, plan: [bruecke], at: 1}]", "bricht bei „1“ ab, und das steht nicht in"),
        ("now: tomorrow", "kein Tag mit Uhrzeit: „tomorrow“. Schreib 2026-11-25 18:00."),
        ("people: [R2D2]", "enthält „R2D2“, und das ist kein Name"),
        ("invitations: [23:00]", "hat eine Einladung („23:00“) in der Ruhezeit"),
    ],
)
def test_a_wrong_set_up_is_named_with_its_mend(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ContentError) as caught:
        _setup(tmp_path, text)
    assert problem in str(caught.value)
    assert "some.dialog.yaml, Zeile" in caught.value.problem


def test_a_history_in_memory_keeps_people_apart() -> None:
    first, second = (
        HistoryEntry(person, datetime(2026, 1, 5), SessionBegan()) for person in ("", "anna")
    )
    history = PastHistory([first])
    history.add(second)
    assert (history.entries(""), history.entries("anna")) == ([first], [second])
    assert history.entries("bernd") == []


def test_the_clock_of_a_replay_follows_the_session() -> None:
    clock = ReplayClock(datetime(2026, 1, 5, 18))
    assert clock() == datetime(2026, 1, 5, 18)
    clock.seconds = lambda: 90.5
    assert clock() == datetime(2026, 1, 5, 18, 1, 30, 500_000)
