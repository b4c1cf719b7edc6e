"""What an ear makes of recordings: the questions of ``workbench.ears``, one clip at a time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from skill.calibration.prompts import Part
from skill.calibration.quality import Levels, measure
from skill.calibration.recordings import Recording
from skill.messages.blocks import BLOCK_SECONDS, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Heard, Listening
from skill.session import EarLike
from workbench.ears import Clip, FalseAlarms, Obeyed, false_alarms, obey

_BEFORE_SECONDS, _AFTER_SECONDS = 1.0, 1.2
"""Put around each recording: time for an ear to know the room, and to finish."""

_LEAST_NOISE_DBFS = -70.0
_LEAST_SNR_DB = 20.0
"""The room that is put around goes on as loud as it is within, but no microphone is digitally
silent, and in a recording that is cut tight the softest frames are speech."""


@dataclass(frozen=True)
class Outcome:
    """What an ear made of one recording.

    ``heard`` are the commands it would have obeyed; ``right``: the one that was said, and no
    other. ``latency_seconds`` is the decision minus the end of the word, of the right ones.
    """

    recording: Recording
    heard: tuple[Heard, ...]
    right: bool
    latency_seconds: float | None = None


@dataclass(frozen=True)
class Figures:
    """Outcomes as figures, each with its denominator."""

    outcomes: tuple[Outcome, ...]

    @property
    def commands(self) -> tuple[Outcome, ...]:
        """Outcomes of recordings in which a command was said."""
        return tuple(one for one in self.outcomes if one.recording.command)

    @property
    def others(self) -> tuple[Outcome, ...]:
        """Outcomes of recordings without a command."""
        return tuple(one for one in self.outcomes if not one.recording.command)

    def of_part(self, part: Part) -> "Figures":
        """Return the outcomes of the recordings that tune, or of those that test."""
        return Figures(tuple(one for one in self.outcomes if one.recording.part is part))

    @property
    def right(self) -> int:
        """How many commands were heard rightly, of ``len(commands)``."""
        return sum(one.right for one in self.commands)

    @property
    def fired(self) -> tuple[Heard, ...]:
        """Commands heard where none was said."""
        return tuple(heard for one in self.others for heard in one.heard)

    @property
    def other_seconds(self) -> float:
        """Length of the recordings without a command."""
        return sum(one.recording.pcm.size for one in self.others) / EAR_RATE_HZ

    @property
    def latencies_seconds(self) -> list[float]:
        """Latencies of the right ones."""
        seconds = (one.latency_seconds for one in self.commands)
        return [one for one in seconds if one is not None]

    def latency_ms(self, percentile: float) -> float | None:
        """Return a percentile of the latencies in ms; None where nothing was right."""
        seconds = self.latencies_seconds
        return float(np.percentile(seconds, percentile)) * 1000 if seconds else None

    def by_command(self) -> dict[Command, tuple[int, int]]:
        """Return (right, said) for each command, in the order they were first said."""
        said = Counter(one.recording.command for one in self.commands)
        right = Counter(one.recording.command for one in self.commands if one.right)
        return {command: (right[command], said[command]) for command in said if command}

    def confusions(self) -> Counter[tuple[Command, Command]]:
        """Return how often a command was taken for another: (said, heard)."""
        return Counter(
            (one.recording.command, heard.command)
            for one in self.commands
            for heard in one.heard
            if one.recording.command and heard.command and heard.command != one.recording.command
        )


def ask(ear: EarLike, recordings: Iterable[Recording], live: Iterable[str]) -> Figures:
    """Play recordings to an ear, one after the other; ``live`` are the commands that count."""
    notes = _Notes(ear)
    listening = Listening(frozenset(live))
    return Figures(tuple(_ask(notes, one, listening) for one in recordings))


def as_clip(recording: Recording) -> Clip:
    """Return the recording in a room that goes on before and after it, as loud as it was."""
    levels = measure(recording.pcm)
    room = np.random.default_rng(1)
    before, after = (_noise(room, seconds, levels) for seconds in (_BEFORE_SECONDS, _AFTER_SECONDS))
    end_seconds = _BEFORE_SECONDS + levels.end_seconds
    return Clip(np.concatenate([before, recording.pcm, after]), recording.command, end_seconds)


def _noise(room: np.random.Generator, seconds: float, levels: Levels) -> Pcm:
    dbfs = max(min(levels.noise_dbfs, levels.speech_dbfs - _LEAST_SNR_DB), _LEAST_NOISE_DBFS)
    noise = room.normal(0, 32_768 * 10 ** (dbfs / 20), round(seconds * EAR_RATE_HZ))
    return np.clip(np.rint(noise), -32_768, 32_767).astype(np.int16)


def _ask(notes: "_Notes", recording: Recording, listening: Listening) -> Outcome:
    notes.begin()
    clip = as_clip(recording)
    if recording.command is None:
        alarms: FalseAlarms = false_alarms(notes, [clip], listening)
        return Outcome(recording, tuple(alarms.heard), right=not alarms.heard)
    obeyed: Obeyed = obey(notes, [clip], listening)
    latency = obeyed.latencies_seconds[0] if obeyed.right else None
    return Outcome(recording, notes.commands, bool(obeyed.right), latency)


class _Notes:
    """An ear that notes the commands it heard in a clip, on the clip's own clock."""

    def __init__(self, ear: EarLike) -> None:
        self._ear = ear
        self._blocks = 0
        self._first_block = 0
        self._heard: list[Heard] = []

    @property
    def commands(self) -> tuple[Heard, ...]:
        return tuple(heard for heard in self._heard if heard.command)

    def begin(self) -> None:
        """Begin a new clip: the clock starts at 0."""
        self._first_block = self._blocks
        self._heard = []

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Let the ear hear a block; return what it decided."""
        self._blocks += 1
        begun = self._first_block * BLOCK_SECONDS
        heard = [
            replace(
                one,
                start_seconds=one.start_seconds - begun,
                end_seconds=one.end_seconds - begun,
                decided_seconds=one.decided_seconds - begun,
            )
            for one in self._ear.process(block, listening)
        ]
        self._heard += heard
        return heard
