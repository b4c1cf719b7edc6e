"""Recognisers that can be made to hear the running utterance once more."""

from collections import deque
from collections.abc import Mapping

import numpy as np

from skill.ear.clocked import ClockedRecogniser
from skill.ear.recogniser import Hypothesis
from skill.ear.rules import EarRules
from skill.messages.blocks import BLOCK_SECONDS, Pcm


class RehearingRecogniser:
    """Keeps the sound of the running utterance beside the recogniser that decodes it.

    What was heard while nobody seemed to speak waits, and is heard first once somebody does. An
    end that came too soon can be taken back, and another recogniser can take over, because the
    utterance's sound is still there. One of ``recognisers`` listens, by its name.
    """

    def __init__(
        self, recognisers: Mapping[str, ClockedRecogniser], listens: str, rules: EarRules
    ) -> None:
        self._recognisers = recognisers
        self._listens = listens
        self._heard: deque[Pcm] = deque(maxlen=round(rules.kept_seconds / BLOCK_SECONDS))
        self._waiting: list[Pcm] = []
        self._pre_roll_blocks = round(rules.pre_roll_seconds / BLOCK_SECONDS)

    def turn_to(self, name: str, now_seconds: float) -> None:
        """Let another recogniser listen; it will hear the running utterance from its beginning."""
        if name == self._listens:
            return
        if self._heard:
            self._recogniser.finish(now_seconds)
        self._waiting = [*self._heard, *self._waiting]
        self._heard.clear()
        self._listens = name

    def wait(self, block: Pcm) -> None:
        """Keep a block in which nobody seems to speak, for ``pre_roll_seconds``."""
        self._waiting = [*self._waiting, block][-self._pre_roll_blocks :]

    def accept(self, block: Pcm, now_seconds: float) -> Hypothesis:
        """Hear what has waited and this block; see ``Recogniser.accept``."""
        fed = [*self._waiting, block]
        self._waiting = []
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
        for recogniser in self._recognisers.values():
            recogniser.renew_if_used(1)

    @property
    def _recogniser(self) -> ClockedRecogniser:
        return self._recognisers[self._listens]

    def _ended(self, hypothesis: Hypothesis) -> Hypothesis:
        if hypothesis.final:
            self.forget()
        return hypothesis
