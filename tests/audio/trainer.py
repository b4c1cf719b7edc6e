"""A whole trainer at a sound card, without engines: the coach is real, lines are hums.

What a test waits for is looked at within the trainer's own thread, each time round: nothing is
missed, however busy the machine is. At a fake card, trainer and card then stand still until the
test waits for the next thing.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

import numpy as np

from skill.audio.devices import SoundCard
from skill.audio.live import LiveReport, run_live
from skill.coach import Coach
from skill.content.loader import load_content
from skill.messages.blocks import BLOCK_SECONDS, VOICE_RATE_HZ, Pcm
from skill.messages.events import Event, Said
from skill.messages.heard import Command, Decision, Heard, Listening
from skill.observers import Observers, Told
from skill.session import Session
from skill.voice.voice import Voice
from tests.audio.fake_card import FakeCard
from tests.coach.stage import speech_seconds

HUM = 5_000
WAIT_SECONDS = 60


class HummedLines:
    """Every line is a hum of its length."""

    def pcm(self, text: str) -> Pcm:
        return np.full(round(self.seconds(text) * VOICE_RATE_HZ), HUM, dtype=np.int16)

    def seconds(self, text: str) -> float:
        return speech_seconds(text)


class ToldEar:
    """Hears what a test tells it, one command in a block."""

    def __init__(self) -> None:
        self.told: SimpleQueue[Command] = SimpleQueue()
        self.blocks = 0

    def process(self, _block: Pcm, _listening: Listening) -> list[Heard]:
        self.blocks += 1
        now = self.blocks * BLOCK_SECONDS
        try:
            command = self.told.get_nowait()
        except Empty:
            return []
        return [Heard(command, command.name, 1.0, now, now, now, Decision.FINAL)]


class Turns:
    """Whose turn it is: the trainer's until what the test waits for has happened, then the test's.

    Where the trainer ``waits``, it stands still in the test's turn.
    """

    def __init__(self, waits: bool) -> None:
        self._waits = waits
        self._awaited: Callable[[], bool] | None = None
        self._rounds = 0
        self._ended = False
        self._changed = threading.Condition()

    def take(self) -> None:
        """(Trainer) Come round once more."""
        with self._changed:
            if self._awaited and self._awaited():
                self._awaited = None
                self._changed.notify_all()
            if self._waits:
                self._changed.wait_for(lambda: self._awaited or self._ended)
            self._rounds += 1
            self._changed.notify_all()

    def end(self) -> None:
        """(Anybody) Let nobody wait any more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def until(self, happened: Callable[[], bool]) -> bool:
        """(Test) Give the trainer its turn; return whether this has happened."""
        with self._changed:
            self._awaited = happened
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._awaited or self._ended, WAIT_SECONDS)
            return not self._awaited

    def round(self) -> int:
        """(Card) Return how often the trainer has come round."""
        return self._rounds

    def after(self, round_: int) -> None:
        """(Card) Wait until the trainer has come round again; one that is busy keeps no time up."""
        with self._changed:
            self._changed.wait_for(lambda: self._rounds > round_ or self._ended, BLOCK_SECONDS)
            self._changed.wait_for(lambda: self._awaited or self._ended)
        if self._ended:  # what is delivered faster than it is taken is never all taken
            time.sleep(BLOCK_SECONDS / 10)


class Trainer:
    """``run_live`` in a thread of its own. What happens is kept with the ``clock``'s time."""

    def __init__(
        self, card: SoundCard, clock: Callable[[], float], stays: bool = False, waits: bool = False
    ) -> None:
        self.ear = ToldEar()
        self.coach = Coach(load_content(), speech_seconds, stays=stays)
        self.events: list[Event] = []
        self.session = Session(
            self.ear, self.coach, Voice(HummedLines()), Observers([Told(self.events.append)])
        )  # type: ignore[arg-type]
        self.status: list[tuple[float, str]] = []
        self.report: LiveReport | None = None
        self.error: Exception | None = None
        self.stop = threading.Event()
        self._clock = clock
        self.turns = Turns(waits=isinstance(card, FakeCard))
        if isinstance(card, FakeCard):
            card.turns = self.turns

        def looking() -> float:
            """``run_live`` reads its clock each time round."""
            if threading.current_thread() is self.thread:
                self.turns.take()
            return clock()

        def run() -> None:
            try:
                self.report = run_live(
                    self.session,
                    None,
                    None,
                    self._tell,
                    self.stop,
                    card,
                    waits=waits,
                    clock=looking,
                )
            except Exception as error:
                self.error = error
            finally:
                self.turns.end()

        self.thread = threading.Thread(target=run)

    @property
    def told(self) -> list[str]:
        """What stood on the terminal, apart from the transcript."""
        return [sentence for _, sentence in self.status]

    @property
    def said(self) -> list[str]:
        """The ids of the lines that were said."""
        return [event.line for event in self.events if isinstance(event, Said)]

    def hear(self, name: str, slot: str = "") -> None:
        self.ear.told.put(Command(name, slot))

    def until(self, happened: Callable[[], bool]) -> None:
        if not self.turns.until(happened):
            assert self.thread.is_alive(), f"it ended: {self.error}"
            raise AssertionError((self.session.state, self.told, self.said[-5:]))

    def until_it_ends(self) -> None:
        self.turns.until(lambda: not self.thread.is_alive())
        self.thread.join(WAIT_SECONDS)

    def until_state(self, state: str) -> None:
        self.until(lambda: self.session.state == state)

    def lead_to(self, state: str) -> None:
        """Say what brings the training to this state, one of those below, and wait for it.

        A set takes its time: nobody says that it is over.
        """
        for place, name, slot in _WAY[: _STATES.index(state)]:
            self.until_state(place)
            if place in _ASKING:  # an answer counts once its question has begun
                self.until(lambda place=place: self._has_asked(place))  # type: ignore[misc]
            if name:
                self._breathe()
                self.hear(name, slot)
        self.until_state(state)

    def _breathe(self) -> None:
        """Nobody says one thing right after another: the coach takes that for a repetition."""
        since = self.session.now_seconds
        self.until(lambda: self.session.now_seconds > since + _BREATH_SECONDS)

    def _has_asked(self, place: str) -> bool:
        now = self.session.now_seconds
        return any(
            isinstance(event, Said) and event.line.startswith(place) and event.seconds < now
            for event in self.events
        )

    def seconds_until_told(self, sentence: str, since: float) -> float:
        """Wait for the next such sentence; return how long after ``since`` it came."""
        self.until(lambda: any(at >= since and text == sentence for at, text in self.status))
        return next(at for at, text in self.status if at >= since and text == sentence) - since

    def _tell(self, sentence: str) -> None:
        self.status.append((self._clock(), sentence))


_BREATH_SECONDS = 1.5
_ASKING = ("safety.ask", "menu.ask", "menu.count")
_WAY = (
    ("welcome", "next", ""),
    ("safety.ask", "yes", ""),
    ("menu.ask", "all", ""),
    ("menu.count", "number", "2"),
    ("exercise.introduce", "next", ""),
    ("exercise.position", "next", ""),
    ("exercise.repeat", "", ""),
    ("exercise.feedback", "feeling", "good"),
    ("exercise.rest", "", ""),
)
_STATES = [place for place, _, _ in _WAY]


@contextmanager
def running(trainer: Trainer) -> Iterator[Trainer]:
    trainer.thread.start()
    try:
        yield trainer
    finally:
        trainer.stop.set()
        trainer.turns.end()
        trainer.thread.join()
