"""A person's own directory: on top of the shipped dialogs, and never in the way of training."""

import logging
from pathlib import Path

import pytest

from skill.content.own import content_for
from skill.content.schema import Content
from skill.paths import own_dialogs_dir
from skill.settings import Settings
from tests.content.own_folder import PROGRAMME, TOPIC, OwnFolder


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnFolder:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "home"))
    return OwnFolder(own_dialogs_dir())


def load(settings: Settings | None = None) -> tuple[Content, list[str]]:
    said: list[str] = []
    return content_for((settings or Settings()).dialog_folders, said.append), said


def titles(content: Content) -> dict[str, str]:
    return {exercise.id: exercise.title for exercise in content.exercises}


def test_nobody_needs_a_directory_and_none_is_made(own: OwnFolder) -> None:
    content, said = load()
    assert "bruecke" in titles(content)
    assert said == []
    assert not own.folder.exists()


def test_an_own_exercise_is_there_by_itself(own: OwnFolder) -> None:
    own.exercise("welle", "Die Welle", "große welle")
    content, said = load()
    assert said == []
    assert content.vocabulary["große welle"].slot == "welle"


def test_an_own_exercise_takes_the_place_of_a_shipped_one(own: OwnFolder) -> None:
    own.exercise("bruecke", "Meine Brücke", "brücke")
    content, said = load()
    assert said == []
    assert titles(content)["bruecke"] == "Meine Brücke"
    assert "die brücke" not in content.vocabulary


def test_own_programmes_topics_and_phrases(own: OwnFolder) -> None:
    own.exercise("welle", "Die Welle", "große welle")
    own.text("programmes/runde.yaml", PROGRAMME)
    own.text("knowledge/alltag.yaml", TOPIC)
    own.text("phrases.yaml", "phrases:\n  welcome.hello: [Moin.]\n")
    content, said = load()
    assert said == []
    assert content.programme("runde").exercises == ("welle", "bruecke")
    assert content.vocabulary["wie soll ich schlafen"].slot == "schlafen"
    assert content.phrases["welcome.hello"] == ("Moin.",)


def test_an_own_name_is_no_decoy_any_more(own: OwnFolder) -> None:
    assert "hund" in load()[0].decoys
    own.exercise("hund", "Der Hund", "hund")
    content, said = load()
    assert said == []
    assert "hund" not in content.decoys
    assert content.vocabulary["hund"].slot == "hund"


def test_the_folder_of_the_settings_comes_last(own: OwnFolder, tmp_path: Path) -> None:
    other = OwnFolder(tmp_path / "other")
    own.exercise("bruecke", "Meine Brücke", "brücke")
    own.exercise("welle", "Die Welle", "große welle")
    other.exercise("bruecke", "Deine Brücke", "brücke")
    content, said = load(Settings(dialogs=str(other.folder)))
    assert said == []
    assert titles(content)["bruecke"] == "Deine Brücke"
    assert "welle" in titles(content)


def test_the_settings_may_name_the_own_directory_itself(own: OwnFolder) -> None:
    own.text("decoys.yaml", "decoys: {mine: [hundnfutter]}")
    content, said = load(Settings(dialogs=str(own.folder)))
    assert said == []
    assert content.decoys.count("hundnfutter") == 1


@pytest.mark.parametrize(
    ("name", "text", "line", "expected"),
    [
        ("exercises/bruecke.yaml", "titel: Brücke\n", 1, "titel"),
        ("exercises/bruecke.yaml", 'title: "Brücke\n', 1, "Ein Anführungszeichen ist offen"),
        ("phrases.yaml", "phrases:\n  menu.ask: [Na?]\n", 2, "Hierher gehört {choices}."),
        ("phrases.yaml", "phrases:\n  menu.aks: [Na?]\n", 2, "Meinst du „menu.ask“?"),
        ("decoys.yaml", "decoys:\n  mine: [weiter]\n", 1, "das gehört dem Befehl „next“"),
        ("programmes/runde.yaml", PROGRAMME, 5, "die es nicht gibt: „welle“"),
        (
            "knowledge/a.yaml",
            TOPIC.replace("wie soll ich schlafen", "stopp"),
            4,
            "dem Befehl „stop“",
        ),
    ],
)
def test_a_wrong_file_is_left_out_with_a_sentence(
    own: OwnFolder, name: str, text: str, line: int, expected: str
) -> None:
    path = own.text(name, text)
    own.exercise("hund", "Der Hund", "hund")
    content, (said,) = load()
    assert said.startswith(f"Deine Datei {path} lasse ich weg, wegen Zeile {line}: ")
    assert expected in said
    assert said.endswith("„rueckgrat exercise check“.")
    assert titles(content)["bruecke"] == "Die Brücke"
    assert titles(content)["hund"] == "Der Hund"
    assert "{choices}" in content.phrases["menu.ask"][0]


def test_a_file_in_the_wrong_place_is_told(own: OwnFolder) -> None:
    own.text("hund.yaml", "title: Hund\n")
    _, (said,) = load()
    assert "hund.yaml lasse ich weg: Hier lese ich die Datei nicht. Schieb" in said


def test_the_own_file_is_blamed_where_a_shipped_one_begins_like_it(own: OwnFolder) -> None:
    path = own.exercise("alle", "Alles", "roll")
    content, (said,) = load()
    assert f"{path} lasse ich weg, wegen Zeile 4" in said
    assert "so beginnt auch „roll up“ von der Übung „roll-up“" in said
    assert "alle" not in titles(content)


def test_of_two_that_clash_one_is_kept(own: OwnFolder) -> None:
    own.exercise("eins", "Eins", "hund")
    path = own.exercise("zwei", "Zwei", "hund")
    content, (said,) = load()
    assert str(path) in said
    assert "eins" in titles(content)
    assert "zwei" not in titles(content)


def test_a_safety_word_that_the_coach_often_says_is_left_out(own: OwnFolder) -> None:
    own.text(
        "commands.yaml",
        "commands:\n  stop:\n    means: Anhalten\n    phrases: [füße]\n"
        "    where: [everywhere]\n    safety: true\n",
    )
    content, (said,) = load()
    assert "commands.yaml lasse ich weg (sie passt nicht zum Rest): " in said
    assert "lässt mich „füße“ sagen" in said
    assert content.vocabulary["stopp"].name == "stop"


def test_without_somebody_to_tell_it_is_a_warning(
    own: OwnFolder, caplog: pytest.LogCaptureFixture
) -> None:
    own.text("exercises/hund.yaml", "titel: Hund\n")
    with caplog.at_level(logging.WARNING):
        content_for(Settings().dialog_folders)
    assert "hund.yaml lasse ich weg" in caplog.text
