import numpy as np
import pytest

from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from workbench.ears import Clip, false_alarms, obey, padded

LISTENING = Listening(frozenset({"next", "stop"}))
LOUD: Pcm = np.full(8000, 8000, dtype=np.int16)


class LoudnessEar:
    """Hears ``command`` in the block after a loud one."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._blocks = 0
        self._was_loud = False

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self._blocks += 1
        now = self._blocks * BLOCK_SECONDS
        ended = self._was_loud and not block.any()
        self._was_loud = bool(block.any())
        return [Heard(self._command, "", 1.0, now, now, now, Decision.FINAL)] if ended else []


def test_a_padded_clip_knows_where_its_word_ends() -> None:
    clip = padded(LOUD, 0.5, 1.0, Command("next"))
    assert clip.end_seconds == pytest.approx(1.0, abs=0.011)
    assert len(clip.pcm) == 32_000


def test_counts_right_decisions_and_times_each_from_its_own_word() -> None:
    clips = [padded(LOUD, 0.5, 1.0, Command("next"))] * 3
    obeyed = obey(LoudnessEar(Command("next")), clips, LISTENING)
    assert (obeyed.clips, obeyed.right, obeyed.wrong, obeyed.recall) == (3, 3, 0, 1.0)
    assert obeyed.latencies_seconds == pytest.approx([0.1] * 3, abs=0.011)


def test_counts_wrong_and_missed_decisions() -> None:
    silent = Clip(np.zeros(16_000, dtype=np.int16), Command("next"))
    obeyed = obey(
        LoudnessEar(Command("stop")), [padded(LOUD, 0.5, 1.0, Command("next")), silent], LISTENING
    )
    assert (obeyed.clips, obeyed.right, obeyed.wrong) == (2, 0, 1)


def test_false_alarms_are_counted_by_the_hour() -> None:
    speech = Clip(np.pad(LOUD, (8_000, 16_000)))
    alarms = false_alarms(LoudnessEar(Command("next")), [speech] * 2, LISTENING)
    assert alarms.seconds == pytest.approx(4.0)
    assert alarms.per_hour == pytest.approx(1800)
