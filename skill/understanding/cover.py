"""Divides an utterance into sentences, fillers, negations and words that say something else."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from skill.content.word_graph import Sense
from skill.understanding.sentences import Match, Sentences


class PieceKind(Enum):
    """What a piece of an utterance is; the value is what it costs per piece.

    The cheapest cover is taken: as many words as can be explained, by as few sentences as can be;
    a word that may be a filler or a sentence of its own ("ja") is the sentence.
    """

    SENTENCE = 0.5
    FILLER = 0.6
    NEGATION = 3.0
    CONTENT = 10.0


_SKIPPED = 0.01
"""What a filler within a sentence costs: less than one beside it."""


@dataclass(frozen=True)
class Piece:
    """Words ``first`` to ``last`` (exclusive), and what they mean if they are a sentence.

    ``skipped`` fillers stand within it.
    """

    kind: PieceKind
    first: int
    last: int
    senses: tuple[Sense, ...] = ()
    skipped: int = 0

    @property
    def cost(self) -> float:
        """What the piece adds to a cover: of two alike, the one with fewer fillers within."""
        return self.kind.value + _SKIPPED * self.skipped


def cover(
    words: Sequence[str],
    sentences: Sentences,
    fillers: Sentences,
    negations: Collection[str],
    counts: Callable[[Sense], bool],
) -> list[Piece]:
    """Return the cheapest cover of all words; only senses that ``counts`` accepts are sentences."""
    best: list[tuple[float, Piece | None]] = [(0.0, None)] * (len(words) + 1)
    for first in range(len(words) - 1, -1, -1):
        word = words[first]
        kind = PieceKind.CONTENT
        if word in negations:
            kind = PieceKind.NEGATION
        choices = [Piece(kind, first, first + 1)]
        # Of equals the first: "noch einmal" and "bitte", not "noch" and "einmal bitte".
        choices += filter(None, (_sentence(one, counts) for one in sentences.at(words, first)))
        choices += [
            Piece(PieceKind.FILLER, one.first, one.last) for one in fillers.at(words, first)
        ]
        best[first] = min(
            ((one.cost + best[one.last][0], one) for one in choices),
            key=lambda choice: choice[0],
        )
    return _followed(best)


def _sentence(match: Match, counts: Callable[[Sense], bool]) -> Piece | None:
    senses = tuple(filter(counts, match.senses))
    if not senses:
        return None
    return Piece(PieceKind.SENTENCE, match.first, match.last, senses, match.skipped)


def _followed(best: list[tuple[float, Piece | None]]) -> list[Piece]:
    pieces, place = [], 0
    while piece := best[place][1]:
        pieces.append(piece)
        place = piece.last
    return pieces
