"""What the ear needs of a speech recogniser: blocks in, hypotheses out."""

from dataclasses import dataclass, replace
from typing import Protocol

from skill.messages.blocks import Pcm


@dataclass(frozen=True)
class Word:
    """One word of a finished utterance. Times are seconds of audio fed to the recogniser.

    ``confidence`` is the word's posterior among the alternatives that survived the search (0 to
    1): a word without a rival has 1.0, whether it was said or not.
    """

    text: str
    confidence: float
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class Hypothesis:
    """What the recogniser takes the utterance for, so far or (``final``) for good.

    Only a final hypothesis has ``words``.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    final: bool = False

    def moved(self, seconds: float) -> "Hypothesis":
        """Return the same with all times this much later."""
        words = tuple(
            replace(
                word,
                start_seconds=word.start_seconds + seconds,
                end_seconds=word.end_seconds + seconds,
            )
            for word in self.words
        )
        return replace(self, words=words)


class Recogniser(Protocol):
    """A streaming recogniser bound to one grammar."""

    def accept(self, block: Pcm) -> Hypothesis:
        """Take 16 kHz mono samples; final when the engine itself saw the utterance's end."""
        ...

    def finish(self) -> Hypothesis:
        """Decode what is still buffered, end the utterance here, return it as final."""
        ...

    def renew(self) -> None:
        """Start afresh and free the memory that has gathered; the clock of words goes on."""
        ...
