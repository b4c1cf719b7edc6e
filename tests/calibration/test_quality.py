import numpy as np
import pytest

from rueckgrat.calibration.quality import Fault, fault, measure
from skill.messages.blocks import EAR_RATE_HZ, Pcm, silence


def tone(dbfs: float, seconds: float = 0.5) -> Pcm:
    """A 400 Hz tone of an RMS level, between half a second of noise at -60 dBFS."""
    random = np.random.default_rng(1)
    noise = random.normal(0, 32.768, round((1.0 + seconds) * EAR_RATE_HZ))
    times = np.arange(round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ
    wave = 32_768 * 2**0.5 * 10 ** (dbfs / 20) * np.sin(2 * np.pi * 400 * times)
    start = EAR_RATE_HZ // 2
    noise[start : start + wave.size] += wave
    return np.clip(np.rint(noise), -32_768, 32_767).astype(np.int16)


def test_levels_are_those_that_were_put_in() -> None:
    levels = measure(tone(-20.0))
    assert levels.speech_dbfs == pytest.approx(-20.0, abs=0.3)
    assert levels.noise_dbfs == pytest.approx(-60.0, abs=1.0)
    assert levels.snr_db == pytest.approx(40.0, abs=1.3)
    assert (levels.start_seconds, levels.end_seconds) == pytest.approx((0.5, 1.0), abs=0.011)
    assert levels.speech_seconds == pytest.approx(0.5, abs=0.021)
    assert levels.clipped_samples == 0


@pytest.mark.parametrize(
    ("pcm", "expected"),
    [
        (tone(-20.0), None),
        (tone(-20.0, seconds=0.15), None),
        (tone(-20.0, seconds=0.03), Fault.SILENT),  # a click
        (tone(-50.0), Fault.SOFT),
        (tone(-2.0), Fault.CLIPPED),
        (tone(-75.0), Fault.SILENT),
        (silence(16_000), Fault.SILENT),
        (silence(0), Fault.SILENT),
        (np.full(16_000, 32_767, dtype=np.int16), Fault.SILENT),  # stuck, not speaking
    ],
)
def test_faults(pcm: Pcm, expected: Fault | None) -> None:
    assert fault(measure(pcm)) is expected


def test_speech_that_hardly_rises_above_the_room_is_soft() -> None:
    pcm = tone(-20.0)
    loud_room = np.random.default_rng(2).normal(0, 32_768 * 10 ** (-27.5 / 20), pcm.size)
    assert fault(measure((pcm + loud_room).astype(np.int16))) is Fault.SOFT
