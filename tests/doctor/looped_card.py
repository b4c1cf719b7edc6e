"""A sound card whose microphone hears its speaker: later, softer, and over the noise of a room."""

import threading

import numpy as np

from skill.audio.devices import Role
from skill.audio.resample import Resampler
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, Pcm, silence
from tests.audio.fake_card import PERIOD_SECONDS, FakeCard

SPEED = 4


class LoopedCard(FakeCard):
    """Runs four times as fast as a real one."""

    def __init__(self, delay_seconds: float = 0.1, gain: float = 0.3, noise: float = 20.0) -> None:
        super().__init__()
        self._gain = gain
        self._noise = noise
        self._chance = np.random.default_rng(1)
        self._to_ear = Resampler(VOICE_RATE_HZ, EAR_RATE_HZ)
        self._air: Pcm = silence(round(delay_seconds * EAR_RATE_HZ))
        self._asked = 0
        self._given = 0

    def run(self, ended: threading.Event) -> None:
        while not ended.wait(PERIOD_SECONDS / SPEED):
            self.now += PERIOD_SECONDS
            self._take()
            self._deliver()

    def _take(self) -> None:
        count = round(self.now * VOICE_RATE_HZ) - self._asked
        self._asked += count
        stream = self.open.get(Role.SPEAKER)
        pcm = silence(count)
        if stream and stream.call and not stream.closed:
            pcm = np.frombuffer(stream.call(count), dtype=np.int16)
        self._air = np.concatenate([self._air, self._to_ear.process(pcm)])

    def _deliver(self) -> None:
        count = round(self.now * EAR_RATE_HZ) - self._given
        self._given += count
        heard, self._air = self._air[:count], self._air[count:]
        heard = np.pad(heard, (0, count - heard.size))
        stream = self.open.get(Role.MICROPHONE)
        if stream and stream.call and not stream.closed and Role.MICROPHONE in self.working:
            hiss = self._chance.normal(0, 1, count) * self._noise
            mixed = np.clip(np.rint(self._gain * heard + hiss), -32_768, 32_767)
            stream.call(mixed.astype(np.int16).tobytes(), False)
