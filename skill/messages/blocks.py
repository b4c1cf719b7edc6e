"""The one currency between the rooms: mono int16 blocks of 100 ms, and their two rates."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pcm: TypeAlias = NDArray[np.int16]
"""Mono samples, shape ``(samples,)``, int16."""

EAR_RATE_HZ = 16_000
"""What the recogniser hears: the sample rate of both speech models (their ``mfcc.conf``)."""

VOICE_RATE_HZ = 22_050
"""What the mixer plays: the rate that espeak-ng renders at, so that no line is resampled."""

BLOCK_SECONDS = 0.1
"""Length of a block. Vosk is fed 100 ms at a time; both rates divide into whole samples."""

ROUNDING_SECONDS = 1e-6
"""Times closer than this are the same: a sum of many tenths is not quite a multiple of one."""

EAR_BLOCK_SAMPLES = 1_600
VOICE_BLOCK_SAMPLES = 2_205


@dataclass(frozen=True, eq=False)
class Exchange:
    """100 ms of a session: what was heard (16 kHz), and what is played in answer (22,050 Hz).

    ``seconds`` is the end of what was heard, on the session's clock; ``played`` begins there.
    """

    seconds: float
    heard: Pcm
    played: Pcm


def silence(samples: int) -> Pcm:
    """Return ``samples`` zero samples."""
    return np.zeros(samples, dtype=np.int16)
