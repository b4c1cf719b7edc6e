"""Manners change the voice and leave the timing alone."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("pyworld", reason="the extra `train` is not installed")

from models.training.config import SAMPLE_RATE_HZ
from models.training.manners import MANNERS, spoken


@pytest.fixture(scope="module")
def vowel() -> np.ndarray:
    """Half a second of nothing, half a second of a buzz of 120 Hz, half a second of nothing."""
    time = np.arange(SAMPLE_RATE_HZ // 2) / SAMPLE_RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 120 * n * time) / n for n in range(1, 20))
    quiet = np.random.default_rng(1).normal(0, 1, len(time))
    return np.concatenate([quiet, 3_000 * buzz, quiet]).astype(np.float32)


@pytest.mark.parametrize("manner", MANNERS)
def test_the_sound_stays_where_it_was(manner: str, vowel: np.ndarray) -> None:
    said = spoken(vowel, manner, np.random.default_rng(2))
    assert len(said) == len(vowel)
    before, during, after = (float(np.abs(part).mean()) for part in np.split(said, 3))
    assert during > 10 * max(before, after)


def test_a_whisper_has_no_pitch(vowel: np.ndarray) -> None:
    def periodic(samples: np.ndarray) -> float:
        middle = samples[len(samples) // 3 :][: SAMPLE_RATE_HZ // 2]
        period = SAMPLE_RATE_HZ // 120
        return float(np.corrcoef(middle[:-period], middle[period:])[0, 1])

    assert periodic(vowel) > 0.9
    assert periodic(spoken(vowel, "whispered", np.random.default_rng(2))) < 0.3
