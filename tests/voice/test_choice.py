"""What the setting ``voice`` may say."""

import unicodedata
from pathlib import Path

import pytest

from skill.errors import VoiceError
from skill.voice.choice import VoiceChoice, find_voices, natural_voices_dir, read_choice
from tests.voice.naturals import lay


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with voices of three speakers."""
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    folder = natural_voices_dir()
    lay(folder / "de_DE-thorsten-high.onnx")
    lay(folder / "de_DE-thorsten-medium.onnx")
    lay(folder / "kerstin" / "de_DE-kerstin-low.onnx")
    lay(folder / "de_DE-thorsten_emotional-medium.onnx")
    return folder


@pytest.mark.parametrize("name", ["gmw/de", "gmw/de+f2", "mb/mb-de5", "de", "thorstn"])
def test_what_is_no_natural_voice_is_for_espeak_to_know(name: str) -> None:
    assert read_choice(name) == VoiceChoice(name)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("thorsten", "de_DE-thorsten-medium.onnx"),
        ("Thorsten", "de_DE-thorsten-medium.onnx"),
        ("thorsten-high", "de_DE-thorsten-high.onnx"),
        ("de_DE-thorsten-high", "de_DE-thorsten-high.onnx"),
        ("kerstin", "kerstin/de_DE-kerstin-low.onnx"),
        ("thorsten_emotional", "de_DE-thorsten_emotional-medium.onnx"),
    ],
)
def test_a_fetched_voice_goes_by_several_names(here: Path, name: str, file: str) -> None:
    assert read_choice(name) == VoiceChoice(name, here / file)


def test_speakers_and_other_languages_are_marked(here: Path) -> None:
    emotional = here / "de_DE-thorsten_emotional-medium.onnx"
    assert read_choice("thorsten_emotional#3") == VoiceChoice("thorsten_emotional", emotional, "3")
    forced = VoiceChoice("thorsten_emotional", emotional, "drunk", any_language=True)
    assert read_choice("thorsten_emotional#drunk!") == forced


def test_any_voice_goes_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = lay(tmp_path / "Köln #1" / "my.onnx")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_choice(str(file)).natural == file
    assert read_choice(f"{file}#2!") == VoiceChoice(str(file), file, "2", any_language=True)
    assert read_choice(f"{file}.json").natural == file
    assert read_choice("~/Köln #1/my.onnx#2").natural == file
    assert read_choice(unicodedata.normalize("NFD", f"{file}#2")).natural == file
    gone = tmp_path / "gone.onnx"
    assert read_choice(str(gone)).natural == gone, "told when it is opened"


@pytest.mark.parametrize("name", ["ramona#3", "ramona!"])
def test_a_natural_voice_that_is_not_here_is_told(name: str) -> None:
    with pytest.raises(VoiceError, match="„ramona“ ist nicht hier") as told:
        read_choice(name)
    assert "voice list" in told.value.mend


def test_voices_are_found_the_usual_of_each_speaker_first() -> None:
    assert [voice.name for voice in find_voices()] == [
        "de_DE-kerstin-low",
        "de_DE-thorsten-medium",
        "de_DE-thorsten-high",
        "de_DE-thorsten_emotional-medium",
    ]


def test_without_a_folder_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path / "empty"))
    assert find_voices() == ()
    assert read_choice("thorsten") == VoiceChoice("thorsten")
