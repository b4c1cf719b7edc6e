"""A recogniser whose words carry times of the session's clock."""

from skill.ear.recogniser import Hypothesis, Recogniser
from skill.messages.blocks import EAR_RATE_HZ, Pcm


class ClockedRecogniser:
    """Counts what a recogniser has been fed, and renews it now and then.

    A recogniser counts samples; blocks may have been heard twice or not at all. ``now_seconds`` is
    the session's time at the end of the last block fed.
    """

    def __init__(self, recogniser: Recogniser, renew_after_utterances: int) -> None:
        self._recogniser = recogniser
        self._renew_after_utterances = renew_after_utterances
        self._utterances = 0
        self._fed_samples = 0

    def accept(self, block: Pcm, now_seconds: float) -> Hypothesis:
        """See ``Recogniser.accept``. One that fails is renewed first."""
        self._fed_samples += len(block)
        try:
            return self._on_clock(self._recogniser.accept(block), now_seconds)
        except Exception:
            self._recogniser.renew()
            raise

    def finish(self, now_seconds: float) -> Hypothesis:
        """See ``Recogniser.finish``."""
        return self._on_clock(self._recogniser.finish(), now_seconds)

    def renew_if_used(self, least_utterances: int) -> None:
        """Renew after so many utterances. Call it where nobody speaks: it takes a moment."""
        if self._utterances >= least_utterances:
            self._renew()

    def _renew(self) -> None:
        self._recogniser.renew()
        self._utterances = 0

    def _on_clock(self, hypothesis: Hypothesis, now_seconds: float) -> Hypothesis:
        if hypothesis.final:
            self._utterances += 1
            self.renew_if_used(self._renew_after_utterances)
        return hypothesis.moved(now_seconds - self._fed_samples / EAR_RATE_HZ)
