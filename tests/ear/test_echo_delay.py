import numpy as np
import pytest

from skill.ear.echo_delay import MOST_SAMPLES, WINDOW_SAMPLES, find_delay
from skill.messages.blocks import EAR_RATE_HZ, Pcm

LENGTH = WINDOW_SAMPLES + MOST_SAMPLES


def voice(seed: int) -> Pcm:
    """Noise that comes and goes as syllables do."""
    chance = np.random.default_rng(seed)
    syllables = np.repeat(chance.uniform(0, 1, LENGTH // 1_000), 1_000)
    return np.rint(chance.normal(0, 3_000, LENGTH) * syllables).astype(np.int16)


def delayed(played: Pcm, samples: int) -> Pcm:
    return np.pad(played, (samples, 0))[: played.size][-WINDOW_SAMPLES:]


@pytest.mark.parametrize("milliseconds", [50, 172, 400, 950])
def test_the_delay_is_found_however_soft_the_echo(milliseconds: int) -> None:
    played, samples = voice(1), milliseconds * EAR_RATE_HZ // 1000
    hiss = np.random.default_rng(2).normal(0, 10, WINDOW_SAMPLES)
    heard = np.rint(0.05 * delayed(played, samples) + hiss).astype(np.int16)
    assert find_delay(heard, played) == pytest.approx(samples, abs=2)


def test_somebody_who_speaks_as_loud_does_not_hide_it() -> None:
    played = voice(1)
    heard = delayed(played, 3_000) // 2 + voice(3)[-WINDOW_SAMPLES:] // 2
    assert find_delay(heard, played) == pytest.approx(3_000, abs=2)


def test_the_direct_sound_counts_not_a_stronger_reflection() -> None:
    played = voice(1)
    heard = delayed(played, 3_000) // 3 + delayed(played, 3_400) // 2
    assert find_delay(heard, played) == pytest.approx(3_000, abs=2)


@pytest.mark.parametrize("heard", [voice(3), np.zeros(LENGTH, dtype=np.int16)])
def test_without_an_echo_there_is_no_delay(heard: Pcm) -> None:
    assert find_delay(heard[-WINDOW_SAMPLES:], voice(1)) is None
    assert find_delay(heard[-WINDOW_SAMPLES:], np.zeros(LENGTH, dtype=np.int16)) is None
