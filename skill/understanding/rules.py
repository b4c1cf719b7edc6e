"""The figures that understanding decides by: data, so that a benchmark can set them."""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class UnderstandingRules:
    """When a word beside a command does not hurt it; explained in ``docs/ears.md``.

    ``apart_seconds`` of pause cut a word off from the command. ``softer_db`` below the command a
    word was not said by the same person from the same place. A word that is ``short_seconds`` or
    less with less than ``unsure`` confidence is a noise; so is one in which a voice sounds with
    less than ``voice`` probability. ``breath_seconds`` of pause are a beginning: there "halt" is
    no filler, and "nicht" turns nothing beyond it.

    ``most_ignored`` such words may stand beside a command: more are talk. Beside a safety command
    ``most_beside_name`` other words may stand, or ``most_beside_sentence`` beside one of several
    words, ``[other]`` counted twice. A single word that is no listed phrase must be ``sure`` and
    have ``least_letters``; one of a safety command that does not stand alone must be
    ``sure_safety``.
    """

    apart_seconds: float = 0.45
    softer_db: float = 8.0
    short_seconds: float = 0.25
    unsure: float = 0.6
    voice: float = 0.3
    breath_seconds: float = 0.3
    most_ignored: int = 2
    most_beside_name: int = 2
    most_beside_sentence: int = 3
    sure: float = 0.9
    sure_safety: float = 0.7
    least_letters: int = 5

    def moved(self, curve: Callable[[float], float]) -> "UnderstandingRules":
        """Return rules that decide as before of words whose confidence went along a rising curve.

        They ask about single words of talk, of which the curve of an ear says nothing.
        """
        return replace(
            self,
            unsure=curve(self.unsure),
            sure=curve(self.sure),
            sure_safety=curve(self.sure_safety),
        )
