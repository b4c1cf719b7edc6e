import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ
from skill.voice.cache import LineCache
from skill.voice.renderings import SECONDS_PER_CHARACTER, Renderings
from skill.voice.respelling import Respeller


def lines(
    folder: Path, synthesiser: Any, max_memory_bytes: int = 2**20, **respellings: str
) -> Renderings:
    return Renderings(synthesiser, Respeller(respellings), LineCache(folder), max_memory_bytes)


def test_a_line_is_rendered_once_and_for_all(tmp_path: Path, synthesiser: Any) -> None:
    first = lines(tmp_path, synthesiser)
    one, two = first.pcm("Hallo"), first.pcm("Hallo")
    three = lines(tmp_path, synthesiser).pcm("Hallo")
    assert synthesiser.rendered == ["Hallo"]
    assert np.array_equal(one, two)
    assert np.array_equal(one, three)


def test_another_voice_renders_anew(tmp_path: Path, synthesiser: Any) -> None:
    lines(tmp_path, synthesiser).pcm("Hallo")
    synthesiser.identity = "deeper tone"
    lines(tmp_path, synthesiser).pcm("Hallo")
    assert synthesiser.rendered == ["Hallo", "Hallo"]


def test_the_voice_reads_the_respelling(tmp_path: Path, synthesiser: Any) -> None:
    lines(tmp_path, synthesiser, Qi="Tschi").pcm("Qi Gong")
    assert synthesiser.rendered == ["Tschi Gong"]


def test_memory_is_bounded_and_the_disk_takes_over(tmp_path: Path, synthesiser: Any) -> None:
    bounded = lines(tmp_path, synthesiser, max_memory_bytes=10_000)
    texts = [f"Zeile {number:02}" for number in range(30)]
    for text in texts * 2:
        bounded.pcm(text)
        assert sum(pcm.nbytes for pcm in bounded._memory.values()) <= 10_000
    assert synthesiser.rendered == texts


def test_a_line_longer_than_the_memory_is_still_spoken(tmp_path: Path, synthesiser: Any) -> None:
    assert lines(tmp_path, synthesiser, max_memory_bytes=10).pcm("Hallo").size


def test_seconds_are_those_of_the_samples(tmp_path: Path, synthesiser: Any) -> None:
    one = lines(tmp_path, synthesiser)
    assert one.seconds("Hallo") == len(one.pcm("Hallo")) / VOICE_RATE_HZ


def test_a_line_that_cannot_be_spoken_has_an_estimated_length(
    tmp_path: Path, synthesiser: Any, caplog: pytest.LogCaptureFixture
) -> None:
    broken = lines(tmp_path, synthesiser)
    with caplog.at_level(logging.INFO):
        assert broken.seconds("kaputt") == 6 * SECONDS_PER_CHARACTER
    assert "estimated" in caplog.text
    with pytest.raises(VoiceError):
        broken.pcm("kaputt")
