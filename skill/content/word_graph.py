"""Sentences as a graph of words: nodes, and the words that lead from one to the next."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from skill.messages.heard import Command

Place = tuple[int, str]
"""A node, and the value that was named on the way to it (empty for none)."""

Places = frozenset[Place]
"""Where one may be after some words: sentences that begin alike go side by side."""


@dataclass(frozen=True)
class Sense:
    """What a sentence may mean, and the template it comes from.

    ``opening``: a safety sentence that counts only where an utterance begins.
    """

    command: Command
    template: str
    opening: bool = False


@dataclass(frozen=True)
class Example:
    """A sentence, word by word, and what its template means (without the value it names)."""

    words: tuple[str, ...]
    sense: Sense


class WordGraph:
    """A graph without circles. Node 0 is where every sentence begins."""

    def __init__(self) -> None:
        self._words: list[list[tuple[str, int]]] = []
        self._ways: list[list[tuple[int, str]]] = []
        self._meant: dict[int, Sense] = {}
        self._owner: list[int] = []
        self._senses: list[Sense] = []
        self._examples: dict[Collection[str], list[Example]] = {}
        self._onward: dict[int, dict[str, tuple[tuple[int, str], ...]]] = {}
        self.start: Places = frozenset({(self.add_node(), "")})

    # --- building --------------------------------------------------------------------------

    def begin(self, sense: Sense) -> int:
        """Begin a template: return the node from which it is added."""
        self._senses.append(sense)
        node = self.add_node()
        self.add_way(0, node)
        return node

    def end(self, node: int) -> None:
        """The template that was begun last ends in this node."""
        self._meant[node] = self._senses[-1]

    def add_node(self) -> int:
        """Return a new node, which belongs to the template that was begun last."""
        self._words.append([])
        self._ways.append([])
        self._owner.append(len(self._senses) - 1)
        return len(self._words) - 1

    def add_words(self, start: int, words: Sequence[str]) -> int:
        """Lead from a node over words to a new one; return that, or ``start`` for no words."""
        onward, ways, owner, template = self._words, self._ways, self._owner, len(self._senses) - 1
        for word in words:  # as ``add_node``, tens of thousands of times
            node = len(onward)
            onward[start].append((word, node))
            onward.append([])
            ways.append([])
            owner.append(template)
            start = node
        return start

    def add_way(self, start: int, end: int, value: str = "") -> None:
        """Lead from one node to another without a word, naming ``value`` on the way."""
        self._ways[start].append((end, value))

    # --- looking up ------------------------------------------------------------------------

    def step(self, places: Places, word: str) -> Places:
        """Return where one may be after one more word; nowhere if no sentence goes on so."""
        return frozenset(
            (target, value or named)
            for node, named in places
            for target, value in self._after(node).get(word, ())
        )

    def onward(self, places: Places) -> dict[str, Places]:
        """Return every word that may come next, and where one may be after it."""
        found: dict[str, set[Place]] = defaultdict(set)
        for node, named in places:
            for word, targets in self._after(node).items():
                found[word].update((target, value or named) for target, value in targets)
        return {word: frozenset(there) for word, there in found.items()}

    def senses(self, places: Places) -> tuple[Sense, ...]:
        """Return what is meant by a sentence that ends here, in the order of the templates."""
        found: dict[tuple[int, str], Sense] = {}
        for node, named in places:
            for end, value in self._reached(node):
                if end in self._meant:
                    found[self._owner[end], value or named] = self._meant[end]
        return tuple(
            Sense(
                Command(sense.command.name, sense.command.slot or slot, sense.command.sign),
                sense.template,
                sense.opening,
            )
            for (_, slot), sense in sorted(found.items(), key=lambda one: one[0])
        )

    def whole(self, words: Sequence[str]) -> tuple[Sense, ...]:
        """Return what these very words mean as a sentence; nothing where they are none."""
        places = self.start
        for word in words:
            places = self.step(places, word)
        return self.senses(places) if words else ()

    def following(self, places: Places) -> frozenset[str]:
        """Return all words that may come next."""
        return frozenset(word for node, _ in places for word in self._after(node))

    def ahead(self, places: Places) -> frozenset[str]:
        """Return the names of commands whose sentences go on from here."""
        return frozenset(
            self._senses[self._owner[target]].command.name
            for node, _ in places
            for targets in self._after(node).values()
            for target, _ in targets
        )

    def examples(self, common: frozenset[str] = frozenset()) -> list[Example]:
        """Return few sentences that hold, all together, every pair of neighbouring words once.

        Millions of sentences make one language model of word pairs, and so do these. Pairs with a
        ``common`` word (articles, fillers), which may stand beside anything, don't count.
        """
        if common not in self._examples:
            self._examples[common] = list(self._found_examples(common))
        return self._examples[common]

    def _found_examples(self, common: frozenset[str]) -> Iterator[Example]:
        seen: set[tuple[str, str]] = {("", "")}
        before, behind = self._shortest(backwards=False), self._shortest(backwards=True)
        for node, words in enumerate(self._words):
            for word, target in words:
                sentence = (*before[node], word, *behind[target])
                rare = ["" if one in common else one for one in sentence]
                pairs = {("", word), *zip(("", *rare), (*rare, ""), strict=True)}
                if not pairs <= seen:
                    seen |= pairs
                    yield Example(sentence, self._senses[self._owner[target]])

    def words(self) -> dict[str, set[str]]:
        """Return the words of each command's sentences, by its name."""
        found: dict[str, set[str]] = defaultdict(set)
        for node, words in enumerate(self._words):
            owner = self._owner[node]
            for word, target in words:
                found[self._senses[max(owner, self._owner[target])].command.name].add(word)
        return dict(found)

    def _shortest(self, *, backwards: bool) -> list[tuple[str, ...]]:
        """Return for each node the fewest words from a beginning to it, or from it to an end."""
        steps: list[list[tuple[int, str]]] = [[] for _ in self._words]
        for node, words in enumerate(self._words):
            onward = [*((target, word) for word, target in words)]
            onward += [(target, "") for target, _ in self._ways[node]]
            for target, word in onward:
                one, other = (target, node) if backwards else (node, target)
                steps[one].append((other, word))
        found: list[tuple[str, ...] | None] = [None] * len(self._words)
        waiting: deque[tuple[int, tuple[str, ...]]] = deque(
            (node, ()) for node in (self._meant if backwards else (0,))
        )
        while waiting:
            node, words_so_far = waiting.popleft()
            known = found[node]
            if known is not None and len(known) <= len(words_so_far):
                continue
            found[node] = words_so_far
            for target, word in steps[node]:
                if not word:
                    waiting.appendleft((target, words_so_far))
                    continue
                longer = (word, *words_so_far) if backwards else (*words_so_far, word)
                waiting.append((target, longer))
        return [words or () for words in found]

    def _after(self, node: int) -> dict[str, tuple[tuple[int, str], ...]]:
        """Return the words that lead on from a node, and where to; worked out when first asked."""
        if node not in self._onward:
            onward: dict[str, list[tuple[int, str]]] = defaultdict(list)
            for end, value in self._reached(node):
                for word, target in self._words[end]:
                    onward[word].append((target, value))
            self._onward[node] = {word: tuple(targets) for word, targets in onward.items()}
        return self._onward[node]

    def _reached(self, node: int) -> Iterator[tuple[int, str]]:
        """Yield the nodes that one reaches without a word, and the value named on the way."""
        waiting, seen = [(node, "")], {(node, "")}
        while waiting:
            here, named = waiting.pop()
            yield here, named
            for end, value in self._ways[here]:
                there = (end, value or named)
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
