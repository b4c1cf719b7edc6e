"""Tables of utterances: how they are read, and what of them is right."""

import unicodedata
from pathlib import Path

import pytest

from rueckgrat.understanding.everywhere import in_all_states, passed_within
from rueckgrat.understanding.table import Score, TableRow, UtteranceKind, judge, read_table, scores
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.errors import SkillError
from skill.messages.heard import Command
from skill.understanding import Understanding, as_spoken

HEADER = "state\tcommand\tutterance\n"


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="module")
def understanding(content: Content) -> Understanding:
    return Understanding(content)


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "sätze.tsv"
    path.write_bytes(text.encode(encoding))
    return path


def row(commands: str, utterance: str, state: str = "exercise.repeat") -> TableRow:
    return TableRow(2, state, tuple(commands.split("|")), utterance)


def test_rows_know_their_line_and_their_commands(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        f"{HEADER}exercise.repeat\tstop|pain\taua stopp\n\nmenu.count\tnumber(8)\tacht\n",
    )
    assert read_table(path) == (
        TableRow(2, "exercise.repeat", ("stop", "pain"), "aua stopp"),
        TableRow(4, "menu.count", ("number(8)",), "acht"),
    )


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_a_spreadsheet_writes_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    text = f"{HEADER}paused\tnext\tfür mich weiter\n".replace("\n", end)
    (read,) = read_table(table(tmp_path, text, encoding))
    assert read.utterance == "für mich weiter"


def test_umlauts_of_two_characters_are_read(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", f"{HEADER}menu.ask\texercise(bruecke)\tbrücke\n")
    assert read_table(table(tmp_path, text))[0].utterance == "brücke"
    assert as_spoken(unicodedata.normalize("NFD", "Brücke"))[0].text == "brücke"


def test_columns_in_another_order_and_more_of_them(tmp_path: Path) -> None:
    path = table(tmp_path, "Utterance\tnote\tcommand\tstate\nweiter\tx\tnext\tpaused\n")
    assert read_table(path) == (TableRow(2, "paused", ("next",), "weiter"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "In der ersten Zeile fehlt state, command, utterance."),
        ("paused\tnext\tweiter\n", "In der ersten Zeile fehlt"),
        (HEADER, "Unter der ersten Zeile steht nichts."),
        (f"{HEADER}paused\tnext\n", "Zeile 2: Es fehlen Spalten."),
        (f"{HEADER}paused\tnext\t  \n", "Zeile 2: Der Satz fehlt."),
        (f"{HEADER}pausd\tnext\tweiter\n", "Zeile 2: Einen Zustand „pausd“ gibt es nicht."),
        (f"{HEADER}pausd\tnext\tweiter\n", "Meinst du „paused“?"),
        (f"{HEADER}paused\tnxt\tweiter\n", "Einen Befehl „nxt“ gibt es nicht. Meinst du „next“?"),
        (f"{HEADER}paused\tnext|\tweiter\n", "Einen Befehl „“ gibt es nicht. Es gibt: "),
        (f"{HEADER}paused\tnumber(8\tacht\n", "Einen Befehl „number(8“ gibt es nicht."),
    ],
)
def test_what_is_wrong_is_told_in_german(tmp_path: Path, text: str, expected: str) -> None:
    path = table(tmp_path, text)
    with pytest.raises(SkillError) as caught:
        read_table(path)
    assert expected in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert caught.value.mend


def test_a_file_that_is_not_there_and_one_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SkillError, match="das gibt es nicht"):
        read_table(tmp_path / "nowhere.tsv")
    with pytest.raises(SkillError, match="kann ich nicht lesen"):
        read_table(tmp_path)


@pytest.mark.parametrize(
    ("commands", "command", "right"),
    [
        ("number", Command("number", "8"), True),
        ("number(8)", Command("number", "8"), True),
        ("number(9)", Command("number", "8"), False),
        ("next|number(8)", Command("number", "8"), True),
        ("-", None, True),
        ("-", Command("next"), False),
        ("next", None, False),
        ("next|-", None, True),
        ("next|-", Command("next"), True),
        ("pain", Command("pain", sign="chest"), True),
    ],
)
def test_what_a_row_accepts(commands: str, command: Command | None, right: bool) -> None:
    assert row(commands, "x").accepts(command) is right


@pytest.mark.parametrize(
    ("commands", "kind"),
    [
        ("stop", UtteranceKind.SAFETY),
        ("red_flags|pain", UtteranceKind.SAFETY),
        ("next", UtteranceKind.COMMANDS),
        ("number(8)", UtteranceKind.COMMANDS),
        ("-", UtteranceKind.TALK),
    ],
)
def test_kinds(commands: str, kind: UtteranceKind) -> None:
    assert row(commands, "x").kind is kind


def test_a_command_that_does_not_count_is_not_obeyed(
    content: Content, understanding: Understanding
) -> None:
    judged = judge(understanding, content, row("-", "weiter", "standby"))
    assert judged.is_right
    assert judged.obeyed is None
    assert judged.meaning.command == Command("next")


def test_scores_by_kind(content: Content, understanding: Understanding) -> None:
    rows = [
        row("stop", "stopp"),
        row("pause", "warte mal"),
        row("skip", "weiter"),
        row("-", "hm x"),
    ]
    judged = [judge(understanding, content, one) for one in rows]
    assert scores(judged) == {
        UtteranceKind.SAFETY: Score(1, 1),
        UtteranceKind.COMMANDS: Score(1, 2),
        UtteranceKind.TALK: Score(1, 1),
    }
    assert list(scores(judged[:1])) == [UtteranceKind.SAFETY]


def test_in_all_states(content: Content, understanding: Understanding) -> None:
    found = in_all_states(understanding, content, as_spoken("acht"))
    assert found[Command("number", "8")] == ("menu.count", "exercise.position")
    assert "standby" in found[None]
    assert "hello" in found[None]
    assert list(in_all_states(understanding, content, as_spoken("stopp"))) == [Command("stop")]


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("kannst du bitte also warten", ("also",)),
        ("weiter", ()),
        ("xyz", ()),
        ("wie lange so noch", ("so",)),
    ],
)
def test_fillers_within_a_sentence(
    content: Content, understanding: Understanding, text: str, passed: tuple[str, ...]
) -> None:
    meaning = understanding.text(text, content.live_commands("exercise.repeat"))
    assert passed_within(content, meaning) == passed
