import numpy as np
import pytest

from skill.ear.level import SILENCE_DBFS, LevelMeter
from skill.messages.blocks import EAR_BLOCK_SAMPLES, Pcm, silence

NOISE = np.random.default_rng(0)


def hiss(dbfs: float, samples: int = EAR_BLOCK_SAMPLES) -> Pcm:
    return (NOISE.normal(0, 32768 * 10 ** (dbfs / 20), samples)).astype(np.int16)


def meter_after(*blocks: Pcm) -> LevelMeter:
    meter = LevelMeter()
    for block in blocks:
        meter.process(block)
    return meter


def test_level_is_rms_in_dbfs() -> None:
    square = np.full(EAR_BLOCK_SAMPLES, 16384, dtype=np.int16)
    assert meter_after(square).level_dbfs == pytest.approx(-6.02, abs=0.01)
    assert meter_after(silence(EAR_BLOCK_SAMPLES)).level_dbfs == SILENCE_DBFS


def test_floor_is_the_noise_between_the_words() -> None:
    assert meter_after(*[hiss(-50)] * 20, *[hiss(-20)] * 8).floor_dbfs == pytest.approx(-50, abs=1)


def test_quiet_begins_where_the_word_ends() -> None:
    half = np.concatenate([hiss(-20, 800), hiss(-50, 800)])
    meter = meter_after(*[hiss(-50)] * 20, hiss(-20), half)
    assert meter.quiet_seconds == pytest.approx(0.05, abs=0.02)
    meter.process(hiss(-50))
    assert meter.quiet_seconds == pytest.approx(0.15, abs=0.02)


def test_room_noise_alone_is_quiet() -> None:
    assert meter_after(*[hiss(-40) for _ in range(60)]).quiet_seconds > 1.0


def test_the_mean_level_of_a_span_is_that_of_its_power() -> None:
    meter = meter_after(*[hiss(-50)] * 5, *[hiss(-20)] * 2, *[hiss(-50)] * 3)
    assert meter.mean_dbfs(0.5, 0.3) == pytest.approx(-20, abs=1)
    assert meter.mean_dbfs(0.3, 0.0) == pytest.approx(-50, abs=1)
    assert meter.mean_dbfs(0.5, 0.1) == pytest.approx(-23, abs=1)
    assert meter.mean_dbfs(0.4, 0.4) == pytest.approx(-20, abs=2)  # 20 ms at least
    assert meter.mean_dbfs(99.0, 0.0) < -20  # no further back than it remembers


def test_how_loud_it_was_lately() -> None:
    meter = meter_after(*[hiss(-50)] * 5, hiss(-20), *[hiss(-50)] * 3)
    assert meter.loudest_dbfs(0.2) < -45
    assert meter.loudest_dbfs(0.4) > -25
