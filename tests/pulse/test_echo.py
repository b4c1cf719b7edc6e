"""A microphone that hears the loudspeaker: the coach hears itself, on a way of unknown length.

One sink is both, and so one clock: two virtual ones drift apart by 2 % on a busy machine, where
two sound cards do by 0.01 %.
"""

import numpy as np
import pytest

from skill.audio.live import run_live
from skill.audio.portaudio import PortAudio
from skill.audio.waves import frame_levels_dbfs
from skill.content.loader import load_content
from skill.ear.echo_canceller import EchoCanceller
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm
from skill.messages.cues import Say
from skill.settings import Settings
from skill.trainer import voice_for

pytestmark = [pytest.mark.pulse, pytest.mark.slow]

LINES = 3
LEAST_DBFS = -45.0
FRAMES_PER_SECOND = 100


class Reader:
    """Reads lines of the coach aloud, and keeps what is heard before and after the canceller."""

    def __init__(self, canceller: EchoCanceller) -> None:
        self._canceller = canceller
        self._voice = voice_for(Settings(), (content := load_content()))
        for index, line in enumerate((content.phrases["safety.ask"] * 2)[:LINES]):
            _, self._end_seconds = self._voice.perform(Say(line, index))
        self._own = self._voice.next_block()
        self.heard: list[Pcm] = []
        self.cleaned: list[Pcm] = []

    @property
    def finished(self) -> bool:
        return len(self.heard) * BLOCK_SECONDS > self._end_seconds + 0.5

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        self.heard.append(block)
        self.cleaned.append(self._canceller.process(block, self._own if played is None else played))
        self._own = self._voice.next_block()
        return self._own

    def reductions_db(self) -> list[float]:
        """Return by how much the coach was weakened, second by second."""
        before, after = (
            frame_levels_dbfs(np.concatenate(blocks), EAR_RATE_HZ)
            for blocks in (self.heard, self.cleaned)
        )
        reductions = []
        for start in range(0, before.size - FRAMES_PER_SECOND, FRAMES_PER_SECOND):
            second = slice(start, start + FRAMES_PER_SECOND)
            loud = before[second] > LEAST_DBFS
            if np.count_nonzero(loud) > FRAMES_PER_SECOND // 3:
                reductions.append(float(np.mean((before[second] - after[second])[loud])))
        return reductions


def test_the_coach_hardly_hears_itself(
    card: PortAudio, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyaec")
    from skill.ear.echo_speex import SpeexFilter

    # Longer buffers, since the machine that tests may be busy: each gap in the sound costs seconds.
    monkeypatch.setattr("skill.audio.portaudio._LATENCY_SECONDS", 0.2)
    canceller = EchoCanceller(SpeexFilter())
    reader = Reader(canceller)
    report = run_live(reader, "echo", None, lambda _: None, card=card)  # type: ignore[arg-type]
    assert canceller.delay_samples is not None
    reductions = reader.reductions_db()
    with capsys.disabled():
        print(f"\nheard after {1_000 * canceller.delay_samples // EAR_RATE_HZ} ms; {report}")
        print("the coach weakened, dB by the second:", *(f"{one:.0f}" for one in reductions))
    assert np.median(reductions) > 12
