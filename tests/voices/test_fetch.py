import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rueckgrat.voices import catalogue
from rueckgrat.voices.catalogue import PUBLISHED, PublishedVoice
from rueckgrat.voices.fetch import fetch_voice, folder_of, licence_of
from skill.errors import VoiceError
from skill.files import held
from skill.paths import user_dir
from skill.voice.choice import find_voices, read_choice
from skill.voice.voice_files import read_voice
from tests.voices.published import DESCRIPTION, Publisher, onnx


def _visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if not path.name.startswith("."))


def _kerstin() -> PublishedVoice:
    return PUBLISHED["kerstin"]


@pytest.mark.parametrize("name", ["thorsten", "kerstin", "thorsten-high", "eva_k"])
def test_a_voice_is_brought_whole_and_can_be_chosen(publisher: Publisher, name: str) -> None:
    progress: list[tuple[int, int]] = []
    model = fetch_voice(PUBLISHED[name], lambda *step: progress.append(step))
    assert model.read_bytes() == onnx()
    assert _visible(model.parent) == [model.name, f"{model.name}.json"]
    assert read_choice(name).natural == model
    assert read_voice(read_choice(name)).language == "de"
    assert progress[0] == (0, len(onnx()))
    assert progress[-1] == (len(onnx()), len(onnx()))


def test_what_is_there_is_not_fetched_again(publisher: Publisher) -> None:
    fetch_voice(_kerstin())
    asked = len(publisher.server.asked)
    fetch_voice(_kerstin())
    assert len(publisher.server.asked) == asked


def test_a_damaged_voice_is_fetched_anew(publisher: Publisher) -> None:
    model = fetch_voice(_kerstin())
    model.write_bytes(onnx()[:-1])
    assert fetch_voice(_kerstin()).read_bytes() == onnx()


def test_a_download_goes_on_where_it_was_cut_off(publisher: Publisher) -> None:
    publisher.server.cut_after_bytes = 100_000
    with pytest.raises(VoiceError, match=r"abgerissen.*geht da weiter.*die ich habe") as caught:
        fetch_voice(_kerstin())
    assert caught.value.code == "no-connection"
    assert find_voices() == ()
    publisher.server.cut_after_bytes = None
    fetch_voice(_kerstin())
    path, wanted = publisher.server.asked[-1]
    assert path.endswith(".onnx")
    assert wanted is not None
    assert 80_000 < int(wanted.removeprefix("bytes=").rstrip("-")) <= 100_000


@pytest.mark.parametrize(("name", "kind"), [("thorsten", "sha256"), ("eva_k", "md5")])
def test_another_file_than_the_published_one_is_thrown_away(
    publisher: Publisher, name: str, kind: str
) -> None:
    publisher.has(PUBLISHED[name], ".onnx", onnx().replace(b"g", b"h"))
    with pytest.raises(VoiceError, match=f"nicht die veröffentlichte Stimme .die {kind} ist"):
        fetch_voice(PUBLISHED[name])
    assert find_voices() == ()
    publisher.has(PUBLISHED[name], ".onnx", onnx())
    fetch_voice(PUBLISHED[name])


@pytest.mark.parametrize(
    "description",
    [
        b"<html>Bitte anmelden</html>",
        b"",
        json.dumps({**DESCRIPTION, "audio": {}}).encode(),
    ],
)
def test_a_description_that_is_none_is_not_kept(publisher: Publisher, description: bytes) -> None:
    publisher.has(_kerstin(), ".onnx.json", description)
    with pytest.raises(VoiceError, match="keine ganze Stimme"):
        fetch_voice(_kerstin())
    publisher.has_all_of(_kerstin())
    fetch_voice(_kerstin())
    assert read_voice(read_choice("kerstin")).rate_hz == 16_000


def test_without_network_one_sentence_says_so_and_that_the_old_voice_goes_on(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "ADDRESS", "http://127.0.0.1:9")
    with pytest.raises(VoiceError, match=r"keine Verbindung zu 127\.0\.0\.1.*die ich habe"):
        fetch_voice(_kerstin())
    assert _visible(folder_of(_kerstin())) == []


def test_a_server_without_the_voice_is_quoted(publisher: Publisher) -> None:
    publisher.server.status = 404
    with pytest.raises(VoiceError, match=r"gibt die Stimme nicht heraus \(Antwort 404\)"):
        fetch_voice(_kerstin())


def test_a_full_disk_is_named(publisher: Publisher) -> None:
    part = folder_of(_kerstin()) / f".{_kerstin().name}.onnx.part"
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    with pytest.raises(VoiceError, match=r"Die Stimme kann ich nicht in .*der Speicher ist voll"):
        fetch_voice(_kerstin())
    assert find_voices() == ()


@pytest.fixture
def somebody_fetches() -> Iterator[None]:
    with held(user_dir("cache") / "fetching.lock"):
        yield


@pytest.mark.usefixtures("somebody_fetches")
def test_two_at_once_do_not_mix(publisher: Publisher) -> None:
    with pytest.raises(VoiceError, match="gerade schon etwas geholt"):
        fetch_voice(_kerstin())


def test_the_licence_is_known_or_quoted_from_the_card(publisher: Publisher) -> None:
    assert licence_of(_kerstin()) == "CC0 (gemeinfrei)"
    said = licence_of(PUBLISHED["ramona"])
    assert said.startswith(f"siehe {folder_of(PUBLISHED['ramona']) / 'MODEL_CARD'}")
    assert "License: See URL" in said
    assert find_voices() == (), "a card alone is no voice"
