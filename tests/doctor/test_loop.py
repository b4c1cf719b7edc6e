from threading import Event

import numpy as np
import pytest

from rueckgrat.doctor.loop import Echoed, Loop, chirp, measure_loop, run_loop
from skill.audio.resample import resample
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from tests.audio.fake_card import running_card
from tests.doctor.looped_card import LoopedCard


def voice() -> Pcm:
    """Noise that comes and goes as syllables do, for 3 s, at 22,050 Hz."""
    chance = np.random.default_rng(3)
    syllables = np.repeat(chance.uniform(0, 1, 3 * VOICE_RATE_HZ // 2_205), 2_205)
    return np.rint(chance.normal(0, 3_000, syllables.size) * syllables).astype(np.int16)


def heard_after(
    said: Pcm, seconds: float, gain_db: float, noise: float = 20.0, inserted: int = 0
) -> Loop:
    """Run the test in a room: ``inserted`` samples of silence before each third block of sound."""
    echoed = Echoed(said)
    played: list[Pcm] = []
    block = silence(VOICE_BLOCK_SAMPLES)
    while not echoed.finished:
        gap = inserted if block.any() and len(played) % 3 == 0 else 0
        played.append(np.concatenate([silence(gap), block]))
        block = echoed.process(silence(EAR_BLOCK_SAMPLES), played[-1])
    own = resample(np.concatenate(played), VOICE_RATE_HZ, EAR_RATE_HZ)
    samples = len(played) * EAR_BLOCK_SAMPLES
    air = np.pad(own, (round(seconds * EAR_RATE_HZ), samples))[:samples]
    hiss = np.random.default_rng(4).normal(0, noise, samples)
    heard = np.clip(np.rint(10 ** (gain_db / 20) * air + hiss), -32_768, 32_767).astype(np.int16)
    return measure_loop(list(heard.reshape(-1, EAR_BLOCK_SAMPLES)), played)


@pytest.mark.parametrize("said", [voice(), chirp()], ids=["voice", "chirp"])
@pytest.mark.parametrize(("seconds", "gain_db"), [(0.14, 0.0), (0.43, -20.0), (0.9, 6.0)])
def test_it_hears_itself_how_late_and_how_loudly(said: Pcm, seconds: float, gain_db: float) -> None:
    loop = heard_after(said, seconds, gain_db)
    assert loop.delay_seconds == pytest.approx(seconds, abs=0.002)
    assert loop.echo_over_played_db == pytest.approx(gain_db, abs=1.0)
    assert loop.noise_dbfs == pytest.approx(20 * np.log10(20 / 32_768), abs=1.0)
    assert not loop.silent


def test_silence_that_was_added_on_the_way_does_not_matter() -> None:
    loop = heard_after(voice(), 0.2, -6.0, inserted=400)
    assert loop.delay_seconds is not None
    assert loop.echo_over_played_db == pytest.approx(-6.0, abs=1.0)


def test_a_room_in_which_nothing_is_heard() -> None:
    loop = heard_after(voice(), 0.2, -120.0)
    assert loop.delay_seconds is None
    assert not loop.silent
    assert loop.echo_dbfs == loop.noise_dbfs


def test_a_microphone_from_which_nothing_comes() -> None:
    loop = heard_after(voice(), 0.2, -120.0, noise=0.0)
    assert loop.silent
    assert loop.delay_seconds is None
    assert measure_loop([], []).silent


def test_an_echo_at_full_scale_is_counted() -> None:
    assert heard_after(voice(), 0.2, 24.0).clipped_samples > 100


def test_through_a_card_that_is_looped() -> None:
    card = LoopedCard(delay_seconds=0.1, gain=0.3)
    with running_card(card):
        loop = run_loop(card, None, None, voice(), Event())
    assert all(stream.closed for stream in card.everything_opened)
    assert loop.delay_seconds is not None
    assert loop.delay_seconds > 0.1
    assert loop.echo_over_played_db == pytest.approx(20 * np.log10(0.3), abs=2.0)


def test_through_a_card_whose_microphone_does_not_hear_the_speaker() -> None:
    card = LoopedCard(gain=0.0)
    with running_card(card):
        assert run_loop(card, None, None, chirp(), Event()).delay_seconds is None


def test_a_microphone_that_vanishes_ends_it() -> None:
    card = LoopedCard()
    card.working.clear()
    with running_card(card):
        assert run_loop(card, None, None, chirp(), Event()).silent
