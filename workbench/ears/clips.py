"""What an ear is played in the benchmark: recordings, and what is known of each."""

from dataclasses import dataclass

import numpy as np

from skill.audio.waves import sound_end_seconds
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.messages.heard import Command


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
