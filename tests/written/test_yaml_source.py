import string
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.errors import ContentError
from skill.written import yaml_source
from skill.written.yaml_source import read_yaml, spell

WriteYaml = Callable[[str], Path]


def complaint(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    return str(caught.value).replace(f"{path}, ", "").replace(str(path), "file")


def test_scalars_stay_as_written(write_yaml: WriteYaml) -> None:
    source = read_yaml(write_yaml("no: yes\nnull: 08\nquoted: ''\nleft_out:\n"))
    assert source.value == {"no": "yes", "null": "08", "quoted": "", "left_out": None}


def test_every_value_knows_its_line(write_yaml: WriteYaml) -> None:
    source = read_yaml(write_yaml("# first\na:\n  - x\n  -\n    b: y\nc: [u,\n    v]\n"))
    assert source.line(("a",)) == 2
    assert source.line(("a", 0)) == 3
    assert source.line(("a", 1, "b")) == 5
    assert source.line(("c", 1)) == 7


def test_the_line_of_something_missing_is_that_of_its_group(write_yaml: WriteYaml) -> None:
    source = read_yaml(write_yaml("a: 1\nb:\n  c: 2\n"))
    assert source.line(("b", "d")) == 2
    assert source.line(("b", "a union's member", "c")) == 3
    assert source.line(("nowhere",)) == 1


def test_umlauts_are_one_character_however_they_were_typed(tmp_path: Path) -> None:
    path = tmp_path / "mac.yaml"
    path.write_bytes("title: Bru\u0308cke\n".encode())
    assert read_yaml(path).value == {"title": "Brücke"}


def test_windows_files_are_welcome(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_yaml(path).value == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb:\n\tc: 2\n", "Zeile 3: Die Zeile beginnt mit einem Tabulator."),
        ("a: 1\nb: 2\na: 3\n", "Zeile 3: Feld „a“ steht zweimal da, zuerst in Zeile 1."),
        ("a:\n  b: 1\n   c: 2\n", "Zeile 3: Hier steht ein Doppelpunkt zu viel, oder die Zeile"),
        ("a:\n  b: 1\n c: 2\n", "Zeile 3: Die Zeile ist anders eingerückt"),
        ("a:\n  - b\n - c\n", "Zeile 3: Die Zeile ist anders eingerückt"),
        ("a: so: viel\n", "Zeile 1: Hier steht ein Doppelpunkt zu viel"),
        ("a: 1\nb c\nd: 2\n", "Zeile 2: Eine Zeile ist weder ein Feld noch der Eintrag"),
        ("a: 1\nb: [c,\n  d\ne: 2\n", "Zeile 2: Eine Klammer oder ein Anführungszeichen ist nicht"),
        ("a: 1\nb: 'c\nd: 2\n", "Zeile 2: Ein Anführungszeichen ist offen"),
        ("a: @b\n", "Zeile 1: Ein Wert beginnt mit einem Zeichen, das"),
        ("a: *b\n", "Zeile 1: Ein Wert beginnt mit einem Zeichen, das"),
        ("a: &b c\nd: *b\n", "Zeile 2: Feld „d“ wiederholt Zeile 1 durch ein Kürzel (*)."),
        ("a: &b [*b]\n", "Zeile 1: Feld „a“, Eintrag 1 wiederholt Zeile 1 durch"),
        ("a: 1\n---\nb: 2\n", "Zeile 2: Eine Zeile aus drei Strichen"),
        ("[a]: 1\n", "Zeile 1: Ein Feld muss ein Wort heißen."),
        ("a: 1\nb: c\u0007\n", "Zeile 2: In der Zeile steht ein unsichtbares Zeichen."),
        ("a: 1\nb: Mus\u00adkel\n", "Zeile 2: In der Zeile steht ein unsichtbares Zeichen."),
        ("", "file: Die Datei ist leer."),
        ("# nothing but a remark\n", "file: Die Datei ist leer."),
    ],
)
@pytest.mark.parametrize("loader", [getattr(yaml, "CBaseLoader", yaml.BaseLoader), yaml.BaseLoader])
def test_what_is_no_yaml_is_met_with_a_sentence(
    write_yaml: WriteYaml,
    monkeypatch: pytest.MonkeyPatch,
    loader: type[yaml.BaseLoader],
    text: str,
    expected: str,
) -> None:
    monkeypatch.setattr(yaml_source, "_LOADER", loader)
    assert expected in complaint(write_yaml(text))


def test_another_encoding_is_met_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: 1\ntitle: Brücke\n".encode("latin-1"))
    assert "Zeile 2: Der Text ist nicht UTF-8. Speichere die Datei neu" in complaint(path)


def test_what_cannot_be_read_is_met_with_a_sentence(tmp_path: Path) -> None:
    assert "file: Die Datei kann ich nicht lesen (das gibt es nicht)." in complaint(
        tmp_path / "missing.yaml"
    )
    assert "file: Die Datei kann ich nicht lesen (das ist ein Ordner)." in complaint(tmp_path)


def test_locations_are_spelt_as_a_person_counts() -> None:
    assert spell(("phases", 1, "say", 0)) == "Feld „phases“, Eintrag 2, „say“, Eintrag 1"
    assert spell(()) == "Die Datei"


NAMES = st.text(string.ascii_lowercase + "äöüß", min_size=1, max_size=6)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "), max_size=20)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(
    value=st.dictionaries(NAMES, VALUES, min_size=1, max_size=3), width=st.sampled_from([40, 999])
)
def test_what_yaml_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, value: dict[str, object], width: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    text = yaml.safe_dump(value, allow_unicode=True, width=width, default_style='"')
    path.write_text(text, encoding="utf-8")
    assert read_yaml(path).value == _normal(value)


def _normal(value: object) -> object:
    if isinstance(value, dict):
        return {_normal(key): _normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return unicodedata.normalize("NFC", str(value))


@settings(max_examples=60)
@given(text=st.text(st.sampled_from("ab: -[]{},'\"\n\t#&*!|>%@`?ü\r\x00\x85\u2028"), max_size=30))
def test_any_text_is_read_or_met_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        source = read_yaml(path)
    except ContentError as error:
        mend = error.mend
        lines = [1]
    else:
        mend = "none needed"
        lines = list(source.lines.values())
    assert mend
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
