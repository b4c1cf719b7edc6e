"""Watches a session: what must never happen in it, and how well people were understood."""

from collections.abc import Callable
from dataclasses import dataclass

from skill.coach.prompts import Line
from skill.content.schema import Content
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.messages.events import (
    BreathSounded,
    CommandHeard,
    Event,
    Hushed,
    Problem,
    Said,
    SpeechRejected,
    StateEntered,
    ToneSounded,
    VolumeSet,
)
from skill.voice.mixer import FADE_SAMPLES

ANSWER_SECONDS = 1.0
"""A command that counts shows an effect within this time."""

SILENT_EVENTS_SECONDS = 200.0
"""Longer than the longest wait there is, a pause (``Patience.paused_seconds``): something hangs."""

LONGEST_SECONDS = {"exercise.repeat": 1800.0, "exercise.introduce": 400.0, "paused": 400.0}
_LONGEST_ELSE_SECONDS = 300.0
"""How long a state may last in which nothing is heard: lines, a wait, a prompt, another wait."""

_STOP_SILENT_BLOCKS = 6
_FADE_SECONDS = FADE_SAMPLES / VOICE_RATE_HZ
_IN_PLACE = frozenset(
    [
        "help",
        "how_many",
        "which_exercise",
        "slower",
        "faster",
        "louder",
        "quieter",
        "question",
        "more",
        "week",
        "explain",
    ]
)
"""Commands that leave the coach's question as it is."""

_ANSWERS = (Said, ToneSounded, Hushed, VolumeSet, StateEntered, BreathSounded)
_ASIDES = ("yes", "no", "number")
_OBEYED = {"stop": ("paused", "standby", "finished"), "pain": ("pain.leave",)}


@dataclass
class _Asked:
    command: str
    state: str
    decided_seconds: float

    def is_answered_at(self, seconds: float) -> bool:
        """Return whether what begins at this time is in time."""
        return seconds <= self.decided_seconds + ANSWER_SECONDS


class Watch:
    """Receives a session's events and blocks; ``report`` gets a sentence for each broken promise.

    ``voice_fails`` and ``disk_is_full`` are set by whoever breaks them: what follows is excused.
    """

    def __init__(self, content: Content, report: Callable[[str], None]) -> None:
        self.voice_fails = False
        self.disk_is_full = False
        self.state = ""
        self.heard: list[CommandHeard | SpeechRejected] = []
        """Commands and rejected speech since they were last taken out."""
        self._content = content
        self._report = report
        self._now = 0.0
        self._entered = self._last_event = 0.0
        self._lines: list[tuple[float, float, str]] = []
        self._still_there = 0
        self._asked: list[_Asked] = []
        self._safety: list[str] = []
        self._silent_blocks = 0

    @property
    def quiet_from_seconds(self) -> float:
        """When the last line known so far ends."""
        return max((end for _, end, _ in self._lines), default=0.0)

    def on_event(self, event: Event) -> None:
        """Take in what the session reports."""
        if isinstance(event, _ANSWERS):
            self._asked = [one for one in self._asked if not one.is_answered_at(event.seconds)]
        self._last_event = self._now
        match event:
            case StateEntered():
                self.state = event.state
                self._entered, self._still_there = self._now, 0
            case CommandHeard() | SpeechRejected():
                self._hear(event)
            case Said():
                self._say(event)
            case Hushed():
                self._hush(event.seconds)
            case Problem():
                self._excuse(event.text)

    def after_block(self, now_seconds: float, played: Pcm) -> None:
        """Check what must hold at a block's end; ``played`` is the session's answer to it."""
        self._now = now_seconds
        self._check_safety(played)
        for asked in self._asked:  # what answers is planned in the very block
            if not self.voice_fails:
                self._report(f"no answer to {asked.command} in {asked.state}")
        self._asked.clear()
        self._lines = [line for line in self._lines if line[1] > now_seconds - 1.0]
        self._check_progress()

    # --- what was heard ----------------------------------------------------------------------

    def _hear(self, event: CommandHeard | SpeechRejected) -> None:
        self.heard.append(event)
        self._entered = self._now
        self._silent_blocks = 0
        if isinstance(event, SpeechRejected):
            return
        command = event.command.name
        if command not in _IN_PLACE:
            self._still_there = 0
        aside = command in _ASIDES and self.state == "exercise.repeat"
        if self.state and command in self._content.live_commands(self.state) and not aside:
            self._asked.append(_Asked(command, self.state, event.decided_seconds))
            if command in _OBEYED:
                self._safety.append(command)

    def _check_safety(self, played: Pcm) -> None:
        if self._silent_blocks:
            self._silent_blocks -= 1
            if played.any():
                self._report("it was not silent after stop")
                self._silent_blocks = 0
        for command in self._safety:
            if self.state not in _OBEYED[command]:
                self._report(f"{command} was not obeyed: the state is {self.state}")
            if command == "stop":
                self._silent_blocks = _STOP_SILENT_BLOCKS
        self._safety.clear()

    # --- what is said ------------------------------------------------------------------------

    def _say(self, event: Said) -> None:
        end = event.end_seconds
        for start, other_end, text in self._lines:
            if event.seconds < other_end - 0.001 and start < end - 0.001:
                self._report(f"two voices at once: {text!r} and {event.text!r}")
        self._lines.append((event.seconds, end, event.text))
        if event.line == Line.STILL_THERE:
            self._still_there += 1
            if self._still_there > 1:
                self._report(f"asked twice whether somebody is there, in {self.state}")

    def _hush(self, seconds: float) -> None:
        kept = [line for line in self._lines if line[0] < seconds]
        cut = [text for _, end, text in self._lines if end > seconds]
        if cut and self._still_there:
            self._still_there -= 1  # the line that was cut is said once more
        self._lines = [
            (start, min(end, seconds + _FADE_SECONDS), text) for start, end, text in kept
        ]

    def _excuse(self, sentence: str) -> None:
        voice = sentence.startswith(("Das konnte ich nicht sagen", "Das konnte ich nicht spielen"))
        disk = sentence.startswith("Das konnte ich mir nicht merken")
        excused = (voice and self.voice_fails) or (disk and self.disk_is_full)
        if not excused and self._now > 0.0:
            self._report(f"a problem that nobody made: {sentence}")

    # --- progress ----------------------------------------------------------------------------

    def _check_progress(self) -> None:
        if self.state in ("standby", "finished", ""):
            return
        silent = self._now - self._last_event
        if silent > SILENT_EVENTS_SECONDS:
            self._report(f"nothing happens for {silent:.0f} s in {self.state}")
            self._last_event = self._now
        lasting = self._now - self._entered
        if lasting > LONGEST_SECONDS.get(self.state, _LONGEST_ELSE_SECONDS):
            self._report(f"stuck in {self.state} for {lasting:.0f} s")
            self._entered = self._now
