"""``understand``: what a sentence means, without a microphone."""

import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rueckgrat.cli.app import app
from tests.content.own_folder import OwnFolder

HEADER = "state\tcommand\tutterance\n"


def understand(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["understand", *arguments])


def table(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "sätze.tsv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(path)


def test_command_template_fillers_and_other_states() -> None:
    answer = understand("Kannst du bitte also warten?")
    assert answer.exit_code == 0, answer.output
    lines = answer.output.splitlines()
    assert lines[0] == "„kannst du bitte also warten“ in exercise.repeat: pause"
    assert any(line.startswith("  Vorlage: ") for line in lines)
    assert "  Übergangen: „also“ (Füllwort)" in lines
    assert any(line.startswith("  pause: ") and "menu" in line for line in lines)
    assert any(line.startswith("  nichts: standby") for line in lines)


def test_words_without_quotes_are_one_sentence() -> None:
    assert "„warte mal“ in paused" in understand("warte", "mal", "--state", "paused").output


def test_the_state_decides() -> None:
    assert "in menu.count: number(8)" in understand("acht", "--state", "menu.count").output
    assert "in menu.ask: nichts" in understand("acht", "--state", "menu.ask").output


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("ich mag quarkbällchen", "In keinem meiner Sätze steht: „quarkbällchen“."),
        ("nicht langsamer", "Eine Verneinung kehrt es um."),
        ("langsamer quarkbällchen", "Daneben steht, was zu keinem Befehl gehört: „quarkbällchen“."),
        ("langsamer quarkbällchen", "Ich würde zurückfragen, ob slower gemeint ist: „Langsamer?“"),
        ("resthaus acht", "In keinem meiner Sätze steht: „resthaus“."),
    ],
)
def test_why_nothing_is_understood(said: str, why: str) -> None:
    answer = understand(said)
    assert answer.exit_code == 0
    assert "in exercise.repeat: nichts" in answer.output
    assert why in answer.output


def test_a_command_that_does_not_count_here() -> None:
    answer = understand("warte mal", "--state", "paused")
    assert "Das heißt pause, und das geht hier nicht." in answer.output


def test_safety_is_the_same_everywhere() -> None:
    answer = understand("oh mir ist schwindlig")
    assert "in exercise.repeat: pain" in answer.output
    assert "Warnzeichen: dizzy" in answer.output
    assert "Das ist überall so." in answer.output


def test_umlauts_of_two_characters() -> None:
    said = unicodedata.normalize("NFD", "übung überspringen")
    assert "„übung überspringen“ in exercise.repeat: skip" in understand(said).output


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Was soll ich verstehen?"),
        (("",), "Was soll ich verstehen?"),
        (("?!",), "steht kein Wort"),
        (("weiter", "--state", "exercise.repet"), "Meinst du „exercise.repeat“?"),
        (("nirgends.tsv",), "das gibt es nicht"),
    ],
)
def test_bad_input_ends_with_2(arguments: tuple[str, ...], expected: str) -> None:
    answer = understand(*arguments)
    assert answer.exit_code == 2
    assert expected in answer.stderr


def test_a_table_that_is_right_ends_with_0(tmp_path: Path) -> None:
    path = table(tmp_path, "exercise.repeat\tstop\toh stopp", "standby\t-\tweiter")
    answer = understand(path)
    assert answer.exit_code == 0, answer.output
    assert answer.output == "Sicherheit: 1 von 1 (100 %)\nGerede: 1 von 1 (100 %)\n"


def test_every_miss_of_a_table_is_shown_and_it_ends_with_1(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "exercise.repeat\tnext|skip\twarte mal",
        "exercise.repeat\tpause\tgenug quarkbällchen",
        "exercise.repeat\tpause\tmoment mal",
        "menu.ask\t-\tbrücke",
    )
    answer = understand(path)
    assert answer.exit_code == 1
    first, second, third, *sums = answer.output.splitlines()
    assert first.startswith("Zeile 2, exercise.repeat: erwartet next oder skip, verstanden pause: ")
    assert "„warte mal“. Vorlage: " in first
    assert second.startswith("Zeile 3, exercise.repeat: erwartet pause, verstanden nichts: ")
    assert "zu keinem Befehl gehört: „quarkbällchen“" in second
    assert "erwartet nichts, verstanden exercise(bruecke): „brücke“" in third
    assert sums == ["Befehle: 1 von 3 (33,3 %)", "Gerede: 0 von 1 (0 %)"]


def test_a_table_with_a_mistake_ends_with_2(tmp_path: Path) -> None:
    answer = understand(table(tmp_path, "exercise.repeat\tpuse\tpause"))
    assert answer.exit_code == 2
    assert "Einen Befehl „puse“ gibt es nicht. Meinst du „pause“?" in answer.stderr


def test_a_table_names_its_states_itself(tmp_path: Path) -> None:
    path = table(tmp_path, "paused\tnext\tweiter")
    assert understand(path, "--state", "paused").exit_code == 2
    assert understand(path, "weiter").exit_code == 2
    assert understand(path, path).output.count("Befehle: 1 von 1 (100 %)") == 2


def test_own_words_count_too(own_home: Path, tmp_path: Path) -> None:
    own = OwnFolder(own_home / "data" / "dialogs")
    own.text("own-commands.yaml", "sentences:\n  next: [pack mas zamm]\n")
    assert "exercise.repeat: next" in understand("pack mas zamm").output
    other = OwnFolder(tmp_path / "other")
    other.text("own-commands.yaml", "sentences:\n  nxt: [pack mas zamm]\n")
    answer = understand("pack mas zamm", "--dialogs", str(other.folder))
    assert "lasse ich weg, wegen Zeile 2" in answer.output


def test_counting() -> None:
    answer = understand("--count")
    assert answer.exit_code == 0
    assert answer.output.startswith("stop ")
    assert "pause" in answer.output
