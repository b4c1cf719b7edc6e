"""``own-commands.yaml``: a person's own words for what the trainer can do."""

from pathlib import Path

import pytest

from rueckgrat.exercises.check import check_folders, check_path
from skill.content.own import content_for
from skill.content.schema import Content
from skill.paths import own_dialogs_dir
from skill.settings import Settings
from skill.understanding import Understanding
from tests.content.own_folder import OwnFolder

NAME = "own-commands.yaml"
BAVARIAN = """\
sentences:
  next: [pack mas, "auf gehts buam"]
  pause:
    - (i brauch|gib mir) [a] schnauferl
fillers: [fei, gell]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnFolder:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "home"))
    return OwnFolder(own_dialogs_dir())


def load(*unknown: str, settings: Settings | None = None) -> tuple[Content, list[str]]:
    said: list[str] = []
    return content_for(
        (settings or Settings()).dialog_folders, said.append, lambda word: word not in unknown
    ), said


def understood(content: Content, text: str, state: str = "exercise.repeat") -> str:
    return str(Understanding(content).text(text, content.live_commands(state)).command)


def test_own_words_are_added_to_the_shipped_ones(own: OwnFolder) -> None:
    own.text(NAME, BAVARIAN)
    content, said = load()
    assert said == []
    assert understood(content, "auf gehts buam") == "next"
    assert understood(content, "fei pack mas gell") == "next"
    assert understood(content, "gib mir a schnauferl") == "pause"
    assert understood(content, "weiter") == "next"
    assert understood(content, "warte mal") == "pause"


def test_without_them_they_mean_nothing(own: OwnFolder) -> None:
    content, _ = load()
    assert understood(content, "auf gehts buam") == "None"
    assert not own.folder.exists()


def test_two_folders_are_added_one_after_the_other(own: OwnFolder, tmp_path: Path) -> None:
    other = OwnFolder(tmp_path / "other")
    own.text(NAME, "sentences:\n  next: [auf gehts buam]\n")
    other.text(NAME, "sentences:\n  next: [hopp hopp hopp]\n")
    content, said = load(settings=Settings(dialogs=str(other.folder)))
    assert said == []
    assert understood(content, "auf gehts buam") == understood(content, "hopp hopp hopp") == "next"


def test_a_replaced_row_gets_them_too(own: OwnFolder) -> None:
    own.text(
        "commands.yaml",
        "commands:\n  guest:\n    means: Gast\n    phrases: [ein gast]\n    where: [menu]\n",
    )
    own.text(NAME, "sentences:\n  guest: [a bsuch]\n")
    content, said = load()
    assert said == []
    assert understood(content, "a bsuch", "menu.ask") == "guest"


def test_an_own_sentence_is_no_decoy_any_more(own: OwnFolder) -> None:
    assert "hund" in load()[0].decoys
    own.text(NAME, "sentences:\n  next: [hund]\n")
    content, said = load()
    assert said == []
    assert "hund" not in content.decoys


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("sentences:\n  nxt: [pack mas]\n", 2, "Meinst du „next“?"),
        ("sentences:\n  next: [pack mas, (auf gehts]\n", 2, "ist kein Satzmuster"),
        ("sentences:\n  next: [pack mas, '<wil> weida']\n", 2, "Meinst du „will“?"),
        ("sentences:\n  next: ['[pack] [mas]']\n", 2, "kann auch ganz wegbleiben"),
        ("sentences:\n  next: pack mas\n", 2, "ein Text statt einer Liste"),
        ("sentences:\n  next: [Pack mas]\n", 2, "ist kein Satzmuster"),
        ("sentences:\n  next: [(a;b;c;d;e;f;g;h;i;j)]\n", 2, "niemand kann „(...;...)“ sagen"),
        ("sentences:\n  next: [schnauf]\n  pause: [a schnauf, schnauf]\n", 3, "schnauf"),
        ("sentences:\n  next:\n    - pack mas\n    - kurz [mal] warten\n", 4, "pause"),
        ("sentences:\n  next: [stopp]\n", 2, "das sagt auch „stop“"),
        ("sentences:\n  next: [brücke]\n", 2, "das sagt auch „exercise(bruecke)“"),
        ("sentences:\n  exercise: [turn ma was]\n", 2, "sagt nicht, was man davon will"),
        ("sentences:\n  number: ['so [<zahl>] stück']\n", 2, "Schreib <zahl> hinein"),
        ("sentences:\n  stop: [atme aus]\n", 2, "sagt „atme aus“, wie ich selbst"),
        ("fillers: [fei, nicht]\n", 1, "kehrt den Sinn"),
        ("fillers: [gar kein]\n", 1, "kehrt den Sinn"),
        ("fillers: [fei, weiter]\n", 1, "ein ganzer Satz für „next“"),
        ("filler: [fei]\n", 1, "Meinst du „fillers“?"),
    ],
)
def test_a_file_with_a_mistake_is_left_out_and_told(
    own: OwnFolder, text: str, line: int, expected: str
) -> None:
    path = own.text(NAME, text)
    content, (said,) = load()
    assert said.startswith(f"Deine Datei {path} lasse ich weg, wegen Zeile {line}: ")
    assert expected in said
    assert content.sentences.whole(["weiter"])[0].command.name == "next"


def test_all_else_of_ones_own_is_kept(own: OwnFolder) -> None:
    own.text(NAME, "sentences:\n  nxt: [pack mas]\n")
    own.exercise("hund", "Der Hund", "hund")
    content, (said,) = load()
    assert NAME in said
    assert content.exercise("hund").title == "Der Hund"


def test_check_finds_every_mistake_at_its_line(own: OwnFolder) -> None:
    path = own.text(
        NAME,
        "sentences:\n  nxt: [pack mas]\n  pause:\n    - a rast\n    - weiter\n"
        "  exercise: [turn ma was]\nfillers: [nicht]\n",
    )
    mistakes = check_path(path, [], None).mistakes
    assert [(one.path, one.line) for one in mistakes] == [(path, line) for line in (2, 5, 6, 7)]


def test_a_word_that_the_speech_model_does_not_know(own: OwnFolder) -> None:
    path = own.text(NAME, BAVARIAN)
    content, (said,) = load("schnauferl")
    assert f"{path} lasse ich weg, wegen Zeile 4: " in said
    assert "enthält „schnauferl“, und dieses Wort kennt" in said
    assert understood(content, "auf gehts buam") == "None"
    checked = check_folders([own.folder], lambda word: word not in ("gell", "schnauferl"))
    assert [(one.path, one.line) for one in checked.mistakes] == [(path, 4), (path, 5)]


def test_without_a_model_nobody_asks(own: OwnFolder) -> None:
    own.text(NAME, BAVARIAN)
    content = content_for(Settings().dialog_folders, pytest.fail)
    assert understood(content, "pack mas") == "next"


def test_an_exercise_may_not_be_called_like_a_sentence(own: OwnFolder) -> None:
    path = own.exercise("warten", "Warten", "warten")
    _, (said,) = load()
    assert f"{path} lasse ich weg, wegen Zeile 4" in said
    assert "das sagt auch „pause“" in said


def test_a_broken_template_in_a_replaced_row_is_told_not_raised(own: OwnFolder) -> None:
    path = own.text(
        "commands.yaml",
        "commands:\n  guest:\n    means: Gast\n    phrases: [gast]\n"
        "    sentences:\n      - <wil> gast sein\n    where: [menu]\n",
    )
    _, (said,) = load()
    assert f"{path} lasse ich weg, wegen Zeile 6: " in said
    assert "nennt eine Regel, die es nicht gibt: <wil>" in said


def test_the_file_is_checked_like_all_others(own: OwnFolder) -> None:
    own.text(NAME, BAVARIAN)
    checked = check_folders([own.folder], lambda _: True)
    assert checked.mistakes == ()
    assert len(checked.files) == 1
