"""Audio that is written at any time to come, and read block by block."""

import numpy as np

from skill.messages.blocks import Pcm, silence


class Track:
    """Mono samples on an absolute sample clock; what was never put is silence."""

    def __init__(self) -> None:
        self._taken = 0
        self._ahead = silence(0)

    def put(self, start_sample: int, pcm: Pcm) -> None:
        """Add ``pcm`` from ``start_sample`` on to what is there; the past must not be changed."""
        offset = start_sample - self._taken
        if offset < 0:
            raise ValueError(f"sample {start_sample} has been taken already")
        missing = max(0, offset + pcm.size - self._ahead.size)
        summed = np.pad(self._ahead, (0, missing)).astype(np.int32)
        summed[offset : offset + pcm.size] += pcm
        self._ahead = np.clip(summed, -32_768, 32_767).astype(np.int16)

    def take(self, samples: int) -> Pcm:
        """Return the next ``samples`` samples."""
        block = self._ahead[:samples]
        self._ahead = self._ahead[samples:]
        self._taken += samples
        return np.concatenate([block, silence(samples - block.size)])
