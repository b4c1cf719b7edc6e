import numpy as np
import pytest

from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.voice.loudness import SPEECH_LUFS, loudness
from skill.voice.polish import CEILING_DB, level, limited, polish, trim


def tone(seconds: float, amplitude: float) -> Pcm:
    time = np.arange(round(seconds * VOICE_RATE_HZ)) / VOICE_RATE_HZ
    return np.rint(amplitude * np.cos(2 * np.pi * 440 * time)).astype(np.int16)


def lufs(pcm: Pcm) -> float:
    return loudness(pcm / 32_768)


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
    assert lufs(level(tone(1, amplitude))) == pytest.approx(SPEECH_LUFS, abs=0.1)


def test_pauses_do_not_count_for_the_loudness() -> None:
    line = np.concatenate([tone(2.0, 5_000), silence(100_000), tone(2.0, 5_000)])
    assert lufs(level(line)) == pytest.approx(SPEECH_LUFS, abs=0.1)
    assert lufs(level(line)[: len(tone(2.0, 1))]) == pytest.approx(SPEECH_LUFS, abs=0.7)


def test_peaks_stay_below_the_ceiling_and_the_line_is_no_softer_for_it() -> None:
    spiky = tone(1, 200)
    spiky[[5_000, 9_000]] = 4_000, 9_000
    levelled = level(spiky)
    assert np.abs(levelled.astype(int)).max() <= 32_768 * 10 ** (CEILING_DB / 20) + 1
    assert lufs(levelled) == pytest.approx(SPEECH_LUFS, abs=0.1)


def test_peaks_are_held_down_in_a_line_that_is_as_loud_as_it_must_be_already() -> None:
    spiky = level(tone(1, 3_000))
    spiky[5_000] = 23_600
    assert lufs(spiky) == pytest.approx(SPEECH_LUFS, abs=0.05)
    assert np.abs(level(spiky).astype(int)).max() <= 32_768 * 10 ** (CEILING_DB / 20) + 1


@pytest.mark.parametrize("at", [0, 3, 700, 2_204])
def test_the_limiter_gives_way_gently_and_only_where_it_must(at: int) -> None:
    samples = np.full(2_205, 0.1)
    samples[at] = 0.8
    gains = limited(samples, 0.4) / samples
    assert gains[at] <= 0.5
    assert np.abs(np.diff(gains)).max() < 0.005
    far = np.abs(np.arange(len(samples)) - at) > 0.012 * VOICE_RATE_HZ
    assert (gains[far] == 1).all()


def test_a_line_below_the_ceiling_is_not_touched() -> None:
    samples = tone(0.3, 9_000) / 32_768
    assert limited(samples, 0.5) is samples
