"""A recogniser that can be made to hear the running utterance once more."""

from collections import deque

import numpy as np

from skill.blocks import BLOCK_SECONDS, Pcm
from skill.ear.clocked import ClockedRecogniser
from skill.ear.recogniser import Hypothesis
from skill.ear.rules import EarRules


class RehearingRecogniser:
    """Keeps the sound of the running utterance beside the recogniser that decodes it.

    What was heard while nobody seemed to speak waits, and is heard first once somebody does. And
    an end that came too soon can be taken back, because its sound is still there.
    """

    def __init__(self, recogniser: ClockedRecogniser, rules: EarRules) -> None:
        self._recogniser = recogniser
        self._heard: deque[Pcm] = deque(maxlen=round(rules.kept_seconds / BLOCK_SECONDS))
        self._waiting: deque[Pcm] = deque(maxlen=1 + round(rules.pre_roll_seconds / BLOCK_SECONDS))

    def wait(self, block: Pcm) -> None:
        """Keep a block in which nobody seems to speak, for ``pre_roll_seconds``."""
        self._waiting.append(block)

    def accept(self, block: Pcm, now_seconds: float) -> Hypothesis:
        """Hear what has waited and this block; see ``Recogniser.accept``."""
        self._waiting.append(block)
        fed = list(self._waiting)
        self._waiting.clear()
        self._heard.extend(fed)
        return self._ended(self._recogniser.accept(np.concatenate(fed), now_seconds))

    def finish(self, now_seconds: float) -> Hypothesis:
        """See ``Recogniser.finish``; the sound is kept until ``forget``."""
        return self._recogniser.finish(now_seconds)

    def hear_again(self, now_seconds: float) -> Hypothesis:
        """Take back ``finish``: decode the utterance's sound anew, as though it had not ended."""
        return self._ended(self._recogniser.accept(np.concatenate(self._heard), now_seconds))

    def forget(self) -> None:
        """The utterance is over."""
        self._heard.clear()

    def rest(self) -> None:
        """Free the memory that has gathered: nobody is speaking."""
        self._recogniser.renew_if_used(1)

    def _ended(self, hypothesis: Hypothesis) -> Hypothesis:
        if hypothesis.final:
            self.forget()
        return hypothesis
