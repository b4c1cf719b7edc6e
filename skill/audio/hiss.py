"""The hiss of a quiet room: no microphone is digitally silent."""

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import EAR_BLOCK_SAMPLES, Pcm

FLOOR_DBFS = -70.0
"""Its level, which lies under every recording that is played to an ear."""


def with_hiss(pcm: Pcm, blocks: int) -> NDArray[np.int16]:
    """Return ``pcm`` (16 kHz) over hiss, cut into blocks for an ear: shape (blocks, 1600)."""
    samples = blocks * EAR_BLOCK_SAMPLES
    amplitude = 32_768 * 10 ** (FLOOR_DBFS / 20)
    hiss = np.random.default_rng(1).normal(0, amplitude, samples)
    hiss[: len(pcm)] += pcm[:samples]
    return np.clip(np.rint(hiss), -32_768, 32_767).astype(np.int16).reshape(blocks, -1)
