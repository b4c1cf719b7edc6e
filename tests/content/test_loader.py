from pathlib import Path

import pytest

from skill.content.loader import load_content
from skill.errors import ContentError
from tests.content.dialogs_copy import DialogsCopy

BRUECKE = "exercises/bruecke.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (BRUECKE, "breath: out", "breth: out", "„breth“ kenne ich nicht. Meinst du „breath“?"),
        (BRUECKE, "purpose:", "porpuse:", "„porpuse“ kenne ich nicht. Meinst du „purpose“?"),
        (BRUECKE, "breath: out", "breath: aus", "Erlaubt ist „in“, „out“ oder „both“."),
        (BRUECKE, "seconds: 4", "seconds: 2,5", "„seconds“ ist keine Zahl: „2,5“."),
        (BRUECKE, "seconds: 4", "seconds: 400", "Erlaubt ist alles bis 120."),
        (BRUECKE, "  start: 6", "\tstart: 6", "Die Zeile beginnt mit einem Tabulator."),
        (BRUECKE, "  least: 2", "  start: 2", "„repetitions“, „start“ steht zweimal da"),
        (BRUECKE, "  least: 2", "   least: 2", "oder die Zeile ist anders eingerückt"),
        (BRUECKE, "spoken_names: [brücke", "spoken_names: [Brücke", "nur kleine Buchstaben"),
        (BRUECKE, "order: 1", "id: brigde", "Feld „id“ setze ich selbst."),
        ("commands.yaml", "where: [menu.ask]", "where: [menu.aks]", "Meinst du „menu.ask“?"),
        ("commands.yaml", "  skip:", "  skipp:", "ist kein Befehl. Meinst du „skip“?"),
        ("decoys.yaml", "und, oder", "Und, oder", "ist nichts, was ich hören kann: „Und“."),
    ],
)
def test_mistakes_are_met_with_file_line_and_mend(
    dialogs: DialogsCopy, name: str, old: str, new: str, expected: str
) -> None:
    line = dialogs.replace(name, old, new)
    complaint = dialogs.complaint()
    assert complaint.startswith(f"{name}, Zeile {line}: ")
    assert expected in complaint


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "{kräftig: 40,",
            "{kräftg: 40,",
            "nicht gibt: „kräftg“. Meinst du „kräftig“?",
        ),
        ("repetitions: 8", "repetitions: 80", "„young“ 80 Wiederholungen"),
        ("  young:", "  jung:", "Erlaubt ist „young“, „middle“ oder „older“."),
        ("- Geh locker", "- Geh" + 9 * " immer locker" + " und", "Nimm höchstens 120."),
    ],
)
def test_mistakes_in_the_intervals_are_met(
    dialogs: DialogsCopy, old: str, new: str, expected: str
) -> None:
    dialogs.replace("exercises/intervalle.yaml", old, new)
    assert expected in dialogs.complaint()


def test_a_programme_of_an_unknown_exercise_is_met(dialogs: DialogsCopy) -> None:
    line = dialogs.replace("programmes/entspannung.yaml", "[muskelentspannung]", "[muskelspannung]")
    complaint = dialogs.complaint()
    assert complaint.startswith(f"programmes/entspannung.yaml, Zeile {line}: ")
    assert "Meinst du „muskelentspannung“?" in complaint


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("{rate: 300}", "„rate“ darf nicht „300“ sein. Erlaubt ist alles bis 170."),
        ("{rate: 50}", "Erlaubt ist alles ab 90."),
        ("{rate: schnell}", "Schreib eine ganze Zahl"),
        ("{pitch: deep}", "Erlaubt ist „low“, „normal“ oder „high“."),
        ("{speed: 110}", "„speed“ kenne ich nicht. Es gibt: pitch, rate."),
        ("110", "„voice“"),
    ],
)
def test_a_manner_that_no_voice_has_is_met(dialogs: DialogsCopy, new: str, expected: str) -> None:
    path = "programmes/entspannung.yaml"
    line = dialogs.replace(path, "{rate: 110, pitch: low}", new)
    complaint = dialogs.complaint()
    assert complaint.startswith(f"{path}, Zeile {line}: ")
    assert expected in complaint


def test_a_missing_field_is_named_with_its_group(dialogs: DialogsCopy) -> None:
    line = dialogs.replace(BRUECKE, "    seconds: 4\n", "")
    complaint = dialogs.complaint()
    assert complaint.startswith(f"{BRUECKE}, Zeile {line - 3}: ")
    assert "Feld „phases“, Eintrag 1, „seconds“ fehlt." in complaint


def test_two_phases_of_one_name_are_refused(dialogs: DialogsCopy) -> None:
    dialogs.replace(BRUECKE, "name: oben", "name: heben")
    assert "hat in phases zweimal „heben“." in dialogs.complaint()


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        (BRUECKE, b"", "Die Datei ist leer."),
        (BRUECKE, b"# only a remark\n", "Die Datei ist leer."),
        (BRUECKE, "title: Brücke".encode("latin-1"), "Zeile 1: Der Text ist nicht UTF-8."),
        ("exercises/Bruecke 2.yaml", b"title: a", "Der Name der Datei darf nur"),
        ("exercises/squat.yml", b"title: a", "Dateien enden hier auf .yaml."),
        ("commands.yaml", b"- next\n", "Zeile 1: Die Datei ist eine Liste"),
    ],
)
def test_broken_files_are_met_with_a_sentence(
    dialogs: DialogsCopy, name: str, raw: bytes, expected: str
) -> None:
    dialogs.write(name, raw)
    complaint = dialogs.complaint()
    assert complaint.startswith(name)
    assert expected in complaint


def test_a_folder_without_dialogs_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="ist kein Ordner"):
        load_content(tmp_path / "nosuch")


def test_a_folder_without_commands_or_exercises_is_no_content(dialogs: DialogsCopy) -> None:
    (dialogs.folder / "commands.yaml").unlink()
    assert "commands.yaml fehlt." in dialogs.complaint()


def test_exercises_are_needed(dialogs: DialogsCopy) -> None:
    for path in dialogs.folder.glob("exercises/*.yaml"):
        path.unlink()
    assert "liegt keine Übung." in dialogs.complaint()


def test_an_extra_folder_replaces_and_adds(dialogs: DialogsCopy, tmp_path: Path) -> None:
    own = DialogsCopy(tmp_path / "own")
    bridge = (dialogs.folder / BRUECKE).read_text(encoding="utf-8")
    own.write(BRUECKE, bridge.replace("title: Die Brücke", "title: Meine Brücke").encode())
    mine = bridge.replace("spoken_names: [brücke, die brücke]", "spoken_names: [käfer]")
    own.write("exercises/kaefer.yaml", mine.replace("order: 1\n", "").encode())
    own.write("decoys.yaml", b"decoys: {mine: [katzenfutter]}")
    own.write("respellings.yaml", b"respellings: {Matte: Mate}\nnatural: {Matte: Matt}")
    content = load_content(dialogs.folder, extra=[own.folder])
    assert content.exercise("bruecke").title == "Meine Brücke"
    assert [exercise.id for exercise in content.exercises][-1] == "kaefer"
    assert content.vocabulary["käfer"].slot == "kaefer"
    assert content.decoys[-1] == "katzenfutter"
    assert content.respellings["Matte"] == "Mate"
    assert content.natural_respellings["Matte"] == "Matt"


def test_a_mistake_in_an_extra_folder_names_its_file(dialogs: DialogsCopy, tmp_path: Path) -> None:
    own = DialogsCopy(tmp_path / "own")
    own.write(
        "commands.yaml",
        b"commands:\n  skip:\n    means: a\n    where: [menu]\n    phrases: [weiter]",
    )
    with pytest.raises(ContentError, match="gehört schon dem Befehl „next“") as caught:
        load_content(dialogs.folder, extra=[own.folder])
    assert f"{own.folder}/commands.yaml, Zeile 5" in str(caught.value)


def test_a_group_of_decoys_under_a_command_s_name_guards_it() -> None:
    content = load_content()
    assert set(content.guards) == {"number"}
    assert set(content.guards["number"]) <= set(content.decoys)
