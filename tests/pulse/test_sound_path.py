"""Both ways through real device streams, with a session that only listens and answers."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from rueckgrat.recordings.wav import write_wav
from skill.audio.devices import Role
from skill.audio.live import BACK, LOST, LiveReport, run_live
from skill.audio.portaudio import PortAudio
from skill.errors import AudioError
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from tests.pulse.virtual_room import RATE_HZ, VirtualRoom

pytestmark = pytest.mark.pulse

WAIT_SECONDS = 60


def tone(hz: float, rate_hz: int, samples: int, start: int = 0) -> Pcm:
    times = np.arange(start, start + samples) / rate_hz
    return (8_000 * np.sin(2 * np.pi * hz * times)).astype(np.int16)


def pitch_hz(pcm: Pcm, rate_hz: int) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(pcm))) * rate_hz / pcm.size)


def level(pcm: Pcm) -> float:
    """Return the usual amplitude of a tone: on a busy machine there may be a gap in it."""
    pieces = pcm[: pcm.size // 50 * 50].reshape(50, -1).astype(float)
    return float(np.median(np.sqrt(2 * np.mean(pieces**2, axis=1))))


class Session:
    """Answers every block with what ``answer`` makes of its number, until ``blocks`` are heard."""

    def __init__(self, blocks: int, answer: Callable[[int], Pcm]) -> None:
        self._blocks = blocks
        self._answer = answer
        self.heard: list[Pcm] = []

    @property
    def finished(self) -> bool:
        return len(self.heard) >= self._blocks

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        self.heard.append(block)
        return self._answer(len(self.heard))

    def lost(self, audible: bool) -> bool:
        return False

    def back(self) -> None:
        pass


def steady_tone(number: int) -> Pcm:
    return tone(1_000, VOICE_RATE_HZ, VOICE_BLOCK_SAMPLES, number * VOICE_BLOCK_SAMPLES)


def no_answer(_number: int) -> Pcm:
    return silence(VOICE_BLOCK_SAMPLES)


class Running:
    """``run_live`` in a thread of its own."""

    def __init__(self, card: PortAudio, session: Session) -> None:
        self.said: list[str] = []
        self.report: LiveReport | None = None
        self.stop = threading.Event()

        def run() -> None:
            self.report = run_live(session, None, None, self._hear, self.stop, card)

        self.thread = threading.Thread(target=run)

    def wait_until(self, happened: Callable[[], bool]) -> None:
        give_up = time.monotonic() + WAIT_SECONDS
        while not happened():
            assert time.monotonic() < give_up
            time.sleep(0.05)

    def _hear(self, sentence: str) -> None:
        self.said.append(sentence)


@contextmanager
def running(card: PortAudio, session: Session) -> Iterator[Running]:
    live = Running(card, session)
    live.thread.start()
    try:
        yield live
    finally:
        live.stop.set()
        live.thread.join()


def test_the_virtual_devices_are_found_by_name(card: PortAudio) -> None:
    found = {device.name: device for device in card.devices()}
    assert found["default"].default_for == frozenset(Role)
    assert found["echo"].input_channels


def test_pitch_and_level_survive_both_ways(
    room: VirtualRoom, card: PortAudio, tmp_path: Path
) -> None:
    spoken = np.stack([tone(440, 44_100, 66_150)] * 2)
    write_wav(tmp_path / "stereo.wav", 44_100, *spoken)
    session = Session(10**6, steady_tone)
    with running(card, session) as live:
        live.wait_until(lambda: len(session.heard) > 3)
        with room.recording() as recorder:
            room.say_into_microphone(tmp_path / "stereo.wav")
            played = recorder.wait_for(1.0)
    left, right = played[RATE_HZ // 2 :].T
    assert np.array_equal(left, right)
    assert pitch_hz(left, RATE_HZ) == pytest.approx(1_000, abs=2)
    assert level(left) == pytest.approx(8_000, rel=0.05)

    heard = np.concatenate(session.heard)
    said = np.flatnonzero(np.abs(heard) > 4_000)
    inner = heard[said[0] + 1_600 : said[-1] - 1_600]
    assert inner.size / EAR_RATE_HZ == pytest.approx(1.5 - 0.2, abs=0.15)
    assert pitch_hz(inner, EAR_RATE_HZ) == pytest.approx(440, abs=2)
    assert level(inner) == pytest.approx(8_000, rel=0.05)


def test_the_way_to_the_speaker_and_back_is_short(
    card: PortAudio, capsys: pytest.CaptureFixture[str]
) -> None:
    """The microphone listens to the speaker: how late does the session hear itself?"""
    click = np.pad(tone(1_000, VOICE_RATE_HZ, 441), (0, VOICE_BLOCK_SAMPLES - 441))
    session = Session(35, lambda number: silence(click.size) if number % 10 else click)
    report = run_live(session, "echo", None, lambda _: None, card=card)
    heard = np.concatenate(session.heard)
    ways = []
    for number in (10, 20, 30):
        start = number * EAR_BLOCK_SAMPLES
        loud = np.flatnonzero(np.abs(heard[start : start + EAR_RATE_HZ // 2]) > 2_000)
        if loud.size:
            ways.append(loud[0] / EAR_RATE_HZ)
    assert len(ways) > 1, "a click is to be back within half a second; a busy machine may lose one"
    with capsys.disabled():
        milliseconds = ", ".join(f"{1_000 * way:.0f}" for way in ways)
        print(f"\nsession → speaker → microphone → session: {milliseconds} ms; {report}")


def test_the_session_waits_while_the_microphone_stands_still(
    room: VirtualRoom, card: PortAudio
) -> None:
    session = Session(10**6, no_answer)
    with running(card, session) as live:
        live.wait_until(lambda: len(session.heard) > 3)
        room.hold("source", "microphone", held=True)
        live.wait_until(lambda: live.said == [LOST[frozenset({Role.MICROPHONE})]])
        waiting = len(session.heard)
        room.hold("source", "microphone", held=False)
        live.wait_until(lambda: live.said == [LOST[frozenset({Role.MICROPHONE})], BACK])
        live.wait_until(lambda: len(session.heard) > waiting + 3)
    assert live.report is not None
    assert live.report.reconnections == 1


def test_the_session_waits_while_the_speaker_stands_still(
    room: VirtualRoom, card: PortAudio
) -> None:
    session = Session(10**6, steady_tone)
    with running(card, session) as live:
        live.wait_until(lambda: len(session.heard) > 3)
        room.hold("sink", "speaker", held=True)
        live.wait_until(lambda: live.said == [LOST[frozenset({Role.SPEAKER})]])
        room.hold("sink", "speaker", held=False)
        live.wait_until(lambda: live.said == [LOST[frozenset({Role.SPEAKER})], BACK])
        assert level(room.record_speaker(0.5)[RATE_HZ // 4 :, 0]) == pytest.approx(8_000, rel=0.05)


def test_the_session_waits_while_the_sound_system_hangs(room: VirtualRoom, card: PortAudio) -> None:
    session = Session(10**6, no_answer)
    with running(card, session) as live:
        live.wait_until(lambda: len(session.heard) > 3)
        room.freeze(True)
        try:
            live.wait_until(lambda: bool(live.said))
        finally:
            room.freeze(False)
        live.wait_until(lambda: live.said[1:] == [BACK])


def test_the_session_outlives_the_whole_sound_system(room: VirtualRoom, card: PortAudio) -> None:
    session = Session(10**6, no_answer)
    with running(card, session) as live:
        live.wait_until(lambda: len(session.heard) > 3)
        room.stop()
        live.wait_until(lambda: bool(live.said))
        room.start()
        live.wait_until(lambda: live.said[1:] == [BACK])
        heard = len(session.heard)
        live.wait_until(lambda: len(session.heard) > heard + 3)


def test_without_a_sound_system_there_is_a_sentence(
    room: VirtualRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{room.environment['ALSA_CONFIG_PATH']}.nowhere")
    card = PortAudio()
    card.refresh()
    with pytest.raises(AudioError, match=r"Mikrofon") as failure:
        run_live(Session(1, no_answer), None, None, lambda _: None, card=card)
    assert failure.value.mend
