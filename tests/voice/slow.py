"""A natural voice without an engine: as slow as is wanted, on a clock that the test moves on."""

import math
import threading
import time
from collections.abc import Collection
from pathlib import Path

import numpy as np

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.voice.ahead import Ahead
from skill.voice.cache import LineCache
from skill.voice.renderings import Renderings
from skill.voice.respelling import Respeller

LETTER_SECONDS = 0.08
STAND_IN_LETTER_SECONDS = 0.06
PATIENCE_SECONDS = 30.0


def hum(text: str, letter_seconds: float, hz: float) -> Pcm:
    phase = np.arange(round(letter_seconds * len(text) * VOICE_RATE_HZ)) * (
        2 * np.pi * hz / VOICE_RATE_HZ
    )
    return np.rint(8_000 * np.cos(phase)).astype(np.int16)


class SlowVoice:
    """Renders at ``pace`` (seconds of work for a second of speech), on a clock of its own."""

    identity = "slow"

    def __init__(self, pace: float = 0.0, broken: Collection[str] = ()) -> None:
        self.pace = pace
        self.tried: list[str] = []
        self.rendered: list[str] = []
        self.threads: set[str] = set()
        self.broken = broken
        self._now = self._done_at = 0.0
        self._is_busy = False
        self._clock = threading.Condition()

    def render(self, text: str) -> Pcm:
        pcm = hum(text, LETTER_SECONDS, 300.0)
        with self._clock:
            self.tried.append(text)
            self.threads.add(threading.current_thread().name)
            self._done_at = self._now + self.pace * len(pcm) / VOICE_RATE_HZ
            self._is_busy = True
            assert self._clock.wait_for(lambda: self._now >= self._done_at, PATIENCE_SECONDS)
            self._is_busy = False
            if text in self.broken:
                raise VoiceError("The slow voice has crashed.")
            self.rendered.append(text)
            return pcm

    def work(self, ahead: Ahead, seconds: float = 0.0) -> None:
        """Let time pass, and return when nothing more can happen until more of it does."""
        self._settle(ahead)
        with self._clock:
            self._now += seconds
            self._clock.notify_all()
        self._settle(ahead)

    def finish(self) -> None:
        """Have all the time there is: no thread waits any more."""
        with self._clock:
            self._now = math.inf
            self._clock.notify_all()

    def _settle(self, ahead: Ahead) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while ahead._thread is not None and not (self._is_busy and self._done_at > self._now):
            assert time.monotonic() < until, "it is never done"
            time.sleep(0.0002)


class QuickVoice:
    """The voice that stands in: hums higher, and quicker."""

    identity = "quick"

    def __init__(self) -> None:
        self.rendered: list[str] = []

    def render(self, text: str) -> Pcm:
        self.rendered.append(text)
        return hum(text, STAND_IN_LETTER_SECONDS, 900.0)


def slow_lines(folder: Path, slow: SlowVoice, quick: QuickVoice | None = None) -> Renderings:
    """Return the lines of a natural voice with its stand-in, kept in this folder."""
    stand_in = Renderings(quick or QuickVoice(), Respeller({}), LineCache(folder))
    cache = LineCache(folder)
    return Renderings(slow, Respeller({}), cache, by_sentence=True, stand_in=stand_in)
