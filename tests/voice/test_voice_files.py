"""Files of natural voices that are whole, and all that may be wrong with them."""

from pathlib import Path
from typing import Any

import pytest

from skill.errors import VoiceError
from skill.voice.choice import VoiceChoice
from skill.voice.voice_files import read_voice, read_voice_file
from tests.voice.naturals import JOE, description, lay, model


def refused(path: Path) -> VoiceError:
    with pytest.raises(VoiceError) as told:
        read_voice_file(path)
    assert told.value.mend
    return told.value


def test_a_real_voice_is_read() -> None:
    voice = read_voice_file(JOE)
    assert (voice.language, voice.rate_hz, voice.quality) == ("en", 22_050, "medium")
    assert (voice.length_scale, voice.speakers, voice.speaker("")) == (1.0, 1, 0)
    assert len(voice.digest) == 64


def test_either_file_makes_another_voice_of_it(tmp_path: Path) -> None:
    plain = read_voice_file(lay(tmp_path / "a" / "x.onnx")).digest
    assert read_voice_file(lay(tmp_path / "b" / "x.onnx")).digest == plain
    slower = description(inference={"length_scale": 1.2})
    changed = [
        read_voice_file(lay(tmp_path / "c" / "x.onnx", slower)).digest,
        read_voice_file(lay(tmp_path / "d" / "x.onnx", content=model(b"other"))).digest,
    ]
    assert len({plain, *changed}) == 3


@pytest.mark.parametrize("rate_hz", [16_000, 22_050])
def test_the_usual_rates(tmp_path: Path, rate_hz: int) -> None:
    described = description(audio={"sample_rate": rate_hz})
    assert read_voice_file(lay(tmp_path / "x.onnx", described)).rate_hz == rate_hz


def test_a_voice_that_is_not_there(tmp_path: Path) -> None:
    assert "gibt es nicht" in str(refused(tmp_path / "x.onnx"))
    (tmp_path / "y.onnx").mkdir()
    assert "gibt es nicht" in str(refused(tmp_path / "y.onnx"))


def test_one_file_without_the_other(tmp_path: Path) -> None:
    lay(tmp_path / "x.onnx").unlink()
    assert "fehlt die Stimme selbst: x.onnx" in str(refused(tmp_path / "x.onnx"))
    lay(tmp_path / "y.onnx").with_name("y.onnx.json").unlink()
    assert "fehlt ihre Beschreibung: y.onnx.json" in str(refused(tmp_path / "y.onnx"))


@pytest.mark.parametrize("length", [0, 1, 5, 14, 15, -1, -4, -5])
def test_a_model_that_was_cut_off(tmp_path: Path, length: int) -> None:
    whole = model(b"x" * 100)
    error = refused(lay(tmp_path / "x.onnx", content=whole[:length]))
    assert "abgeschnitten" in error.problem
    assert "voice fetch" in error.mend


def test_a_real_model_that_was_cut_off(tmp_path: Path) -> None:
    with JOE.open("rb") as file:
        assert "abgeschnitten" in str(refused(lay(tmp_path / "x.onnx", content=file.read(9_999))))


@pytest.mark.parametrize("content", [b"Hallo Welt\n", b"{}", b"RIFF", b"\x08" + b"\xff" * 99])
def test_a_model_that_is_something_else(tmp_path: Path, content: bytes) -> None:
    assert refused(lay(tmp_path / "x.onnx", content=content)).code in {
        "no-voice-file",
        "voice-cut-off",
    }


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ({}, "audio fehlt"),
        ([1, 2], "keine Beschreibung"),
        (description(audio={"sample_rate": "22050"}), "audio.sample_rate"),
        (description(audio={"sample_rate": 22050.5}), "audio.sample_rate"),
        (description(audio={"sample_rate": 0}), "audio.sample_rate"),
        (description(audio={}), "audio.sample_rate fehlt"),
        (description(espeak={}), "espeak.voice fehlt"),
        (description(num_speakers=0), "num_speakers"),
        (description(phoneme_id_map={}), "phoneme_id_map"),
        (description(inference={"length_scale": 0}), "inference.length_scale"),
    ],
)
def test_a_description_that_is_wrong(tmp_path: Path, described: Any, said: str) -> None:
    assert said in refused(lay(tmp_path / "x.onnx", described)).problem


@pytest.mark.parametrize("text", [b"", b"Hallo", b'{"audio": ', b"\xff\xfe\x00"])
def test_a_description_that_is_no_json(tmp_path: Path, text: bytes) -> None:
    path = lay(tmp_path / "x.onnx")
    path.with_name("x.onnx.json").write_bytes(text)
    assert "keine Beschreibung" in refused(path).problem


def test_a_voice_of_another_language_is_refused_unless_forced(tmp_path: Path) -> None:
    path = lay(tmp_path / "x.onnx", description("en-us"))
    with pytest.raises(VoiceError, match="kein Deutsch, sondern „en“") as told:
        read_voice(VoiceChoice("x", path))
    assert "„x!“" in told.value.mend
    assert read_voice(VoiceChoice("x", path, any_language=True)).language == "en"
    assert read_voice(VoiceChoice("y", lay(tmp_path / "y.onnx"))).language == "de"


def test_speakers_go_by_number_or_name(tmp_path: Path) -> None:
    names = {"amused": 0, "angry": 1, "neutral": 4}
    several = description(num_speakers=8, speaker_id_map=names)
    voice = read_voice_file(lay(tmp_path / "x.onnx", several))
    assert [voice.speaker(one) for one in ("", "7", "neutral")] == [0, 7, 4]
    with pytest.raises(VoiceError, match="„8“") as told:
        voice.speaker("8")
    assert "#0 bis #7, oder beim Namen: amused, angry, neutral." in told.value.mend
    with pytest.raises(VoiceError, match="„happy“"):
        voice.speaker("happy")


def test_a_voice_with_one_speaker_has_no_other(tmp_path: Path) -> None:
    voice = read_voice_file(lay(tmp_path / "x.onnx"))
    assert voice.speaker("0") == 0
    with pytest.raises(VoiceError, match="„3“") as told:
        voice.speaker("3")
    assert "Lass „#3“ weg" in told.value.mend


def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lay(tmp_path / "x.onnx")

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "nicht lesen (das ist mir nicht erlaubt)" in refused(path).problem
