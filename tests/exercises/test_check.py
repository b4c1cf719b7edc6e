"""``check`` finds every mistake of a person's own files, each at its line."""

from pathlib import Path

import pytest

from rueckgrat.exercises.check import Checked, check_folders, check_path
from skill.content.dialog_files import kind_of
from skill.errors import ContentError
from tests.content.own_folder import PROGRAMME, TOPIC, OwnFolder

WELLE = "exercises/welle.yaml"


@pytest.fixture
def own(tmp_path: Path) -> OwnFolder:
    own = OwnFolder(tmp_path / "own")
    own.exercise("welle", "Die Welle", "große welle")
    return own


def check(own: OwnFolder, *unknown: str) -> Checked:
    return check_folders([own.folder], lambda word: word not in unknown)


def places(checked: Checked) -> list[tuple[str, int | None]]:
    return [(one.path.name if one.path else "", one.line) for one in checked.mistakes]


def test_what_is_right_has_no_mistakes(own: OwnFolder) -> None:
    own.text("programmes/runde.yaml", PROGRAMME)
    own.text("knowledge/alltag.yaml", TOPIC)
    checked = check(own)
    assert checked.mistakes == ()
    assert len(checked.files) == 3


def test_all_mistakes_of_a_file_are_found_in_their_order(own: OwnFolder) -> None:
    lines = [
        own.replace(WELLE, "muscles: [Rücken, Po]", "muscles: Rücken"),
        own.replace(WELLE, "breath: out", "breth: out"),
        own.replace(WELLE, "seconds: 2", "seconds: zwei"),
        own.replace(WELLE, "start: 6", "start: 31"),
        own.replace(WELLE, "Ganz ruhig, ohne Schwung.", "Ganz ruhig & ohne Schwung."),
    ]
    checked = check(own)
    assert places(checked) == [("welle.yaml", line) for line in lines]
    assert all(one.mend for one in checked.mistakes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    seconds: 3", "\t  seconds: 3"),
        ("    say: [Oben bleiben.]", "    say: [Oben bleiben.]\n    say: [Bleiben.]"),
    ],
)
def test_signs_and_fields_that_are_there_twice_are_all_found(
    own: OwnFolder, old: str, new: str
) -> None:
    first = own.replace(WELLE, old, new) + new.count("\n")
    second = own.replace(WELLE, "purpose: ", "purpose: Gut.\npurpose: ") + 1
    own.replace(WELLE, "title: ", "title: Welle\ntitle: ")
    found = places(check(own))
    if "\t" in new:  # as long as there are tabs, nobody can tell what the rest means
        assert found == [("welle.yaml", first + 2)]
    else:
        assert found == [("welle.yaml", line) for line in (4, second + 1, first + 2)]


def test_mistakes_across_files_are_found_with_those_within(own: OwnFolder) -> None:
    own.replace(WELLE, "[große welle]", "[weiter, alle viere, die brücke]")
    own.text("programmes/runde.yaml", PROGRAMME.replace("bruecke", "brueke"))
    own.text("phrases.yaml", "phrases:\n  menu.ask: [Na?]\n  menu.aks: [Na?]\n")
    own.text("exercises/hund.yaml", "titel: Hund\n")
    checked = check(own)
    said = "\n".join(str(one) for one in checked.mistakes)
    assert "sagt „weiter“, und das gehört schon dem Befehl „next“" in said
    assert "sagt „alle viere“, und das beginnt wie „alle“" in said
    assert "sagt „die brücke“, und das gehört schon der Übung „bruecke“" in said
    assert "Meinst du „bruecke“?" in said
    assert "Meinst du „menu.ask“?" in said
    assert "Feld „titel“ kenne ich nicht. Meinst du „title“?" in said
    assert all("/own/" in str(one.path) for one in checked.mistakes)


def test_an_exercise_with_mistakes_of_its_own_is_still_known_to_programmes(own: OwnFolder) -> None:
    own.text("programmes/runde.yaml", PROGRAMME)
    line = own.replace(WELLE, "breath: out", "breth: out")
    assert places(check(own)) == [("welle.yaml", line)]


def test_words_that_the_speech_model_does_not_know(own: OwnFolder) -> None:
    own.text("knowledge/alltag.yaml", TOPIC)
    checked = check(own, "welle", "schlafe", "brücke")
    assert places(checked) == [("welle.yaml", 4), ("alltag.yaml", 4)] or places(checked) == [
        ("alltag.yaml", 4),
        ("welle.yaml", 4),
    ]
    assert "enthält „welle“, und dieses Wort kennt" in str(checked.mistakes)
    assert check_folders([own.folder], None).mistakes == ()


def test_lines_longer_than_their_phase(own: OwnFolder) -> None:
    line = own.replace(WELLE, "    seconds: 2", "    seconds: 1")
    long = own.replace(
        WELLE, "say: [Ausatmen und heben.]", "say: [Ausatmen und nun ganz hoch heben.]"
    )
    checked = check(own)
    assert places(checked) == [("welle.yaml", long), ("welle.yaml", line - 1)]
    assert "dauert gesprochen etwa 3.3 Sekunden, und die Phase hat 3. " in str(checked.mistakes[0])
    assert "schreib „seconds: 3.5“." in checked.mistakes[0].mend


def test_hints_take_their_time_too(own: OwnFolder) -> None:
    line = own.replace(
        WELLE,
        "    seconds: 2",
        f"    hints: [{'Ganz lang. ' * 20}.]\n    breath: both\n    seconds: 9",
    )
    ((name, found),) = places(check(own))
    assert (name, found) == ("welle.yaml", line)


def test_one_file_is_checked_wherever_it_lies(own: OwnFolder, tmp_path: Path) -> None:
    own.exercise("hund", "Der Hund", "hund")
    alone = OwnFolder(tmp_path / "desk")
    alone.text("runde.yaml", PROGRAMME.replace("kleine runde", "hund"))
    (mistake,) = check_path(alone.folder / "runde.yaml", [own.folder], None).mistakes
    assert "gehört schon der Übung „hund“" in str(mistake)
    assert mistake.line == 2


def test_the_file_that_is_asked_for_is_the_one_that_is_blamed(own: OwnFolder) -> None:
    path = own.exercise("aaa", "Neu", "große welle")
    (mistake,) = check_path(path, [own.folder], None).mistakes
    assert (mistake.path, mistake.line) == (path, 4)


def test_a_folder_of_exercises_alone(own: OwnFolder) -> None:
    own.text("phrases.yaml", "phrases:\n  menu.aks: [Na?]\n")
    checked = check_path(own.folder / "exercises", [own.folder], None)
    assert checked.mistakes == ()
    assert [file.path.name for file in checked.files] == ["welle.yaml"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="gibt es nicht"):
        check_path(tmp_path / "nowhere.yaml", [], None)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("exercises/a.yaml", "", "exercises"),
        ("phrases.yaml", "", "phrases"),
        ("a.yaml", TOPIC, "knowledge"),
        ("a.yaml", PROGRAMME, "programmes"),
        ("a.yaml", "title: a", "exercises"),
    ],
)
def test_the_kind_of_a_file(tmp_path: Path, name: str, text: str, kind: str) -> None:
    assert kind_of(OwnFolder(tmp_path).text(name, text)) == kind
