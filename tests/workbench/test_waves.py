"""Questions asked of waveforms whose answers are known."""

import numpy as np
import pytest

from skill.audio.waves import sound_end_seconds
from skill.messages.blocks import Pcm
from workbench.waves import first_difference_seconds, runs_of_sound, silent_from_seconds

RATE_HZ = 1_000


def tone(*parts: tuple[float, int]) -> Pcm:
    """Alternating samples: (seconds, amplitude) one after another."""
    return np.concatenate(
        [
            np.resize(np.array([amplitude, -amplitude], dtype=np.int16), round(seconds * RATE_HZ))
            for seconds, amplitude in parts
        ]
    )


def test_the_first_differing_sample_is_found_to_the_sample() -> None:
    one = tone((1.0, 500))
    other = one.copy()
    other[123] += 1
    assert first_difference_seconds(one, other, RATE_HZ) == pytest.approx(0.123)


def test_equal_waves_never_differ() -> None:
    assert first_difference_seconds(tone((1.0, 500)), tone((0.5, 500)), RATE_HZ) is None


def test_the_end_of_a_word_ignores_its_faded_tail() -> None:
    word = tone((0.2, 0), (0.3, 10_000), (0.1, 30), (0.4, 0))
    assert sound_end_seconds(word, RATE_HZ) == pytest.approx(0.5)


def test_what_is_shorter_than_a_frame_has_no_end_of_its_own() -> None:
    assert sound_end_seconds(tone((0.009, 9_000)), RATE_HZ) == 0.0


def test_silence_must_last_to_count() -> None:
    speech = tone((0.3, 9_000), (0.02, 0), (0.2, 9_000), (0.3, 0))
    assert silent_from_seconds(speech, RATE_HZ, 0.1) == pytest.approx(0.52)


def test_a_wave_that_goes_on_is_never_silent() -> None:
    assert silent_from_seconds(tone((1.0, 9_000)), RATE_HZ, 0.0) is None


def test_stretches_of_sound_bridge_short_zeros() -> None:
    wave = tone((0.1, 0), (0.1, 5), (0.01, 0), (0.1, 5), (0.2, 0), (0.1, 5))
    assert list(runs_of_sound(wave, RATE_HZ)) == [(100, 310), (510, 610)]
    assert list(runs_of_sound(tone((0.5, 0)), RATE_HZ)) == []
