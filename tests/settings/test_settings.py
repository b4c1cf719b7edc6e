import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from skill.errors import SettingsError
from skill.settings import (
    Settings,
    load_in_spite_of_the_file,
    load_settings,
    save_setting,
    settings_file,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_without_anything_the_defaults_count(file: Path) -> None:
    assert load_settings(environment={}, file=file) == Settings()


def test_an_option_beats_the_environment_which_beats_the_file(file: Path) -> None:
    _write(file, 'voice = "file"\nmicrophone = "file"\nspeaker = "file"\n')
    environment = {"RUECKGRAT_VOICE": "environment", "RUECKGRAT_MICROPHONE": "environment"}
    settings = load_settings({"voice": "option"}, environment=environment, file=file)
    assert (settings.voice, settings.microphone, settings.speaker) == (
        "option",
        "environment",
        "file",
    )


def test_options_that_were_not_given_change_nothing(file: Path) -> None:
    _write(file, "words_per_minute = 120\n")
    settings = load_settings({"words_per_minute": None}, environment={}, file=file)
    assert settings.words_per_minute == 120


def test_empty_and_foreign_variables_change_nothing(file: Path) -> None:
    environment = {"RUECKGRAT_VOICE": "", "RUECKGRAT_HOME": "/somewhere", "VOICE": "x"}
    assert load_settings(environment=environment, file=file) == Settings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().voice = "other"  # type: ignore[misc]


def test_a_wrong_value_in_the_file_names_file_line_and_what_is_allowed(file: Path) -> None:
    _write(file, '# mine\nvoice = "gmw/de"\n\nwords_per_minute = 500\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(environment={}, file=file)
    assert caught.value.problem == (
        f"Die Einstellung words_per_minute darf nicht „500“ sein (Zeile 4 von {file})."
    )
    assert caught.value.mend == "Erlaubt ist alles bis 300."


@pytest.mark.parametrize("text", ['\n[sounds]\nloud = "yes"\n', '\nsounds = "loud"\n'])
def test_an_unknown_setting_names_the_known_ones(file: Path, text: str) -> None:
    _write(file, text)
    with pytest.raises(SettingsError, match=r"sounds gibt es nicht \(Zeile 2 von .*microphone"):
        load_settings(environment={}, file=file)


def test_a_wrong_variable_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match="Umgebungsvariable RUECKGRAT_WORDS_PER_MINUTE"):
        load_settings(environment={"RUECKGRAT_WORDS_PER_MINUTE": "laut"}, file=file)


def test_a_wrong_option_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match="Option --words-per-minute"):
        load_settings({"words_per_minute": 3}, environment={}, file=file)


@pytest.mark.parametrize("content", [b"voice = gmw\n", b"voice = 'a'\nvoice = 'b'\n", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_named_with_the_mend(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings\.toml verstehe ich nicht.*in jede Zeile"):
        load_settings(environment={}, file=file)


def test_a_folder_in_place_of_the_file_is_said(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(SettingsError, match="das ist ein Ordner"):
        load_settings(environment={}, file=file)


def test_a_file_that_is_wrong_need_not_keep_anybody_from_training(file: Path) -> None:
    _write(file, 'voice = "de+f3"\nwords_per_minute = 500\n')
    settings, wrong = load_in_spite_of_the_file({"speaker": "Jabra"}, environment={}, file=file)
    assert settings == Settings(speaker="Jabra")
    assert wrong is not None
    assert "Zeile 2" in wrong.problem
    _write(file, 'voice = "de+f3"\n')
    settings, wrong = load_in_spite_of_the_file(environment={}, file=file)
    assert (settings.voice, wrong) == ("de+f3", None)


def test_a_wrong_option_is_an_error_whatever_the_file_says(file: Path) -> None:
    _write(file, "words_per_minute = 500\n")
    with pytest.raises(SettingsError, match="Option --words-per-minute"):
        load_in_spite_of_the_file({"words_per_minute": 3}, environment={}, file=file)


def test_saving_keeps_comments_and_other_settings(file: Path) -> None:
    _write(file, '# my speakerphone\nmicrophone = "Jabra"  # on the shelf\nmodel = "old"\n')
    assert save_setting("model", "new", file) == file
    assert file.read_text(encoding="utf-8") == (
        '# my speakerphone\nmicrophone = "Jabra"  # on the shelf\nmodel = "new"\n'
    )
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_saving_makes_the_file(file: Path) -> None:
    save_setting("words_per_minute", 120, file)
    assert load_settings(environment={}, file=file).words_per_minute == 120


@pytest.mark.parametrize("text", ["words_per_minute = 'laut'\n", "nonsense\n"])
def test_saving_leaves_a_wrong_file_alone(file: Path, text: str) -> None:
    _write(file, text)
    with pytest.raises(SettingsError):
        save_setting("model", "new", file)
    assert file.read_text(encoding="utf-8") == text


def test_saving_refuses_a_wrong_value(file: Path) -> None:
    with pytest.raises(SettingsError, match="words_per_minute"):
        save_setting("words_per_minute", 1, file)
    assert not file.exists()


def test_saving_where_nothing_can_be_written_is_said(file: Path) -> None:
    file.parent.write_text("a file in place of the folder", encoding="utf-8")
    with pytest.raises(SettingsError, match="kann ich nicht"):
        save_setting("model", "new", file)


def test_the_home_variable_moves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    assert settings_file() == tmp_path / "config" / "settings.toml"


CASES = (
    ("bom", b'\xef\xbb\xbfmicrophone = "Jabra"\n', "microphone", "Jabra"),
    ("nfd", 'microphone = "Kopfho\u0308rer"'.encode(), "microphone", "Kopfhörer"),
    ("nfd-name", 'people = ["Ju\u0308rgen", "Anna"]'.encode(), "people", ("Jürgen", "Anna")),
    ("utf-16", 'speaker = "Kopfhörer"\r\n'.encode("utf-16"), "speaker", "Kopfhörer"),
    ("utf-16-le", 'speaker = "Kopfhörer"\n'.encode("utf-16-le"), "speaker", "Kopfhörer"),
    ("latin-1", 'wake = ["hallo jürgen"]\n'.encode("latin-1"), "wake", ("hallo jürgen",)),
    ("ja", b'stays = "ja"\n', "stays", True),
    ("nein", b'learn_words = "Nein"\n', "learn_words", False),
    ("old line ends", b'# mine\rvoice = "de"\r', "voice", "de"),
    ("hidden", 'people = ["\u200bAnna\u00a0Maria"]'.encode(), "people", ("Anna Maria",)),
    ("commas", b'invitations = "Mo, Mi, Fr 18:00"', "invitations", ("Mo, Mi, Fr 18:00",)),
    (
        "two",
        b'invitations = "Mo, Mi 18:00, Sa 10 Uhr"',
        "invitations",
        ("Mo, Mi 18:00", "Sa 10 Uhr"),
    ),
    ("span", b'invitations = ["Mo - Fr 7:30"]', "invitations", ("Mo - Fr 7:30",)),
)


@pytest.mark.parametrize(
    ("raw", "name", "value"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_file_counts_however_it_was_typed_and_saved(
    file: Path, raw: bytes, name: str, value: object
) -> None:
    file.parent.mkdir()
    file.write_bytes(raw)
    assert getattr(load_settings(environment={}, file=file), name) == value


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ('people = ["Anna", "Bernd"\n', "Schließ jede Klammer, die du öffnest"),
        ("stays = ja\n", 'Setz den Wert in Anführungszeichen: stays = "ja"'),
        ("microphone = „USB“\n", "Nimm gerade Anführungszeichen"),
        ('voice = "de"\nvoice = "de+f3"\n', "lösch eine davon"),
        ("Mikrofon USB\n", "Schreib in jede Zeile eine Einstellung"),
    ],
)
def test_what_is_no_toml_is_met_with_a_way_to_mend_it(file: Path, text: str, mend: str) -> None:
    _write(file, text)
    with pytest.raises(SettingsError, match="verstehe ich nicht") as caught:
        load_settings(environment={}, file=file)
    assert mend in caught.value.mend


def test_what_is_no_text_is_met_with_a_sentence(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"voice = \x81\x8d\xff\xfe")
    with pytest.raises(SettingsError, match="nicht UTF-8"):
        load_settings(environment={}, file=file)


def test_options_and_environment_may_be_typed_on_any_terminal(file: Path) -> None:
    latin = os.fsdecode("Kopfhörer".encode("latin-1"))
    settings = load_settings(
        {"microphone": latin}, environment={"RUECKGRAT_PEOPLE": "Ju\u0308rgen"}, file=file
    )
    assert (settings.microphone, settings.people) == ("Kopfhörer", ("Jürgen",))


def test_writing_to_a_file_with_a_byte_order_mark_keeps_what_is_in_it(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b'\xef\xbb\xbfmicrophone = "Jabra"\n')
    save_setting("model", "rueckgrat-small-de", file=file)
    assert load_settings(environment={}, file=file).microphone == "Jabra"
