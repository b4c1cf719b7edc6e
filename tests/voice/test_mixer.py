import numpy as np
import pytest

from skill.messages.blocks import VOICE_BLOCK_SAMPLES, Pcm
from skill.voice.mixer import FADE_SAMPLES, RAMP_SAMPLES, Mixer

FIRST = VOICE_BLOCK_SAMPLES


def steady(samples: int, value: int = 10_000) -> Pcm:
    return np.full(samples, value, dtype=np.int16)


def play(mixer: Mixer, blocks: int) -> Pcm:
    return np.concatenate([mixer.next_block() for _ in range(blocks)])


def test_silence_without_sounds() -> None:
    block = Mixer().next_block()
    assert block.dtype == np.int16
    assert len(block) == VOICE_BLOCK_SAMPLES
    assert not block.any()


@pytest.mark.parametrize("start", [FIRST, FIRST + 1, FIRST + 2_204, FIRST + 2_205, 3 * FIRST + 7])
def test_a_sound_lies_exactly_where_it_was_put(start: int) -> None:
    mixer = Mixer()
    sound = np.arange(1, 5_001, dtype=np.int16)
    mixer.add(sound, start)
    heard = play(mixer, 8)
    expected = np.zeros_like(heard)
    expected[start - FIRST : start - FIRST + len(sound)] = sound
    assert np.array_equal(heard, expected)


def test_sounds_are_summed() -> None:
    mixer = Mixer()
    mixer.add(steady(3_000, 4_000), FIRST)
    mixer.add(steady(1_000, -1_500), FIRST + 1_000)
    heard = play(mixer, 2)
    assert set(heard[:1_000]) == {4_000}
    assert set(heard[1_000:2_000]) == {2_500}
    assert set(heard[2_000:3_000]) == {4_000}
    assert not heard[3_000:].any()


def test_the_past_cannot_be_changed() -> None:
    mixer = Mixer()
    mixer.next_block()
    with pytest.raises(ValueError, match="has been played"):
        mixer.add(steady(10), mixer.position - 1)


def test_a_cut_fades_within_twenty_milliseconds_and_drops_the_rest() -> None:
    mixer = Mixer()
    mixer.add(steady(50_000), FIRST)
    mixer.add(steady(50_000), 5 * FIRST)
    mixer.next_block()
    mixer.cut()
    heard = play(mixer, 12)
    assert heard[0] == 10_000
    assert (np.diff(heard[:FADE_SAMPLES]) <= 0).all()
    assert np.abs(np.diff(heard)).max() < 50  # no click
    assert FADE_SAMPLES <= 0.020 * 22_050
    assert not heard[FADE_SAMPLES:].any()


def test_a_sound_that_ends_within_the_fade_ends_where_it_would() -> None:
    mixer = Mixer()
    mixer.add(steady(VOICE_BLOCK_SAMPLES + 100), FIRST)
    mixer.next_block()
    mixer.cut()
    heard = mixer.next_block()
    assert heard[99] > 0
    assert not heard[100:].any()


def test_after_a_cut_new_sounds_play() -> None:
    mixer = Mixer()
    mixer.add(steady(50_000), FIRST)
    mixer.next_block()
    mixer.cut()
    mixer.cut()
    mixer.add(steady(1_000, 3_000), mixer.position + FADE_SAMPLES)
    assert set(mixer.next_block()[FADE_SAMPLES : FADE_SAMPLES + 1_000]) == {3_000}


def test_the_volume_changes_in_the_next_block_without_a_step() -> None:
    mixer = Mixer()
    mixer.add(steady(50_000), FIRST)
    before = mixer.next_block()
    mixer.set_gain(-6.02)
    after = mixer.next_block()
    assert set(before) == {10_000}
    assert np.abs(np.diff(after[:RAMP_SAMPLES])).max() < 20
    assert after[0] == 10_000
    assert np.all(np.abs(after[RAMP_SAMPLES:] - 5_000) <= 1)
    assert np.array_equal(mixer.next_block(), after[-1:].repeat(VOICE_BLOCK_SAMPLES))


def test_a_volume_set_in_silence_is_there_with_the_next_sound() -> None:
    mixer = Mixer()
    mixer.set_gain(-6.02)
    mixer.next_block()
    mixer.add(steady(100), mixer.position)
    assert abs(int(mixer.next_block()[0]) - 5_000) <= 1


@pytest.mark.parametrize("gain_db", [0, 6, 12, 100, 1e9])
@pytest.mark.parametrize("sounds", [1, 2, 40])
def test_nothing_ever_wraps(gain_db: float, sounds: int) -> None:
    mixer = Mixer()
    time = np.arange(3 * VOICE_BLOCK_SAMPLES)
    wave = np.rint(32_767 * np.sin(time / 30)).astype(np.int16)
    for _ in range(sounds):
        mixer.add(wave, FIRST)
    mixer.set_gain(gain_db)
    heard = play(mixer, 3).astype(int)
    loud = np.abs(wave.astype(int)) > 100
    assert (np.sign(heard[loud]) == np.sign(wave[loud])).all()
    assert np.abs(heard).max() <= 32_767


def test_the_quietest_and_an_absurd_volume_are_silent_and_finite() -> None:
    mixer = Mixer()
    mixer.add(steady(50_000), FIRST)
    mixer.set_gain(-1e9)
    mixer.next_block()
    assert np.abs(mixer.next_block()).max() <= 10


def test_below_the_knee_the_sum_is_untouched() -> None:
    mixer = Mixer()
    mixer.add(steady(100, 26_000), FIRST)
    assert set(mixer.next_block()[:100]) == {26_000}


def test_nothing_is_kept_of_what_was_played() -> None:
    mixer = Mixer()
    for _ in range(200):
        mixer.add(steady(3_000), mixer.position)
        mixer.next_block()
    assert len(mixer._sounds) <= 1
