import numpy as np
import pytest

from rueckgrat.calibration.measuring import ask, in_its_room
from rueckgrat.calibration.recordings import Recording
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from tests.calibration.test_quality import tone

NEXT, STOP = Command("next"), Command("stop")


class ToneEar:
    """Hears a command in the third block after a tone; which one depends on its level."""

    def __init__(self) -> None:
        self.blocks = 0
        self.quiet = 99
        self.peak = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        assert listening.live == {"next", "stop"}
        self.blocks += 1
        now = self.blocks * BLOCK_SECONDS
        loudest = int(np.abs(block.astype(int)).max())
        if loudest > 1_000:
            self.quiet, self.peak = 0, max(self.peak, loudest)
            return []
        self.quiet += 1
        if self.quiet != 2:
            return []
        command = STOP if self.peak > 8_000 else NEXT
        self.peak = 0
        return [Heard(command, "", 0.7, now - 0.8, now - 0.2, now, Decision.EARLY)]


def recording(dbfs: float, command: Command | None) -> Recording:
    return Recording("x.wav", "", command, tone(dbfs))


def test_figures_count_what_was_heard() -> None:
    recordings = [
        recording(-25, NEXT),
        recording(-25, STOP),
        recording(-10, STOP),
        recording(-45, STOP),
        recording(-10, None),
        recording(-45, None),
    ]
    figures = ask(ToneEar(), recordings, ["next", "stop"])
    assert (figures.right, len(figures.commands)) == (2, 4)
    assert figures.by_command() == {NEXT: (1, 1), STOP: (1, 3)}
    assert figures.confusions() == {(STOP, NEXT): 1}
    assert [heard.command for heard in figures.fired] == [STOP]
    assert figures.other_seconds == pytest.approx(3.0)


def test_latency_counts_from_the_end_of_each_word() -> None:
    figures = ask(ToneEar(), [recording(-25, NEXT)] * 3, ["next", "stop"])
    # The tone ends at 2.0 s of a clip; the ear decides with the second block after it.
    assert figures.latencies_seconds == pytest.approx([0.2] * 3, abs=0.011)
    assert figures.latency_ms(50) == pytest.approx(200, abs=11)


def test_nothing_right_has_no_latency() -> None:
    assert ask(ToneEar(), [recording(-45, NEXT)], ["next", "stop"]).latency_ms(50) is None


def test_the_room_goes_on_as_loud_as_it_is_within() -> None:
    pcm, end_seconds = in_its_room(recording(-20, NEXT))
    before, after = pcm[: EAR_RATE_HZ // 2], pcm[-EAR_RATE_HZ // 2 :]
    for part in (before, after):
        rms = np.sqrt(np.mean(np.square(part, dtype=np.float64)))
        assert 20 * np.log10(rms / 32_768) == pytest.approx(-60, abs=1.5)
    assert end_seconds == pytest.approx(2.0, abs=0.011)


def test_a_recording_cut_tight_is_not_drowned() -> None:
    speech = tone(-20)[EAR_RATE_HZ // 2 : EAR_RATE_HZ]
    pcm, _ = in_its_room(Recording("x.wav", "", NEXT, speech))
    rms = np.sqrt(np.mean(np.square(pcm[:8_000], dtype=np.float64)))
    assert 20 * np.log10(rms / 32_768) <= -39
