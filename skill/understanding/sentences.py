"""Which sentences stand in an utterance, and which it may still become."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from skill.content.word_graph import Places, Sense, WordGraph
from skill.messages.heard import Command


@dataclass(frozen=True)
class Match:
    """Sentences that stand at ``first`` to ``last`` (exclusive), ``skipped`` fillers within."""

    first: int
    last: int
    senses: tuple[Sense, ...]
    skipped: int


class Sentences:
    """Looks sentences up word by word. ``fillers`` may stand anywhere within one."""

    def __init__(self, graph: WordGraph, fillers: Collection[str] = ()) -> None:
        self._graph = graph
        self._fillers = frozenset(fillers)

    def at(self, words: Sequence[str], first: int) -> Iterator[Match]:
        """Yield every match that begins with this word; of several to one end, the closest."""
        found: dict[int, Match] = {}
        waiting: list[tuple[Places, int, int]] = [(self._graph.start, first, 0)]
        while waiting:
            places, place, skipped = waiting.pop()
            if place == len(words):
                continue
            word = words[place]
            if word in self._fillers and place > first:
                waiting.append((places, place + 1, skipped + 1))
            onward = self._graph.step(places, word)
            if not onward:
                continue
            waiting.append((onward, place + 1, skipped))
            known = found.get(place + 1)
            closer = known is None or skipped < known.skipped
            if closer and (senses := self._graph.senses(onward)):
                found[place + 1] = Match(first, place + 1, senses, skipped)
        yield from found.values()

    def whole(self, words: Sequence[str]) -> tuple[Sense, ...]:
        """Return the senses of these very words; none where they are no sentence."""
        places = self._walk(words)
        return self._graph.senses(places) if words else ()

    def ahead(self, words: Sequence[str]) -> frozenset[str]:
        """Return the commands of longer sentences that begin with these words."""
        return self._graph.ahead(self._walk(words))

    def _walk(self, words: Sequence[str]) -> Places:
        places = self._graph.start
        for word in words:
            places = self._graph.step(places, word)
        return places


def talk_graph(phrases: Collection[str]) -> WordGraph:
    """Return a graph of sentences that mean nothing."""
    graph = WordGraph()
    for phrase in phrases:
        start = graph.begin(Sense(Command(""), phrase))
        graph.end(graph.add_words(start, phrase.split()))
    return graph
