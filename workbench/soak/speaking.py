"""What is being said in the room, and whether the trainer understood it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from rueckgrat.replay.track import Track
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.messages.events import CommandHeard
from workbench.soak.person import Saying
from workbench.soak.sounds import Sounds, spoken_seconds
from workbench.soak.watch import ANSWER_SECONDS, Watch

SAFETY = ("stop", "pain")
_MOST_ATTEMPTS = 3
"""Who says "stopp" three times in a quiet room, and isn't obeyed, is right to complain."""


@dataclass(frozen=True)
class _Said:
    """A command spoken, its end on the session's clock, and whether it ought to be understood."""

    command: str
    end_seconds: float
    counts: bool
    attempt: int


class Speaking:
    """Puts what people say on a track, block by block, and compares it with what was heard.

    Figures go to ``counts``; ``report`` hears of a safety word that was not obeyed at all.
    """

    def __init__(self, sounds: Sounds, counts: Counter[str], report: Callable[[str], None]) -> None:
        self._sounds = sounds
        self._counts = counts
        self._report = report
        self._track = Track()
        self._taken = 0
        self._said: _Said | None = None
        self._again: _Said | None = None
        self._busy_blocks = 0

    @property
    def is_busy(self) -> bool:
        """Whether somebody is speaking."""
        return self._busy_blocks > 0

    def next_block(self) -> Pcm:
        """Return what is said in the next block."""
        self._busy_blocks = max(0, self._busy_blocks - 1)
        self._taken += EAR_BLOCK_SAMPLES
        return self._track.take(EAR_BLOCK_SAMPLES)

    def say(
        self, saying: Saying, now_seconds: float, is_live: bool, noisy: bool, coach_talks: bool
    ) -> float:
        """Begin to say something; return how long it takes. ``now_seconds`` is the session's."""
        seconds = self._put(self._sounds.say(saying.who, saying.text))
        again, self._again = self._again, None
        if not saying.command or not is_live:
            self._said = None
            return seconds
        attempt = again.attempt + 1 if again and again.command == saying.command else 1
        place = "in noise" if noisy else "over the coach" if coach_talks else "in quiet"
        kind = "safety" if saying.command in SAFETY else "command"
        self._counts[f"said: {kind} {place}"] += attempt == 1
        self._said = _Said(saying.command, now_seconds + seconds, not noisy, attempt)
        self._where = f"{kind} {place}"
        return seconds

    def say_to_nobody(self, who: str, text: str) -> None:
        """Begin to say something that is meant for nobody."""
        self._put(self._sounds.say(who, text))

    def insists(self) -> str:
        """Return the safety command that was not obeyed, and is said once more now; or ""."""
        return self._again.command if self._again else ""

    def forget(self) -> None:
        """Nobody speaks any more, nor waits for an answer."""
        self._track = Track()
        self._taken = self._busy_blocks = 0
        self._said = self._again = None

    def check(self, watch: Watch, now_seconds: float) -> None:
        """Compare with what was heard in this block."""
        heard, watch.heard = watch.heard, []
        said = self._said
        if said is None:
            return
        for event in heard:
            command = event.command.name if isinstance(event, CommandHeard) else ""
            if command == said.command or (command in SAFETY and said.command in SAFETY):
                first = "" if said.attempt == 1 else ", said again"
                self._counts[f"understood: {self._where}{first}"] += 1
                self._said = None
                return
            if command:
                self._counts[f"misunderstood: {self._where}"] += 1
        if now_seconds > said.end_seconds + ANSWER_SECONDS:
            self._miss(said)

    def _miss(self, said: _Said) -> None:
        self._counts[f"not understood: {self._where}"] += said.attempt == 1
        self._said = None
        if said.command in SAFETY:
            self._again = replace(said)
            if said.counts and said.attempt >= _MOST_ATTEMPTS:
                self._report(f"{said.command} was said {said.attempt} times and not obeyed")
                self._again = None

    def _put(self, pcm: Pcm) -> float:
        self._track.put(self._taken, pcm)
        seconds = spoken_seconds(pcm)
        self._busy_blocks = -(-len(pcm) // EAR_BLOCK_SAMPLES) + 1
        return max(seconds, len(pcm) / EAR_RATE_HZ - BLOCK_SECONDS)
