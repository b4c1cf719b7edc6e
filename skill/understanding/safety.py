"""Finds "stopp" and "aua" within any utterance."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from skill.content.word_graph import Sense
from skill.understanding.rules import UnderstandingRules
from skill.understanding.sentences import Sentences
from skill.understanding.spoken import SpokenWord

_BETWEEN = 2
"""So many fillers at most stand between a negation and what it turns: "nicht mehr so weh"."""


@dataclass(frozen=True)
class Spotted:
    """A safety sentence at ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    sense: Sense


@dataclass(frozen=True)
class SafetySpotter:
    """Looks for safety sentences; what surrounds them does not matter, but for negations.

    ``talk`` are sentences that hold safety words and mean nothing ("halt dich fest").
    """

    sentences: Sentences
    talk: Sentences
    fillers: Collection[str]
    negations: Collection[str]
    absences: Collection[str]
    rules: UnderstandingRules

    def find(self, words: Sequence[SpokenWord], *, among_others: bool = False) -> list[Spotted]:
        """Return every safety sentence, the gravest first: warning signs, pain, stop.

        ``among_others``: words of other people may surround it, so that they neither turn it nor
        come before its beginning.
        """
        texts = [word.text for word in words]
        found = [
            one
            for first in range(len(words))
            for one in self._at(words, texts, first, among_others)
            if among_others or not self._turned(words, texts, one)
        ]
        return sorted(found, key=_gravity)

    def _at(
        self, words: Sequence[SpokenWord], texts: Sequence[str], first: int, among_others: bool
    ) -> Iterator[Spotted]:
        matches = sorted(self.sentences.at(texts, first), key=lambda one: -one.last)
        for match in matches:
            if self._is_talk(texts, match.first, match.last):
                continue
            for sense in match.senses:
                if among_others or not sense.opening or self._begins(words, texts, first):
                    yield Spotted(match.first, match.last, sense)
                    return

    def _is_talk(self, texts: Sequence[str], first: int, last: int) -> bool:
        """Return whether a longer sentence that means nothing holds these words."""
        return any(
            match.last >= last and match.last - match.first > last - first
            for start in range(first + 1)
            for match in self.talk.at(texts, start)
        )

    def _begins(self, words: Sequence[SpokenWord], texts: Sequence[str], place: int) -> bool:
        """Return whether an utterance begins here: nothing before but fillers, or a pause."""
        if place == 0 or pause_seconds(words, place) >= self.rules.breath_seconds:
            return True
        before = texts[place - 1]
        is_safety = any(match.last == place for match in self.sentences.at(texts, place - 1))
        return is_safety or (before in self.fillers and self._begins(words, texts, place - 1))

    def _turned(self, words: Sequence[SpokenWord], texts: Sequence[str], one: Spotted) -> bool:
        """Return whether a negation in the same breath stands right before.

        "kein" always turns what follows; "nicht" only where it cannot be the end of something
        else: "das geht nicht, stopp".
        """
        place = one.first
        for _ in range(_BETWEEN + 1):
            if place == 0 or pause_seconds(words, place) >= self.rules.breath_seconds:
                return False
            place -= 1
            if texts[place] in self.absences:
                return True
            if texts[place] in self.negations:
                return all(text in self.fillers for text in texts[:place])
            if texts[place] not in self.fillers:
                return False
        return False


def pause_seconds(words: Sequence[SpokenWord], place: int) -> float:
    """Return how long nobody spoke before this word."""
    return words[place].start_seconds - words[place - 1].end_seconds if place else 0.0


def _gravity(one: Spotted) -> tuple[int, int, int]:
    command = one.sense.command
    rank = 0 if command.sign else 1 if command.name == "pain" else 2
    return rank, one.first - one.last, one.first
