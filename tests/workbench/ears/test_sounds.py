"""Sounds made here: as long and loud as asked, the same every time, no two alike."""

import numpy as np
import pytest

from skill.messages.blocks import EAR_RATE_HZ
from workbench.ears.sounds import HISS_DBFS, SOUNDS, hiss, silence_sound


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_as_long_as_asked_and_repeatable(name: str) -> None:
    sound = SOUNDS[name](3.5, 1)
    assert len(sound) == round(3.5 * EAR_RATE_HZ)
    assert sound.dtype == np.int16
    assert np.array_equal(sound, SOUNDS[name](3.5, 1))
    assert not np.array_equal(sound, SOUNDS[name](3.5, 2))
    assert 5_000 < np.abs(sound).max() < 32_000


def test_a_quiet_room_is_as_quiet_as_it_says() -> None:
    level = 10 * np.log10(np.mean(np.square(hiss(2, 1) / 32_768)))
    assert level == pytest.approx(HISS_DBFS, abs=0.5)
    assert not silence_sound(1, 1).any()
