"""What is shown of a session: what happened, how loud it was, how it ended, and what failed."""

from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rueckgrat.observers.transcript import clock
from rueckgrat.replay.checks import Failure
from rueckgrat.replay.runner import Take
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    VOICE_BLOCK_SAMPLES,
    Pcm,
)
from skill.messages.events import CommandHeard, Event, Said, SpeechRejected
from skill.written.yaml_source import YamlSource

Peaks: TypeAlias = NDArray[np.float64]
"""The loudest sample of each ``PEAK_SECONDS``, 0 to 1 of full scale."""

PEAK_SECONDS = BLOCK_SECONDS / 2
_FULL_SCALE = 32_768.0


def peaks(pcm: Pcm, block_samples: int) -> Peaks:
    """Return the peaks of one or more blocks; a last one that is not full ends in silence."""
    blocks = np.pad(pcm, (0, -pcm.size % block_samples)).reshape(-1, block_samples)
    halves = np.split(blocks, [block_samples // 2], axis=1)
    highest = [np.maximum(half.max(axis=1), -half.min(axis=1).astype(np.int32)) for half in halves]
    return np.stack(highest, axis=1).ravel() / _FULL_SCALE


@dataclass(frozen=True)
class SessionOverview:
    """A session as it is shown; ``source`` is the dialog test that ``failures`` are of."""

    title: str
    events: tuple[Event, ...]
    heard: Peaks
    played: Peaks
    seconds: float
    state: str
    finished: bool
    timed_out: bool = False
    failures: tuple[Failure, ...] = ()
    source: YamlSource | None = None

    @classmethod
    def of(
        cls,
        take: Take,
        title: str,
        failures: tuple[Failure, ...] = (),
        source: YamlSource | None = None,
    ) -> Self:
        """Return the overview of a whole take."""
        return cls(
            title,
            take.events,
            peaks(take.microphone, EAR_BLOCK_SAMPLES),
            peaks(take.coach, VOICE_BLOCK_SAMPLES),
            take.seconds,
            take.state,
            take.finished,
            take.timed_out,
            failures,
            source,
        )

    @property
    def summary(self) -> str:
        """How long it was, what was counted, and how it ended, in one line."""
        if self.finished:
            end = "endet mit dem Abschied"
        else:
            end = f"{'Zeit um' if self.timed_out else 'verlassen'} in {self.state}"
        return (
            f"{clock(self.seconds)} min  ·  Befehle: {self._count(CommandHeard)}  ·  "
            f"abgelehnt: {self._count(SpeechRejected)}  ·  Sätze: {self._count(Said)}  ·  {end}"
        )

    def _count(self, kind: type) -> int:
        return sum(isinstance(event, kind) for event in self.events)
