"""From what a microphone delivers to the blocks that the session takes."""

from collections import deque

import numpy as np

from skill.audio.channels import MonoMix
from skill.audio.resample import Resampler
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm, silence


class BlockAssembler:
    """Cuts frames of any count, rate and channel number into blocks of 1,600 samples at 16 kHz.

    Keeps at most ``most_blocks`` that nobody has taken yet; the oldest are lost beyond that, for
    a session that has fallen behind must answer to what is said now.
    """

    def __init__(self, rate_hz: int, channels: int, most_blocks: int = 20) -> None:
        self._channels = channels
        self._mix = MonoMix(full_scale=32_768)
        self._resampler = Resampler(rate_hz, EAR_RATE_HZ)
        self._rest: Pcm = silence(0)
        self._blocks: deque[Pcm] = deque(maxlen=most_blocks)
        self.lost_blocks = 0

    def __len__(self) -> int:
        """Return how many whole blocks are waiting."""
        return len(self._blocks)

    def add(self, frames: bytes) -> None:
        """Take interleaved int16 frames; a broken last frame is dropped."""
        whole = len(frames) - len(frames) % (2 * self._channels)
        interleaved = np.frombuffer(frames[:whole], dtype=np.int16)
        mono = self._mix.process(interleaved.reshape(-1, self._channels))
        samples = self._resampler.process(np.rint(mono).astype(np.int16))
        pending = np.concatenate([self._rest, samples])
        count = pending.size // EAR_BLOCK_SAMPLES
        for block in pending[: count * EAR_BLOCK_SAMPLES].reshape(count, EAR_BLOCK_SAMPLES):
            self.lost_blocks += len(self._blocks) == self._blocks.maxlen
            self._blocks.append(block)
        self._rest = pending[count * EAR_BLOCK_SAMPLES :]

    def take(self) -> Pcm | None:
        """Return the oldest block that is waiting, None if there is none."""
        return self._blocks.popleft() if self._blocks else None
