"""Sign tones: short, soft and told apart by their melody."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from skill.errors import VoiceError
from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.voice.loudness import SPEECH_LUFS, factor, loudness

BELOW_SPEECH_LU = 6.0
"""How much softer than speech every tone is."""

_Note = tuple[float, float, float]

_D4, _E4, _G4, _A4, _C5 = 293.7, 329.6, 392.0, 440.0, 523.3
_D5, _E5, _G5, _A5, _C6 = 587.3, 659.3, 784.0, 880.0, 1046.5

MELODIES: dict[str, tuple[_Note, ...]] = {
    "ready": ((_G4, 0.00, 0.22), (_C5, 0.12, 0.30)),
    "heard": ((_A5, 0.00, 0.14),),
    "rejected": ((_C5, 0.00, 0.16), (_A4, 0.11, 0.22)),
    "done": ((_C5, 0.00, 0.25), (_E5, 0.12, 0.25), (_G5, 0.24, 0.30), (_C6, 0.36, 0.50)),
    "problem": ((_E4, 0.00, 0.22), (_E4, 0.26, 0.22), (_E4, 0.52, 0.30)),
    "muted": ((_D5, 0.00, 0.10), (_D5, 0.10, 0.10), (_D4, 0.22, 0.40)),
    "unmuted": ((_D4, 0.00, 0.16), (_D5, 0.14, 0.10), (_D5, 0.24, 0.30)),
}
"""Notes by name of the tone: frequency in Hz, start in seconds, length in seconds.

Up asks or invites, down says no, one short high note just nods; the rest is told by length. The
microphone falls by an octave when it is closed, and rises by one when it is opened.
"""

_ATTACK_SECONDS = 0.006
_OVERTONE = 0.2


@lru_cache
def earcon(name: str) -> Pcm:
    """Return the tone at 22,050 Hz; VoiceError for a name that is not in ``MELODIES``."""
    if name not in MELODIES:
        raise VoiceError(
            f"Einen Signalton „{name}“ habe ich nicht.", f"Es gibt: {', '.join(MELODIES)}."
        )
    starts = [round(start * VOICE_RATE_HZ) for _, start, _ in MELODIES[name]]
    notes = [_note(hz, seconds) for hz, _, seconds in MELODIES[name]]
    tone = np.zeros(max(start + len(note) for start, note in zip(starts, notes, strict=True)))
    for start, note in zip(starts, notes, strict=True):
        tone[start : start + len(note)] += note
    gain = factor(SPEECH_LUFS - BELOW_SPEECH_LU - loudness(tone))
    pcm = np.rint(tone * (gain * 32_768)).astype(np.int16)
    pcm.setflags(write=False)  # shared by all who ask for the same tone
    return pcm


def _note(hz: float, seconds: float) -> NDArray[np.float64]:
    """Return a struck note with a little of its octave, dying away over its whole length."""
    time = np.arange(round(seconds * VOICE_RATE_HZ)) / VOICE_RATE_HZ
    ringing = np.sin(2 * np.pi * hz * time) + _OVERTONE * np.sin(4 * np.pi * hz * time)
    attack = np.minimum(time / _ATTACK_SECONDS, 1)
    note: NDArray[np.float64] = ringing * attack * np.cos(np.pi / 2 * time / seconds) ** 2
    return note
