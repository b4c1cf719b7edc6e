"""Noise as loud as asked, rooms that keep time and level, distance, clipping."""

import numpy as np
import pytest

from skill.audio.waves import sound_end_seconds
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.messages.heard import Command
from workbench.ears.clips import Clip, padded
from workbench.ears.conditions import (
    CLEAN,
    CONDITIONS,
    FLOOR_DBFS,
    Surroundings,
    in_condition,
    trimmed,
)

CHANCE = np.random.default_rng(3)
NOISE: Pcm = CHANCE.normal(0, 500, EAR_RATE_HZ).astype(np.int16)
ROOM: Pcm = np.concatenate(
    [np.zeros(400), [20_000], np.zeros(799), 8_000 * np.exp(-np.arange(4_000) / 900)]
).astype(np.int16)
SURROUNDINGS = Surroundings([("hum", NOISE), ("hiss", NOISE[::-1].copy())], [("hall", ROOM)])


@pytest.fixture
def clip() -> Clip:
    time = np.arange(8_000) / EAR_RATE_HZ
    tone: Pcm = (6_000 * np.sin(2 * np.pi * 300 * time)).astype(np.int16)
    return padded(tone, 0.5, 1.0, Command("next"), "tone", "me")


def _dbfs(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(np.square(samples.astype(float))) / 32_768**2))


@pytest.mark.parametrize("ratio_db", [20, 10, 5])
def test_noise_has_the_asked_ratio_to_the_speech_itself(clip: Clip, ratio_db: int) -> None:
    noisy = in_condition(clip, f"noise {ratio_db} dB", SURROUNDINGS)
    speech = slice(8_000, 16_000)
    noise = noisy.pcm.astype(float) - clip.pcm
    assert _dbfs(clip.pcm[speech]) - _dbfs(noise) == pytest.approx(ratio_db, abs=0.3)
    assert noisy.name in ("tone + hum", "tone + hiss")


def test_a_room_keeps_time_and_loudness(clip: Clip) -> None:
    heard = in_condition(clip, "room", SURROUNDINGS)
    assert len(heard.pcm) == len(clip.pcm)
    assert _dbfs(heard.pcm) == pytest.approx(_dbfs(clip.pcm), abs=0.1)
    assert _dbfs(heard.pcm[:7_900]) < FLOOR_DBFS + 1, "nothing sounds before the word"
    assert _dbfs(heard.pcm[16_400:18_000]) > FLOOR_DBFS + 20, "but behind it"
    assert heard.end_seconds == clip.end_seconds


@pytest.mark.parametrize(
    ("condition", "change_db"),
    [("quiet -20 dB", -20), ("quiet -30 dB", -30), ("far (room, -20 dB)", -20), (CLEAN, 0)],
)
def test_distance_is_a_change_of_level(clip: Clip, condition: str, change_db: int) -> None:
    heard = in_condition(clip, condition, SURROUNDINGS)
    assert _dbfs(heard.pcm) - _dbfs(clip.pcm) == pytest.approx(change_db, abs=0.4)


def test_a_clipped_word_stays_long_at_full_scale(clip: Clip) -> None:
    heard = in_condition(clip, "clipped", SURROUNDINGS)
    assert np.mean(np.abs(heard.pcm[8_000:16_000].astype(int)) >= 32_767) > 0.5


def test_a_microphone_is_never_digitally_silent(clip: Clip) -> None:
    assert _dbfs(in_condition(clip, CLEAN, Surroundings()).pcm[:8_000]) == pytest.approx(
        FLOOR_DBFS, abs=1
    )


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_run_hears_the_same(clip: Clip, condition: str) -> None:
    one, other = (in_condition(clip, condition, SURROUNDINGS) for _ in range(2))
    assert np.array_equal(one.pcm, other.pcm)


def test_conditions_need_their_recordings() -> None:
    offered = [condition for condition in CONDITIONS if Surroundings().offer(condition)]
    assert offered == [CLEAN, "quiet -20 dB", "quiet -30 dB", "clipped"]
    assert all(SURROUNDINGS.offer(condition) for condition in CONDITIONS)


def test_silence_around_a_word_is_cut_off(clip: Clip) -> None:
    short = trimmed(clip.pcm)
    assert len(short) / EAR_RATE_HZ == pytest.approx(0.54, abs=0.02)
    assert sound_end_seconds(short, EAR_RATE_HZ) == pytest.approx(0.52, abs=0.02)
    assert len(trimmed(np.zeros(0, dtype=np.int16))) == 0
