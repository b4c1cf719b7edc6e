"""What an ear makes of recordings: which commands it would obey, and how soon."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.quality import Levels, measure
from rueckgrat.calibration.recordings import Recording
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Heard, Listening
from skill.parts import EarLike

_BEFORE_SECONDS, _AFTER_SECONDS = 1.0, 1.2
"""Put around each recording: time for an ear to know the room, and to finish."""

_LEAST_NOISE_DBFS = -70.0
_LEAST_SNR_DB = 20.0
"""The room that is put around goes on as loud as it is within, but no microphone is digitally
silent, and in a recording that is cut tight the softest frames are speech."""


@dataclass(frozen=True)
class RecordingOutcome:
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

    outcomes: tuple[RecordingOutcome, ...]

    @property
    def commands(self) -> tuple[RecordingOutcome, ...]:
        """Outcomes of recordings in which a command was said."""
        return tuple(one for one in self.outcomes if one.recording.command)

    @property
    def others(self) -> tuple[RecordingOutcome, ...]:
        """Outcomes of recordings without a command."""
        return tuple(one for one in self.outcomes if not one.recording.command)

    def of_part(self, part: Split) -> "Figures":
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
    """Play recordings to an ear, one after the other; ``live`` are the commands that count.

    ``ear`` must be new: its clock begins with the first recording.
    """
    listening = Listening(frozenset(live))
    asked = [(one, *in_its_room(one)) for one in recordings]
    answers = hear_all(ear, ((pcm, listening) for _, pcm, _ in asked))
    return Figures(
        tuple(
            _outcome(recording, end_seconds, heard)
            for (recording, _, end_seconds), heard in zip(asked, answers, strict=True)
        )
    )


def hear_all(ear: EarLike, sounds: Iterable[tuple[Pcm, Listening]]) -> Iterator[list[Heard]]:
    """Yield what an ear decides in each sound (16 kHz), in seconds from the sound's start.

    An ear keeps its clock, so it hears them one after the other, as one recording. ``ear``
    must be new. A sound should end in at least a second without speech, so that the ear can
    finish in it; what does not fill its last block is not heard.
    """
    blocks = 0
    for pcm, listening in sounds:
        start_seconds = blocks * BLOCK_SECONDS
        heard: list[Heard] = []
        for first in range(0, len(pcm) - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES):
            heard += ear.process(pcm[first : first + EAR_BLOCK_SAMPLES], listening)
            blocks += 1
        yield [_moved(one, -start_seconds) for one in heard]


def in_its_room(recording: Recording) -> tuple[Pcm, float]:
    """Return the recording in a room that goes on before and after it, and when its word ends.

    The room is as loud around the recording as within it.
    """
    levels = measure(recording.pcm)
    room = np.random.default_rng(1)
    before, after = (_noise(room, seconds, levels) for seconds in (_BEFORE_SECONDS, _AFTER_SECONDS))
    end_seconds = _BEFORE_SECONDS + levels.end_seconds
    return np.concatenate([before, recording.pcm, after]), end_seconds


def _noise(room: np.random.Generator, seconds: float, levels: Levels) -> Pcm:
    dbfs = max(min(levels.noise_dbfs, levels.speech_dbfs - _LEAST_SNR_DB), _LEAST_NOISE_DBFS)
    noise = room.normal(0, 32_768 * 10 ** (dbfs / 20), round(seconds * EAR_RATE_HZ))
    return np.clip(np.rint(noise), -32_768, 32_767).astype(np.int16)


def _outcome(recording: Recording, end_seconds: float, heard: Iterable[Heard]) -> RecordingOutcome:
    commands = tuple(one for one in heard if one.command)
    right = all(one.command == recording.command for one in commands)
    if recording.command is None or not (right and commands):
        return RecordingOutcome(
            recording, commands, right=recording.command is None and not commands
        )
    return RecordingOutcome(recording, commands, True, commands[0].decided_seconds - end_seconds)


def _moved(heard: Heard, seconds: float) -> Heard:
    return replace(
        heard,
        start_seconds=heard.start_seconds + seconds,
        end_seconds=heard.end_seconds + seconds,
        decided_seconds=heard.decided_seconds + seconds,
    )
