"""Sound hardware that a test holds in its hands."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np

from skill.audio.devices import Device, Role
from skill.errors import AudioError
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, VOICE_RATE_HZ, Pcm

PERIOD_SECONDS = 0.01


class FakeStream:
    """An open device; ``closed`` streams must not be used any more."""

    latency_seconds = 0.0

    def __init__(self, card: "FakeCard", rate_hz: int) -> None:
        self.card = card
        self.rate_hz = rate_hz
        self.channels = 1
        self.closed = False
        self.call: Callable | None = None

    def start(self, call: Callable) -> None:
        self.call = call

    def close(self) -> None:
        self.card.can_close.wait()
        self.closed = True


class FakeWatch:
    """Tells what the card says; must be closed."""

    def __init__(self, card: "FakeCard") -> None:
        self.card = card
        self.closed = False

    def strayed(self) -> frozenset[Role]:
        return frozenset(self.card.astray)

    def close(self) -> None:
        self.closed = True


class Turns(Protocol):
    """See ``tests.audio.trainer.Turns``."""

    def round(self) -> int: ...

    def after(self, round_: int) -> None: ...


class FakeCard:
    """A microphone and a speaker on a clock of their own, ten times (``speed``) as fast as real.

    Where it has ``turns``, as fast as who is at it comes round, once for each step of 0.1 s
    (``step_seconds``).

    While the card ``runs``, devices that are ``working`` deliver samples that count up, and take
    sound (kept in ``played``). Streams of roles that are ``astray`` lead elsewhere.
    """

    def __init__(self) -> None:
        self.working = set(Role)
        self.listed = [
            Device("Mic", 0, EAR_RATE_HZ, 1, 0, frozenset({Role.MICROPHONE})),
            Device("Box", 1, VOICE_RATE_HZ, 0, 1, frozenset({Role.SPEAKER})),
        ]
        self.now = 0.0
        self.speed = 10
        self.step_seconds = BLOCK_SECONDS
        self.turns: Turns | None = None
        self.delivered = 0
        self.most_delivered = 10**9
        self.played: list[Pcm] = []
        self.refreshed = 0
        self.abandoned = False
        self.astray: set[Role] = set()
        self.watches: list[FakeWatch] = []
        self.can_close = threading.Event()
        self.can_close.set()
        self.open: dict[Role, FakeStream] = {}
        self.everything_opened: list[FakeStream] = []

    def devices(self) -> tuple[Device, ...]:
        return tuple(self.listed)

    def refresh(self) -> None:
        assert all(stream.closed for stream in self.everything_opened), "still open"
        self.refreshed += 1

    def watch(self) -> FakeWatch:
        self.watches.append(FakeWatch(self))
        return self.watches[-1]

    def abandon(self) -> None:
        self.abandoned = True

    def open_microphone(self, device: Device) -> FakeStream:
        return self._open(Role.MICROPHONE, device)

    def open_speaker(self, device: Device) -> FakeStream:
        return self._open(Role.SPEAKER, device)

    def _open(self, role: Role, device: Device) -> FakeStream:
        if device not in self.listed:
            raise AudioError(f"The {role} is gone.")
        self.open[role] = FakeStream(self, device.rate_hz)
        self.everything_opened.append(self.open[role])
        return self.open[role]

    def clock(self) -> float:
        return self.now

    def run(self, ended: threading.Event) -> None:
        while not ended.is_set():
            if self.turns:
                round_ = self.turns.round()
                self._go_on(round(self.step_seconds / PERIOD_SECONDS))
                self.turns.after(round_)
            else:
                time.sleep(PERIOD_SECONDS / 10)
                self._go_on(self.speed // 10)

    def _go_on(self, periods: int) -> None:
        for _ in range(periods):
            self.now += PERIOD_SECONDS
            self._deliver()
            self._take()

    def _deliver(self) -> None:
        stream = self.open.get(Role.MICROPHONE)
        if stream and stream.call and not stream.closed and Role.MICROPHONE in self.working:
            count = min(round(PERIOD_SECONDS * EAR_RATE_HZ), self.most_delivered - self.delivered)
            ramp = (np.arange(self.delivered, self.delivered + count) % 30_000).astype(np.int16)
            self.delivered += count
            stream.call(ramp.tobytes(), False)

    def _take(self) -> None:
        stream = self.open.get(Role.SPEAKER)
        if stream and stream.call and not stream.closed and Role.SPEAKER in self.working:
            frames = stream.call(round(PERIOD_SECONDS * VOICE_RATE_HZ))
            self.played.append(np.frombuffer(frames, dtype=np.int16))


@contextlib.contextmanager
def running_card(card: FakeCard | None = None) -> Iterator[FakeCard]:
    """Yield a card (by default a new one) whose clock runs in a thread of its own."""
    card = card or FakeCard()
    ended = threading.Event()
    thread = threading.Thread(target=card.run, args=(ended,))
    thread.start()
    yield card
    ended.set()
    thread.join()
