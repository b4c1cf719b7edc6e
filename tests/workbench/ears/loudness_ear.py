"""An ear for tests of the bench: whatever is loud is its command."""

import numpy as np

from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening

LOUD: Pcm = np.full(8000, 8000, dtype=np.int16)


class LoudnessEar:
    """Hears ``command`` in the block after a loud one."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._blocks = 0
        self._was_loud = False

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self._blocks += 1
        now = self._blocks * BLOCK_SECONDS
        ended = self._was_loud and not block.any()
        self._was_loud = bool(block.any())
        return [Heard(self._command, "", 1.0, now, now, now, Decision.FINAL)] if ended else []
