import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from rueckgrat.export import COLUMNS, export, table
from skill.errors import SkillError
from skill.messages.notes import Feeling, Level, Load, Outcome
from skill.progress.set_records import SetRecord

AT = datetime(2026, 1, 5, 18, 30, 15, 123)
ROWS = table(
    {
        "anna": [
            SetRecord("raise", AT, (8, 6), Load(8, 2, Level.HARDER), Outcome.ENOUGH, Feeling.HARD),
            SetRecord("bridge", AT, (10,), Load(10), Outcome.PAIN),
        ],
        "jürgen": [SetRecord("bridge", AT, (9,), Load(9), Outcome.COMPLETE, Feeling.GOOD)],
    }
)


def test_json_holds_every_set(tmp_path: Path) -> None:
    export(tmp_path / "sets.json", ROWS)
    read = json.loads((tmp_path / "sets.json").read_text(encoding="utf-8"))
    assert read[0] == {
        "person": "anna",
        "at": "2026-01-05T18:30:15",
        "exercise": "raise",
        "level": "harder",
        "hold_steps": 2,
        "planned": 8,
        "completed": [8, 6],
        "repetitions": 14,
        "outcome": "enough",
        "feeling": "hard",
    }
    assert read[1]["feeling"] is None
    assert read[2]["person"] == "jürgen"


def test_csv_holds_every_set(tmp_path: Path) -> None:
    export(tmp_path / "sets.CSV", ROWS)
    with (tmp_path / "sets.CSV").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        read = list(reader)
    assert len(reader.fieldnames or ()) == len(COLUMNS)
    assert [row["Person"] for row in read] == ["anna", "anna", "jürgen"]
    assert [row["Geschafft"] for row in read] == ["8 und 6", "10", "9"]
    assert [row["Wiederholungen"] for row in read] == ["14", "10", "9"]
    assert [row["Schwierigkeit"] for row in read] == ["schwerer", "normal", "normal"]
    assert [row["Ende"] for row in read] == ["genug", "Schmerz", "ganz"]
    assert [row["Gefühl"] for row in read] == ["schwer", "", "gut"]


def test_no_name_is_worked_out_as_a_formula(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://evil.example")'
    export(tmp_path / "sets.csv", [{**ROWS[0], "person": name, "exercise": "@eigene"}])
    with (tmp_path / "sets.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file, delimiter=";"))
    assert (row["Person"], row["Übung"]) == (f"'{name}", "'@eigene")


def test_a_german_excel_opens_the_csv_as_a_table(tmp_path: Path) -> None:
    """Without a byte order mark it reads "jÃ¼rgen", with commas one column, with "T" no date."""
    export(tmp_path / "sets.csv", ROWS)
    raw = (tmp_path / "sets.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfPerson;Zeit;")
    assert raw.count(b"\r\n") == len(ROWS) + 1
    assert ";05.01.2026 18:30:15;" in raw.decode()


def test_nothing_is_overwritten_unless_wanted(tmp_path: Path) -> None:
    file = tmp_path / "sets.csv"
    file.write_text("mine")
    with pytest.raises(SkillError, match="gibt es schon"):
        export(file, ROWS)
    assert file.read_text() == "mine"
    export(file, ROWS, overwrite=True)
    assert file.read_text(encoding="utf-8-sig").startswith("Person;")


def test_an_unknown_ending_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(SkillError, match=r"\.csv oder \.json"):
        export(tmp_path / "sets.xlsx", ROWS)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SkillError, match="kann ich nicht schreiben"):
        export(tmp_path / "nowhere" / "sets.csv", ROWS)
