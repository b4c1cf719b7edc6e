import pytest

from rueckgrat.calibration.advice import Overview, advice, overview
from rueckgrat.calibration.script import MicrophoneAdvice
from tests.calibration.test_quality import measure, tone


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Overview(-25, -60, clipped=0, takes=50), ["good"]),
        (Overview(-25, -60, clipped=5, takes=50), ["good"]),
        (Overview(-12, -60, clipped=6, takes=50), ["clipped"]),
        (Overview(-12, -60, clipped=0, takes=50), ["loud"]),
        (Overview(-43, -70, clipped=0, takes=50), ["soft"]),
        (Overview(-43, -55, clipped=0, takes=50), ["soft_in_noise"]),
        (Overview(-25, -38, clipped=0, takes=50), ["noisy"]),
        (Overview(-12, -20, clipped=9, takes=50), ["clipped", "noisy"]),
    ],
)
def test_advice_follows_from_levels(seen: Overview, expected: list[str]) -> None:
    assert advice(seen) == expected
    assert set(expected) <= MicrophoneAdvice.model_fields.keys()


def test_the_overview_is_of_the_usual_take() -> None:
    seen = overview([measure(tone(dbfs)) for dbfs in (-30, -20, -20, -20, -1)])
    assert seen.speech_dbfs == pytest.approx(-20, abs=0.3)
    assert seen.noise_dbfs == pytest.approx(-60, abs=1)
    assert (seen.clipped, seen.takes) == (1, 5)
