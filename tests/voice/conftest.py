from pathlib import Path

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import Pcm
from skill.voice.cache import LineCache
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller
from skill.voice.voice import Voice

SAMPLES_PER_CHARACTER = 220


class ToneSynthesiser:
    """A synthesiser without an engine: every character is 10 ms of tone, so lengths are known."""

    def __init__(self) -> None:
        self.identity = "tone"
        self.rendered: list[str] = []

    def render(self, text: str) -> Pcm:
        if "kaputt" in text:
            raise VoiceError("The tone is broken.")
        self.rendered.append(text)
        phase = np.arange(SAMPLES_PER_CHARACTER * len(text)) * 0.3
        return np.rint(8_000 * np.cos(phase)).astype(np.int16)


@pytest.fixture
def synthesiser() -> ToneSynthesiser:
    return ToneSynthesiser()


@pytest.fixture
def voice(synthesiser: ToneSynthesiser, tmp_path: Path) -> Voice:
    return Voice(Renderings(synthesiser, Respeller({}), LineCache(tmp_path)))
