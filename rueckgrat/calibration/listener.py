"""When a take is complete: pure, fed block by block."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rueckgrat.calibration.prompts import PromptKind
from rueckgrat.calibration.quality import measure, speech_frames
from skill.audio.waves import FRAME_SECONDS
from skill.ear.level import LevelMeter
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm, silence

_KEPT_SECONDS = 0.5
"""Kept of the room before and after what was said: enough to tell its noise, and to pad with."""

_LONGEST_ECHO_SECONDS = 0.3
_LEAST_GAP_SECONDS = 0.1
"""Quiet within a word lasts 0.05 to 0.08 s (before a t or a p)."""


@dataclass(frozen=True)
class ListeningTimes:
    """How long is listened, in seconds.

    After ``wait_seconds`` without a sound nobody speaks; ``quiet_seconds`` of quiet end what was
    said; ``most_seconds`` end it in any case. ``sound_blocks`` with sound in them are speech: a
    click or a bump is over sooner.
    """

    wait_seconds: float
    quiet_seconds: float
    most_seconds: float
    sound_blocks: int = 2


LISTENING_TIMES = {
    PromptKind.ROOM: ListeningTimes(3.0, 3.0, 3.0),
    PromptKind.WORD: ListeningTimes(5.0, 0.8, 6.0),
    PromptKind.SENTENCE: ListeningTimes(6.0, 1.2, 16.0),
}
"""A pause within a sentence lasts half a second, one within "bein anheben" next to nothing."""


class TakeListener:
    """Collects one take. ``meter`` goes from take to take, so that it knows the room.

    The first ``skip_seconds`` are not kept: the sign tone, and its echo.
    """

    def __init__(self, kind: PromptKind, meter: LevelMeter, skip_seconds: float = 0.0) -> None:
        self._kind = kind
        self._patience = LISTENING_TIMES[kind]
        self._meter = meter
        self._to_skip = round(skip_seconds / BLOCK_SECONDS)
        self._blocks: list[Pcm] = []
        self._sounding = 0
        self.done = False

    def process(self, block: Pcm) -> bool:
        """Take the next block (1,600 samples at 16 kHz); tell whether the take is complete."""
        if self.done:
            return True
        if self._to_skip:
            self._to_skip -= 1
            return False
        self._meter.process(block)
        self._blocks.append(block)
        self._sounding += self._meter.quiet_seconds < BLOCK_SECONDS
        seconds = len(self._blocks) * BLOCK_SECONDS
        self.done = seconds >= self._patience.most_seconds or (
            self._meter.quiet_seconds >= self._patience.quiet_seconds
            if self._sounding >= self._patience.sound_blocks
            else seconds >= self._patience.wait_seconds
        )
        return self.done

    @property
    def pcm(self) -> Pcm:
        """The take so far: what was said, and half a second of the room on both sides."""
        whole = np.concatenate([silence(0), *self._blocks])
        if self._kind is PromptKind.ROOM:
            return whole
        whole = whole[round(_echo_seconds(speech_frames(whole)) * EAR_RATE_HZ) :]
        levels = measure(whole)
        if not levels.speech_seconds:
            return whole
        first = round((levels.start_seconds - _KEPT_SECONDS) * EAR_RATE_HZ)
        last = round((levels.end_seconds + _KEPT_SECONDS) * EAR_RATE_HZ)
        return whole[max(0, first) : last]


def _echo_seconds(sounding: NDArray[np.bool_]) -> float:
    """Return how long the sign tone still sounds at the beginning, in a room that echoes.

    A sound from the first frame on is its tail, if it is short and there is quiet behind it; else
    somebody has spoken early.
    """
    quiet = np.flatnonzero(~sounding)
    if not quiet.size or quiet[0] == 0 or quiet[0] * FRAME_SECONDS > _LONGEST_ECHO_SECONDS:
        return 0.0
    end = int(quiet[0])
    gap = sounding[end : end + round(_LEAST_GAP_SECONDS / FRAME_SECONDS)]
    return 0.0 if gap.any() else end * FRAME_SECONDS
