import numpy as np
import pytest

from skill.messages.blocks import VOICE_RATE_HZ
from skill.messages.cues import Direction
from skill.voice.breath import breath

BOTH = list(Direction)


def rms_db(pcm: np.ndarray) -> float:
    return float(10 * np.log10(np.mean((pcm / 32_768.0) ** 2) + 1e-12))


def brightness_hz(pcm: np.ndarray) -> float:
    power = np.abs(np.fft.rfft(pcm)) ** 2
    return float(np.average(np.fft.rfftfreq(len(pcm), 1 / VOICE_RATE_HZ), weights=power))


@pytest.mark.parametrize("direction", BOTH)
@pytest.mark.parametrize("seconds", [0.3, 1.5, 4.0, 8.0])
def test_a_breath_is_as_long_as_asked(direction: Direction, seconds: float) -> None:
    assert len(breath(direction, seconds)) == round(seconds * VOICE_RATE_HZ)


@pytest.mark.parametrize("direction", BOTH)
def test_a_breath_is_audible_within_two_milliseconds(direction: Direction) -> None:
    assert np.flatnonzero(np.abs(breath(direction, 3.0)) > 5)[0] <= 0.002 * VOICE_RATE_HZ


@pytest.mark.parametrize("direction", BOTH)
def test_it_ends_in_silence_and_never_jumps(direction: Direction) -> None:
    pcm = breath(direction, 3.0).astype(int)
    assert rms_db(pcm[-100:]) < -60
    assert abs(pcm[0]) < 60


def test_in_rises_and_out_falls_in_loudness_and_brightness() -> None:
    second = VOICE_RATE_HZ
    inward, outward = breath(Direction.IN, 4.0), breath(Direction.OUT, 4.0)
    assert rms_db(inward[3 * second :]) > rms_db(inward[:second]) + 6
    assert rms_db(outward[:second]) > rms_db(outward[3 * second :]) + 6
    assert brightness_hz(inward[3 * second :]) > 1.5 * brightness_hz(inward[:second])
    assert brightness_hz(outward[:second]) > 1.5 * brightness_hz(outward[3 * second :])


@pytest.mark.parametrize("direction", BOTH)
def test_it_is_quiet_beside_speech(direction: Direction) -> None:
    pcm = breath(direction, 4.0)
    assert -46 < rms_db(pcm) < -36
    assert np.abs(pcm).max() < 0.1 * 32_768


def test_the_same_breath_always_sounds_the_same() -> None:
    first = breath(Direction.IN, 2.0).copy()
    breath.cache_clear()
    assert np.array_equal(first, breath(Direction.IN, 2.0))


@pytest.mark.parametrize("seconds", [0.0, 1e-6, 1e-4, 0.001])
def test_a_breath_of_no_length_is_harmless(seconds: float) -> None:
    assert len(breath(Direction.OUT, seconds)) == round(seconds * VOICE_RATE_HZ)
