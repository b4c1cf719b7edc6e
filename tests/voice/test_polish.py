import numpy as np
import pytest

from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.voice.polish import CEILING_DB, LOUDNESS_DB, level, polish, trim


def tone(seconds: float, amplitude: float) -> Pcm:
    time = np.arange(round(seconds * VOICE_RATE_HZ)) / VOICE_RATE_HZ
    return np.rint(amplitude * np.cos(2 * np.pi * 440 * time)).astype(np.int16)


def rms_db(pcm: Pcm) -> float:
    return float(10 * np.log10(np.mean((pcm / 32_768.0) ** 2)))


def test_silence_is_cut_to_two_milliseconds_before_and_ten_after() -> None:
    sound = tone(0.5, 9_000)
    trimmed = trim(np.concatenate([silence(1_257), sound, silence(10_000)]))
    lead, tail = 44, 220
    assert len(trimmed) == lead + len(sound) + tail
    assert np.array_equal(trimmed[lead:-tail], sound)


def test_quiet_noise_counts_as_silence_and_is_faded() -> None:
    noise = np.random.default_rng(1).integers(-40, 41, 4_000).astype(np.int16)
    trimmed = trim(np.concatenate([noise, tone(0.2, 9_000), noise]))
    assert len(trimmed) < 0.2 * VOICE_RATE_HZ + 300
    assert trimmed[0] == 0
    assert abs(int(trimmed[-1])) <= 1


def test_pauses_inside_a_line_stay() -> None:
    line = np.concatenate([tone(0.2, 9_000), silence(8_000), tone(0.2, 9_000)])
    assert len(trim(line)) == len(line)


@pytest.mark.parametrize("pcm", [silence(0), silence(5_000)])
def test_a_silent_line_is_nothing(pcm: Pcm) -> None:
    assert polish(pcm).size == 0


@pytest.mark.parametrize("amplitude", [300, 3_000, 30_000])
def test_every_line_gets_the_same_loudness(amplitude: float) -> None:
    assert rms_db(level(tone(1, amplitude))) == pytest.approx(LOUDNESS_DB, abs=0.1)


def test_pauses_do_not_count_for_the_loudness() -> None:
    line = np.concatenate([tone(0.4, 5_000), silence(40_000), tone(0.4, 5_000)])
    assert rms_db(level(line)[: len(tone(0.4, 1))]) == pytest.approx(LOUDNESS_DB, abs=0.2)


def test_peaks_stay_below_the_ceiling() -> None:
    spiky = tone(1, 200)
    spiky[5_000] = 30_000
    assert np.abs(level(spiky).astype(int)).max() <= 32_768 * 10 ** (CEILING_DB / 20) + 1
