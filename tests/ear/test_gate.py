import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.ear.gate import VoiceGate
from skill.ear.level import LevelMeter
from skill.ear.rules import EarRules
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm

RULES = EarRules()


def hiss(dbfs: float, seconds: float, seed: int = 0) -> Pcm:
    samples = round(seconds * EAR_RATE_HZ)
    noise = np.random.default_rng(seed).normal(0, 32768 * 10 ** (dbfs / 20), samples)
    return np.clip(noise, -32768, 32767).astype(np.int16)


def openings(sound: Pcm) -> list[bool]:
    """Whether the gate is open, block by block."""
    gate, meter = VoiceGate(RULES), LevelMeter()
    opened = []
    for start in range(0, len(sound) - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES):
        meter.process(sound[start : start + EAR_BLOCK_SAMPLES])
        gate.process(meter, False, None, BLOCK_SECONDS)
        opened.append(gate.is_open)
    return opened


def test_is_open_until_the_noise_floor_is_known() -> None:
    assert openings(hiss(-60, 2.9)) == [True] * 29


def test_closes_in_steady_noise_of_any_loudness() -> None:
    for dbfs in (-80, -60, -30):
        assert not any(openings(hiss(dbfs, 20.0))[60:])


def test_a_running_utterance_keeps_it_open() -> None:
    gate, meter = VoiceGate(RULES), LevelMeter()
    for _ in range(100):
        meter.process(hiss(-60, 0.1))
        gate.process(meter, True, None, BLOCK_SECONDS)
    assert gate.is_open


def test_a_sound_opens_it_only_where_it_may_be_a_voice() -> None:
    def opened(voice: float | None) -> bool:
        gate, meter = VoiceGate(RULES), LevelMeter()
        for _ in range(80):
            meter.process(hiss(-60, 0.1))
            gate.process(meter, False, 0.0, BLOCK_SECONDS)
        assert not gate.is_open
        meter.process(hiss(-30, 0.1))
        gate.process(meter, False, voice, BLOCK_SECONDS)
        return gate.is_open

    assert not opened(RULES.voice_opens - 0.01)
    assert opened(RULES.voice_opens)
    assert opened(None)  # nobody can tell


def test_closes_only_after_the_hold() -> None:
    sound = np.concatenate([hiss(-60, 8.0), hiss(-30, 0.3), hiss(-60, 2.0)])
    after = openings(sound)[83:]
    assert all(after[:9])
    assert not any(after[11:])


@settings(max_examples=40)
@given(
    noise_dbfs=st.floats(-70, -25),
    snr_db=st.floats(3, 40),
    start_seconds=st.floats(6.0, 7.0),
    rise_seconds=st.floats(0.0, 0.4),
    seed=st.integers(0, 9),
)
def test_no_word_is_missed_and_its_soft_beginning_lies_in_the_pre_roll(
    noise_dbfs: float, snr_db: float, start_seconds: float, rise_seconds: float, seed: int
) -> None:
    """A word as soft as 3 dB above the noise, which swells for up to 0.4 s before its vowel."""
    sound = hiss(noise_dbfs, 9.0, seed).astype(float)
    word = hiss(noise_dbfs + snr_db, rise_seconds + 0.3, seed + 100).astype(float)
    swelling = round(rise_seconds * EAR_RATE_HZ)
    word[:swelling] *= np.linspace(0.0, 1.0, swelling)
    start = round(start_seconds * EAR_RATE_HZ)
    sound[start : start + len(word)] += word
    opened = openings(np.clip(sound, -32768, 32767).astype(np.int16))
    first = next(block for block in range(60, len(opened)) if opened[block])
    heard_from_seconds = first * BLOCK_SECONDS - RULES.pre_roll_seconds
    assert heard_from_seconds <= start_seconds
