"""Walks over all sentences that are understood: which mean two things, and how many there are.

Templates stand for millions of sentences. All that begin alike are gone through side by side, so a
walk over every sentence there is takes less than a second.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from skill.content.command_row import CommandRow
from skill.content.lint import SAME_ANSWER
from skill.content.schema import Content
from skill.content.sentences import graph_of
from skill.content.states import STATES
from skill.content.word_graph import Places, Sense, WordGraph


@dataclass(frozen=True)
class Clash:
    """The shortest sentence that two templates both match, and a state where both count."""

    sentence: str
    first: Sense
    second: Sense
    state: str


def sentence_clashes(content: Content, within: WordGraph | None = None) -> list[Clash]:
    """Return every two templates that a sentence of one state makes mean different things.

    The earlier row wins there, and nobody knows why the other one is not obeyed. Safety commands
    may overlap with each other, and so may those that are answered alike. ``within`` limits the
    search to the sentences of that graph; each pair of templates is found once.
    """
    graph = content.sentences
    judged: dict[tuple[Sense, Sense], str] = {}
    found: dict[tuple[Sense, Sense], Clash] = {}
    for sentence, places in _sentences(graph, within or graph):
        for pair in combinations(graph.senses(places), 2):
            if pair not in judged:
                judged[pair] = _shared_state(content.commands, *pair)
            if judged[pair] and pair not in found:
                found[pair] = Clash(" ".join(sentence), *pair, judged[pair])
    return list(found.values())


def count_sentences(content: Content) -> dict[str, int]:
    """Return how many different sentences each command is understood by, fillers not counted."""
    return {
        name: _count(graph_of(content.commands, content.rules, {name})) for name in content.commands
    }


def _sentences(graph: WordGraph, within: WordGraph) -> Iterator[tuple[tuple[str, ...], Places]]:
    """Yield, shortest first, a sentence for each combination of places that one can end in."""
    start = (within.start, graph.start)
    waiting: deque[tuple[tuple[str, ...], tuple[Places, Places]]] = deque([((), start)])
    seen = {start}
    while waiting:
        words, (limit, places) = waiting.popleft()
        if words and (within is graph or within.senses(limit)):
            yield words, places
        onward = graph.onward(places)
        limits = onward if within is graph else within.onward(limit)
        for word in limits.keys() & onward.keys():
            there = (limits[word], onward[word])
            if there not in seen:
                seen.add(there)
                waiting.append(((*words, word), there))


def _shared_state(commands: Mapping[str, CommandRow], first: Sense, second: Sense) -> str:
    """Return the first state where two senses mean different things; empty if there is none."""
    one, other = first.command, second.command
    if one == other or {one.name, other.name} <= SAME_ANSWER:
        return ""
    row, other_row = commands[one.name], commands[other.name]
    if row.safety and other_row.safety:
        return ""
    both = (state for state in STATES if row.counts_in(state) and other_row.counts_in(state))
    return next(both, "")


def _count(graph: WordGraph) -> int:
    known: dict[Places, int] = {}

    def count(places: Places) -> int:
        if places not in known:
            ends = 1 if graph.senses(places) else 0
            known[places] = ends + sum(map(count, graph.onward(places).values()))
        return known[places]

    return count(graph.start) - (1 if graph.senses(graph.start) else 0)
