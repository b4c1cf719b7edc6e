"""The doctor as a person or a program calls it."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from rueckgrat.cli import live
from rueckgrat.cli.app import app
from rueckgrat.cli.views.doctor import TITLES, DoctorView, as_json_text, conclusion
from rueckgrat.doctor.finding import failure, ok, warning
from skill.settings import Settings
from tests.cli.conftest import Run

FINE = ok("python", "Python 3.13.")
SO_LALA = warning("echo", "Das Echo ist laut.", "Stell den Lautsprecher leiser.", echo_dbfs=-3.0)
BROKEN = failure("model", "Das Modell ist weg.", "Hol es.")


def _shown(*findings: object, quiet: bool = False) -> str:
    console = Console(file=io.StringIO(), width=40)
    shown = DoctorView(console, quiet)
    shown.tell("Gleich geht es los.")
    shown.level(-30.0)
    for finding in findings:
        shown.show(finding)  # type: ignore[arg-type]
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_finding_is_a_line_and_its_mend_another() -> None:
    told, fine, so_lala, mend = _shown(FINE, SO_LALA).splitlines()
    assert told == "Gleich geht es los."
    assert fine.split("  ")[0].strip() == "gut"
    assert fine.endswith("Python 3.13.")
    assert so_lala.startswith("Achtung  Echo")
    assert mend.strip() == "Stell den Lautsprecher leiser."
    assert mend.index("Stell") == so_lala.index("Das Echo")


def test_for_machines_nothing_else_is_printed() -> None:
    assert _shown(FINE, SO_LALA, quiet=True) == ""


def test_on_a_terminal_there_is_a_level_meter() -> None:
    console = Console(file=io.StringIO(), width=60, force_terminal=True)
    shown = DoctorView(console)
    shown.level(-30.0)
    shown.show(FINE)
    assert isinstance(console.file, io.StringIO)
    assert "█" * 15 in console.file.getvalue()
    assert "-30 dB" in console.file.getvalue()


@pytest.mark.parametrize(
    ("findings", "with_sound", "words"),
    [
        ([FINE], True, "Das Training klappt hier."),
        ([FINE, SO_LALA], True, "Ein paar Dinge gehen noch besser"),
        ([FINE], False, "habe ich ausgelassen"),
        ([FINE, BROKEN, SO_LALA], True, "Behebe zuerst: Sprachmodell."),
    ],
)
def test_it_ends_with_one_sentence(findings: list, with_sound: bool, words: str) -> None:
    assert words in conclusion(findings, with_sound)


def test_json_has_stable_keys() -> None:
    document = json.loads(as_json_text([FINE, SO_LALA], True))
    assert list(document) == ["version", "works", "with_sound", "sentence", "findings"]
    assert document["works"] is True
    assert document["findings"][1] == {
        "name": "echo",
        "verdict": "warning",
        "measured": "Das Echo ist laut.",
        "mend": "Stell den Lautsprecher leiser.",
        "figures": {"echo_dbfs": -3.0},
    }


@pytest.mark.slow
@pytest.mark.usefixtures("built_in_model")
def test_without_sound_it_tells_that_training_works(program: Run) -> None:
    answer = program("doctor", "--no-sound", "--json")
    document = json.loads(answer.stdout)
    assert answer.stderr == ""
    assert document["with_sound"] is False
    assert {one["name"] for one in document["findings"]} <= TITLES.keys()
    failed = [one for one in document["findings"] if one["verdict"] == "failure"]
    assert (failed, answer.returncode) == ([], 0)


@pytest.mark.slow
@pytest.mark.usefixtures("built_in_model", "without_sound")
def test_without_a_sound_card_it_says_so_and_goes_on(program: Run, own_home: Path) -> None:
    (own_home / "config").mkdir(parents=True)
    (own_home / "config" / "settings.toml").write_text("words_per_minute = 5000\n")
    answer = program("doctor")
    assert answer.returncode == 1
    assert answer.stderr == ""
    lines = answer.stdout.splitlines()
    assert [line for line in lines if line.startswith("Fehler   Mikrofon")]
    assert [line for line in lines if line.startswith("gut      Stimme")]
    assert [
        line for line in lines if line.startswith("Achtung  Einstellungen") and "Zeile 1" in line
    ]
    assert lines[-1].endswith("Behebe zuerst: Mikrofon, Lautsprecher.")


def test_a_wrong_settings_file_does_not_keep_anybody_from_training(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home / "config").mkdir(parents=True)
    (own_home / "config" / "settings.toml").write_text("\nwords_per_minute = 5000\n")
    trained: list[Settings] = []
    monkeypatch.setattr(live, "train_live", lambda settings, console, out: trained.append(settings))
    answer = CliRunner().invoke(app, ["train", "--speaker", "Jabra"])
    assert answer.exit_code == 0
    assert "Deine Einstellungen gelten nicht" in answer.stdout
    assert "Zeile 2" in answer.stdout
    assert trained == [Settings(speaker="Jabra")]
