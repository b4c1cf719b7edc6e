"""The plain Vosk loop that every tutorial shows: a grammar, and acting on final results."""

from collections.abc import Mapping

from skill.ear.recogniser import Recogniser
from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import Command, Decision, Heard, Listening


class PlainEar:
    """Same model and same grammar as the ear, none of its rules; satisfies ``EarLike``.

    Whatever Vosk's own endpointer delivers is acted on when it is a phrase, in any state, and
    its least sure word has ``least_confidence`` (0 to 1).
    """

    def __init__(
        self,
        recogniser: Recogniser,
        vocabulary: Mapping[str, Command],
        least_confidence: float = 0.0,
    ) -> None:
        self._recogniser = recogniser
        self._vocabulary = vocabulary
        self._least_confidence = least_confidence
        self._blocks = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:  # noqa: ARG002
        """Take one block; return the final result's command, if it ended in this block."""
        self._blocks += 1
        now_seconds = self._blocks * BLOCK_SECONDS
        hypothesis = self._recogniser.accept(block)
        command = self._vocabulary.get(hypothesis.text) if hypothesis.final else None
        if command is None:
            return []
        start_seconds = hypothesis.words[0].start_seconds
        end_seconds = hypothesis.words[-1].end_seconds
        confidence = min(word.confidence for word in hypothesis.words)
        if confidence < self._least_confidence:
            return []
        return [
            Heard(
                command,
                hypothesis.text,
                confidence,
                start_seconds,
                end_seconds,
                now_seconds,
                Decision.FINAL,
            )
        ]
