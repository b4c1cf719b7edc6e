"""Joins the interview with an ear, block by block: ``Session`` does the rest, as in training."""

import queue

from rueckgrat.calibration.interview import Interview
from skill.audio.offset import OffsetFilter
from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening
from skill.parts import EarLike

_WORDS = {"yes": "ja", "no": "nein"}


class InterviewEar:
    """Gives every block to the interview, and listens for commands only while it asks one.

    ``typed`` takes answers given at the keyboard ("yes", "no"), from any thread. Satisfies
    ``skill.parts.EarLike``. The wrapped ``ear`` gets every block until the person has consented and
    none afterwards, so the times that it reports are those of the session.
    """

    def __init__(self, ear: EarLike, interview: Interview) -> None:
        self.typed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ear = ear
        self._interview = interview
        self._offset = OffsetFilter()
        self._blocks = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take the next 100 ms (1,600 samples of int16 at 16 kHz); return the answers in it."""
        self._blocks += 1
        block = self._offset.process(block)
        self._interview.listen(block)
        if not self._interview.asks_consent:
            return []
        if not self.typed.empty():
            now = self._blocks * BLOCK_SECONDS
            answer = self.typed.get()
            return [Heard(Command(answer), _WORDS[answer], 1.0, now, now, now, Decision.FINAL)]
        return self._ear.process(block, listening)
