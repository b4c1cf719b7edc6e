"""The doctor in the virtual room: it hears itself where the microphone hears the speaker."""

import pytest

from rueckgrat.doctor import Doctor, Finding, Verdict, round
from rueckgrat.doctor.finding import failure
from skill.audio.portaudio import PortAudio

pytestmark = [pytest.mark.pulse, pytest.mark.slow]


class Nobody:
    def tell(self, sentence: str) -> None:
        pass

    def level(self, dbfs: float) -> None:
        pass


@pytest.fixture(autouse=True)
def _only_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round, "check_model", lambda trainer: failure("model", "", ""))
    # Longer buffers, since the machine that tests may be busy: gaps are not what is asked here.
    monkeypatch.setattr("skill.audio.portaudio._LATENCY_SECONDS", 0.2)


def _examined(card: PortAudio, microphone: str) -> dict[str, Finding]:
    doctor = Doctor({"microphone": microphone}, Nobody(), card, listen_seconds=1.0)
    return {one.name: one for one in doctor.examine()}


def test_the_doctor_hears_itself(card: PortAudio, capsys: pytest.CaptureFixture[str]) -> None:
    found = _examined(card, "echo")
    with capsys.disabled():
        print("", *(f"{found[name].measured}" for name in ("loop", "echo")), sep="\n")
    assert found["loop"].figures["heard_itself"] is True
    assert 0.05 < found["loop"].figures["round_trip_seconds"] < 2  # type: ignore[operator]
    assert found["echo"].figures["echo_over_played_db"] == pytest.approx(0, abs=3)
    # Its own room is silent to the last bit, but it has heard itself: so it is alive.
    assert found["level"].verdict is not Verdict.FAILURE


def test_a_microphone_that_hears_nothing_is_dead(card: PortAudio) -> None:
    found = _examined(card, "default")
    assert found["microphone"].verdict is Verdict.OK
    assert found["level"].verdict is Verdict.FAILURE
    assert found["loop"].verdict is Verdict.FAILURE
