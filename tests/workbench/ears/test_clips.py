import numpy as np
import pytest

from skill.messages.blocks import Pcm
from skill.messages.heard import Command
from workbench.ears.clips import padded

LOUD: Pcm = np.full(8000, 8000, dtype=np.int16)


def test_a_padded_clip_knows_where_its_word_ends() -> None:
    clip = padded(LOUD, 0.5, 1.0, Command("next"))
    assert clip.end_seconds == pytest.approx(1.0, abs=0.011)
    assert len(clip.pcm) == 32_000
