"""Questions asked of an ear alone: what it obeys, how soon, and what it wrongly obeys.

An ear keeps its clock, so clips are heard one after the other, as in one long evening. Every
figure keeps its denominator.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from skill.audio.waves import sound_end_seconds
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm
from skill.messages.heard import Command, Heard, Listening
from skill.session import EarLike


@dataclass(frozen=True)
class Clip:
    """A recording at 16 kHz, the command said in it (None: none) and when its last word ends.

    A clip should end in at least a second without speech, so that an ear can finish in it.
    ``name`` and ``speaker`` say what it is; ``sound_seconds`` is its length without the silence
    put around it (0: all of it is sound); ``known`` tells whether the built-in model has learnt
    from this voice.
    """

    pcm: Pcm
    command: Command | None = None
    end_seconds: float = 0.0
    name: str = ""
    speaker: str = ""
    sound_seconds: float = 0.0
    known: bool = False


@dataclass
class Obeyed:
    """How clips with a command fared."""

    clips: int = 0
    right: int = 0
    wrong: int = 0
    """Clips in which another command was heard, whether or not the right one was too."""
    latencies_seconds: list[float] = field(default_factory=list)
    """Decision minus end of the word, of the right ones; negative where the ear was sure sooner."""

    @property
    def recall(self) -> float:
        """Share of clips in which the right command was heard, and no other."""
        return self.right / self.clips if self.clips else 0.0


@dataclass
class FalseAlarms:
    """What was obeyed in audio without any command."""

    seconds: float = 0.0
    heard: list[Heard] = field(default_factory=list)

    @property
    def per_hour(self) -> float:
        """False accepts in an hour of such audio."""
        return len(self.heard) / self.seconds * 3600 if self.seconds else 0.0


def padded(
    speech: Pcm,
    before_seconds: float,
    after_seconds: float,
    command: Command | None,
    name: str = "",
    speaker: str = "",
) -> Clip:
    """Return a clip of a clean recording between silences, with the place where it ends."""
    silences = (round(before_seconds * EAR_RATE_HZ), round(after_seconds * EAR_RATE_HZ))
    end_seconds = before_seconds + sound_end_seconds(speech, EAR_RATE_HZ)
    sound_seconds = len(speech) / EAR_RATE_HZ
    return Clip(np.pad(speech, silences), command, end_seconds, name, speaker, sound_seconds)


def obey(ear: EarLike, clips: Iterable[Clip], listening: Listening) -> Obeyed:
    """Play clips with a command to an ear; count, and time the right decisions."""
    result = Obeyed()
    for clip, heard in hear_all(ear, ((clip, listening) for clip in clips)):
        commands = [h for h in heard if h.command]
        right = [h for h in commands if h.command == clip.command]
        result.clips += 1
        result.wrong += len(right) < len(commands)
        if right and len(right) == len(commands):
            result.right += 1
            result.latencies_seconds.append(right[0].decided_seconds - clip.end_seconds)
    return result


def false_alarms(ear: EarLike, clips: Iterable[Clip], listening: Listening) -> FalseAlarms:
    """Play clips without a command to an ear; collect what it took for one."""
    result = FalseAlarms()
    for clip, heard in hear_all(ear, ((clip, listening) for clip in clips)):
        result.seconds += len(clip.pcm) / EAR_RATE_HZ
        result.heard += [h for h in heard if h.command]
    return result


def hear_all(
    ear: EarLike, clips: Iterable[tuple[Clip, Listening]]
) -> Iterator[tuple[Clip, list[Heard]]]:
    """Yield each clip with what was decided in it, in seconds from the clip's start.

    ``ear`` must be new: its clock begins with the first clip.
    """
    blocks = 0
    for clip, listening in clips:
        start_seconds = blocks * BLOCK_SECONDS
        heard: list[Heard] = []
        for first in range(0, len(clip.pcm) - EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES):
            heard += ear.process(clip.pcm[first : first + EAR_BLOCK_SAMPLES], listening)
            blocks += 1
        yield clip, [_moved(h, -start_seconds) for h in heard]


def _moved(heard: Heard, seconds: float) -> Heard:
    return replace(
        heard,
        start_seconds=heard.start_seconds + seconds,
        end_seconds=heard.end_seconds + seconds,
        decided_seconds=heard.decided_seconds + seconds,
    )
