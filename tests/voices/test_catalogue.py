import re

import pytest

from rueckgrat.voices.catalogue import PUBLISHED, published
from skill.errors import VoiceError


def test_every_voice_has_a_checksum_a_size_and_an_address_that_does_not_change() -> None:
    assert len(PUBLISHED) == 10
    for voice in PUBLISHED.values():
        assert re.fullmatch(r"sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}", voice.checksum)
        assert re.fullmatch(r"(sha256:[0-9a-f]{64})?", voice.config_checksum)
        assert 20_000_000 < voice.size_bytes < 120_000_000
        assert re.search(r"/resolve/[0-9a-f]{40}/de/de_DE/", voice.model.url)


def test_files_lie_where_the_publisher_has_them() -> None:
    folder = "/de/de_DE/thorsten/medium/"
    voice = PUBLISHED["thorsten"]
    assert voice.model.url.endswith(f"{folder}de_DE-thorsten-medium.onnx")
    assert voice.config.url.endswith(f"{folder}de_DE-thorsten-medium.onnx.json")
    assert voice.card.url.endswith(f"{folder}MODEL_CARD")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("thorsten", "de_DE-thorsten-medium"),
        ("Thorsten", "de_DE-thorsten-medium"),
        ("thorsten-medium", "de_DE-thorsten-medium"),
        ("thorsten-high", "de_DE-thorsten-high"),
        ("de_DE-kerstin-low", "de_DE-kerstin-low"),
        ("eva_k", "de_DE-eva_k-x_low"),
    ],
)
def test_short_and_whole_names_are_known(typed: str, name: str) -> None:
    assert published(typed).name == name
    assert published(published(typed).short_name).name == name


def test_a_slip_of_the_pen_is_understood() -> None:
    with pytest.raises(VoiceError, match="Meinst du „thorsten“") as caught:
        published("torsten")
    assert caught.value.code == "unknown-voice"


def test_a_name_like_none_lists_them_all() -> None:
    with pytest.raises(VoiceError, match=r"Es gibt: eva_k, karlsson.*thorsten-high"):
        published("xyz")
