"""A session without engines: recordings are buzzes of constant height, lines are hums of 2 s."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from rueckgrat.replay.dialog import Setup
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, VOICE_BLOCK_SAMPLES, Pcm, silence
from skill.messages.cues import Breathe, Cue, Direction, Hush, Say
from skill.messages.heard import Command, Decision, Heard, Listening, Speaking
from skill.observers import Observers
from skill.session import Session

LINE_SECONDS = 2.0
HUM = 5_000
HEIGHTS = {"next": 1_000, "stop": 2_000, "quit": 3_000}
UNKNOWN = 9_000


def recording(name: str, seconds: float = 0.5) -> Pcm:
    """What the user of this little world says when he means a command."""
    height = HEIGHTS.get(name, UNKNOWN)
    return np.tile(np.array([height, -height], dtype=np.int16), round(seconds * EAR_RATE_HZ / 2))


@dataclass
class StepEar:
    """Decides as soon as the recording is over, by its height."""

    blocks: int = 0
    started: float | None = None
    height: int = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        now = (self.blocks + 1) * BLOCK_SECONDS
        self.blocks += 1
        peak = int(np.abs(block).max())
        if peak:
            self.started = now - BLOCK_SECONDS if self.started is None else self.started
            self.height = max(self.height, peak)
        if self.started is None or block[-1]:
            return []
        name = next((n for n, height in HEIGHTS.items() if height == self.height), "")
        command = Command(name) if name else None
        start, self.started, self.height = self.started, None, 0
        reason = "" if command else "unknown words"
        return [Heard(command, name or "hm", 1.0, start, now, now, Decision.FINAL, reason)]


@dataclass
class TalkingCoach:
    """Greets, asks, says "Gut." to "next", hushes at "stop" and says goodbye at "quit"."""

    state: str = "welcome"
    finished: bool = False
    live_commands: frozenset[str] = frozenset(HEIGHTS)
    said: int = 0

    def upcoming(self) -> list[str]:
        return []

    def start(self) -> list[Cue]:
        return [self._say("Hallo.", "welcome.hello"), self._say("Womit?", "menu.ask")]

    def pass_time(self, seconds: float) -> list[Cue]:
        return []

    def cue_done(self, cue_id: int) -> list[Cue]:
        if self.state == "goodbye":
            self.finished = True
        return []

    def hear(self, heard: Heard) -> list[Cue]:
        match heard.command:
            case Command("next"):
                self.state = "exercise.introduce"
                return [self._say("Gut, die Brücke.", "bruecke.introduction")]
            case Command("stop"):
                self.state = "paused"
                return [Hush()]
            case Command("quit"):
                self.state = "goodbye"
                return [Hush(), self._say("Tschüss.", "goodbye")]
            case _:
                return []

    def _say(self, text: str, line: str) -> Say:
        self.said += 1
        return Say(text, self.said, line)


@dataclass
class HummingVoice:
    """Every line hums for two seconds; lines queue up."""

    now: float = 0.0
    queue: list[tuple[float, float, int]] = field(default_factory=list)

    def perform(self, cue: Cue) -> tuple[float, float]:
        # The block being prepared sounds from the end of the one just heard.
        start = self.now + BLOCK_SECONDS
        match cue:
            case Hush():
                self.queue = []
                return start, start
            case Say():
                start = max([start, *(end for _, end, _ in self.queue)])
                self.queue.append((start, start + LINE_SECONDS, cue.cue_id))
                return start, start + LINE_SECONDS
            case Breathe():
                return cue.at_seconds, cue.at_seconds + cue.seconds
            case _:
                return start, start

    def finished_cues(self) -> list[int]:
        over = [cue_id for _, end, cue_id in self.queue if end <= self.now + 1e-9]
        self.queue = [line for line in self.queue if line[1] > self.now + 1e-9]
        return over

    def speaking(self) -> tuple[Speaking, ...]:
        return ()

    def expect(self, upcoming: Callable[[], Iterable[str]]) -> None:
        pass

    def shortfall(self) -> str:
        return ""

    def next_block(self) -> Pcm:
        self.now += BLOCK_SECONDS
        block = silence(VOICE_BLOCK_SAMPLES)
        for start, end, _ in self.queue:
            first, last = (
                (t - self.now) * VOICE_BLOCK_SAMPLES / BLOCK_SECONDS for t in (start, end)
            )
            block[max(0, round(first)) : max(0, round(last))] = HUM
        return block


def make_session(setup: Setup, observers: Observers) -> Session:
    return Session(StepEar(), TalkingCoach(), HummingVoice(), observers)


def breath(at_seconds: float) -> Breathe:
    return Breathe(Direction.IN, 2.0, at_seconds)
