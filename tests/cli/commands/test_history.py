import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from rueckgrat.cli.views.history import FORGOTTEN, MISDATED, NOTHING_YET
from rueckgrat.cli.views.notices import NOTHING_DELETED
from rueckgrat.history import history_file, open_history
from skill.messages.notes import (
    Feeling,
    HistoryEntry,
    Hurt,
    Load,
    Outcome,
    Rated,
    SessionBegan,
    SetDone,
)

COMMANDS = [[], ["export", "sets.csv"], ["forget", "--yes"]]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _history(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["history", *arguments], input=typed)


def _train(person: str, *repetitions: int) -> None:
    """One training a week, the last one today, with one rated set each."""
    with open_history() as history:
        for weeks_ago, count in zip(reversed(range(len(repetitions))), repetitions, strict=True):
            at = datetime.now() - timedelta(weeks=weeks_ago)
            for note in (
                SessionBegan(),
                SetDone("bridge", (count,), Load(count), Outcome.COMPLETE),
                Rated("bridge", Feeling.GOOD),
            ):
                history.add(HistoryEntry(person, at, note))


@pytest.mark.parametrize("arguments", COMMANDS)
def test_where_nothing_is_yet_it_says_so_and_leaves_nothing(arguments: list[str]) -> None:
    answer = _history(*arguments)
    assert (answer.exit_code, answer.output.strip()) == (0, NOTHING_YET)
    assert not history_file().parent.exists()
    assert not Path("sets.csv").exists()


def test_it_shows_every_week_with_a_bar() -> None:
    _train("", 20, 40)
    answer = _history()
    assert answer.exit_code == 0
    head, before, now, sums = (line.split() for line in answer.output.splitlines())
    assert head[:3] == ["Woche", "ab", "Trainings"]
    assert before[1:] == ["1", "1", "1", "██████", "20", "·", "1", "·"]
    assert now[1:] == ["1", "1", "1", "████████████", "40", "·", "1", "·"]
    assert sums[-5:] == ["2,", "Sätze:", "2,", "Wiederholungen:", "60."]


def test_one_entry_of_1970_is_told_and_fills_nothing() -> None:
    _train("", 20)
    with open_history() as history:
        history.add(HistoryEntry("", datetime(1970, 1, 1), SessionBegan()))
    remark, _, week, sums = _history("--weeks", "9999").output.splitlines()
    assert remark == MISDATED.format(count=1)
    assert "20" in week
    assert "1970" not in sums


def test_pain_has_a_column_where_there_was_any() -> None:
    _train("", 20, 40)
    assert " weh" not in _history().output
    with open_history() as history:
        history.add(HistoryEntry("", datetime.now(), Hurt("bridge")))
    head, before, now, _ = _history().output.splitlines()
    assert head.rstrip().endswith(" weh")
    assert (before.split()[-1], now.split()[-1]) == ("·", "1")


def test_of_a_long_history_the_last_weeks_are_shown() -> None:
    _train("", *range(1, 21))
    assert len(_history().output.splitlines()) == 1 + 12 + 1
    assert len(_history("--weeks", "3").output.splitlines()) == 1 + 3 + 1


def test_people_are_told_apart() -> None:
    _train("anna", 11)
    _train("bert", 22)
    everybody = _history().output.splitlines()
    assert everybody.index("Anna") < everybody.index("Bert")
    _, week, sums = _history("--person", "Bert").output.splitlines()
    assert week.split()[5] == "22"
    assert "Trainings: 1, Sätze: 1, Wiederholungen: 22." in sums


@pytest.mark.parametrize("command", [[], ["export", "sets.csv"]])
def test_an_unknown_person_is_a_sentence(command: list[str]) -> None:
    _train("anna", 11)
    answer = _history("--person", "ana", *command)
    assert answer.exit_code == 2
    assert "Von „ana“ gibt es keinen Verlauf. Meinst du „anna“?" in answer.stderr


def test_out_draws_a_picture_of_each_person() -> None:
    _train("anna", 11)
    _train("", 22)
    answer = _history("--out", "pictures")
    assert answer.exit_code == 0
    assert {one.name for one in Path("pictures").iterdir()} == {"verlauf.svg", "verlauf-anna.svg"}
    assert "pictures/verlauf-anna.svg" in answer.output
    assert ">11<" in Path("pictures/verlauf-anna.svg").read_text(encoding="utf-8")


def test_out_where_nothing_can_be_written_is_a_sentence() -> None:
    _train("", 11)
    Path("file").touch()
    answer = _history("--out", "file/pictures")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Fehler: In file/pictures kann ich nichts schreiben")


def test_export_writes_all_sets_and_overwrites_only_by_force() -> None:
    _train("anna", 11, 12)
    _train("bert", 22)
    answer = _history("export", "sets.csv")
    assert answer.exit_code == 0
    assert "(3)" in answer.output
    again = _history("export", "sets.csv", "--person", "bert")
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert _history("export", "sets.csv", "--person", "bert", "--force").exit_code == 0
    with Path("sets.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["Person"], row["Wiederholungen"]) for row in rows] == [("bert", "22")]


def test_export_of_the_person_named_before_the_command() -> None:
    _train("anna", 11)
    _train("bert", 22)
    assert _history("--person", "anna", "export", "sets.json").exit_code == 0
    assert "bert" not in Path("sets.json").read_text(encoding="utf-8")


def test_export_to_an_unknown_ending_is_a_sentence_even_where_nothing_is() -> None:
    answer = _history("export", "sets.xlsx")
    assert answer.exit_code == 2
    assert ".csv oder .json" in answer.stderr


def test_forget_asks_first() -> None:
    _train("anna", 11)
    no = _history("forget", typed="nein\n")
    assert (no.exit_code, NOTHING_DELETED in no.output) == (1, True)
    assert history_file().exists()
    yes = _history("forget", typed="ja\n")
    assert (yes.exit_code, FORGOTTEN in yes.output) == (0, True)
    assert list(history_file().parent.iterdir()) == []
    assert NOTHING_YET in _history().output


def test_forget_deletes_what_cannot_be_read_as_well() -> None:
    history_file().parent.mkdir(parents=True)
    history_file().write_bytes(b"rubbish" * 1000)
    assert _history("forget", "--yes").exit_code == 0
    assert list(history_file().parent.iterdir()) == []


def test_a_damaged_history_is_set_aside_and_that_is_said() -> None:
    history_file().parent.mkdir(parents=True)
    history_file().write_bytes(b"rubbish" * 1000)
    answer = _history()
    assert answer.exit_code == 0
    assert "aufgehoben" in answer.output
    assert NOTHING_YET in answer.output
