import pytest

from rueckgrat.doctor.echo import check_echo, check_loop
from rueckgrat.doctor.finding import Verdict
from rueckgrat.doctor.loop import Loop

HEARD = Loop(0.17, -24.0, -40.0, -65.0, 0, silent=False)
UNHEARD = Loop(None, -24.0, -65.0, -65.0, 0, silent=False)
DEAD = Loop(None, -24.0, -120.0, -120.0, 0, silent=True)
BLUETOOTH = Loop(0.7, -24.0, -40.0, -65.0, 0, silent=False)
LOUD = Loop(0.17, -24.0, -10.0, -65.0, 0, silent=False)
CLIPPED = Loop(0.17, -24.0, -24.0, -65.0, 100, silent=False)
FAR = Loop(0.17, -24.0, -50.0, -65.0, 0, silent=False)


@pytest.mark.parametrize(
    ("loop", "verdict", "words"),
    [
        (HEARD, Verdict.OK, "nach 170 ms"),
        (BLUETOOTH, Verdict.WARNING, "nach 700 ms"),
        (UNHEARD, Verdict.WARNING, "nicht gehört"),
        (DEAD, Verdict.FAILURE, "gar nichts"),
    ],
)
def test_does_it_hear_itself(loop: Loop, verdict: Verdict, words: str) -> None:
    found = check_loop(loop)
    assert found.verdict is verdict
    assert words in found.measured
    assert bool(found.mend) is (verdict is not Verdict.OK)


@pytest.mark.parametrize(
    ("loop", "canceller", "verdict"),
    [
        (HEARD, True, Verdict.OK),
        (HEARD, False, Verdict.WARNING),
        (FAR, False, Verdict.OK),
        (LOUD, True, Verdict.WARNING),
        (CLIPPED, True, Verdict.WARNING),
        (UNHEARD, False, Verdict.UNMEASURED),
        (None, True, Verdict.UNMEASURED),
        (None, False, Verdict.WARNING),
    ],
)
def test_does_the_echo_matter(loop: Loop | None, canceller: bool, verdict: Verdict) -> None:
    found = check_echo(loop, canceller)
    assert found.verdict is verdict
    assert found.figures["canceller"] is canceller
    assert bool(found.mend) is (verdict in {Verdict.WARNING, Verdict.FAILURE})


def test_the_level_is_that_over_what_is_played() -> None:
    assert check_echo(HEARD, True).figures["echo_over_played_db"] == -16.0
    assert "−16 dB" in check_echo(HEARD, True).measured
