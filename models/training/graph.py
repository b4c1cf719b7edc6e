"""The decoding graph without grammar: lexicon and HMM (HCL), as Vosk composes it at run time.

Needs pynini, which must not share a process with vosk: their two OpenFst libraries clash.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pynini
import pywrapfst

from .lexicon import Entry
from .topology import (
    GARBAGE,
    LOOP_PROBABILITY,
    SILENCE_ID,
    Topology,
    forward_id,
    phone_ids,
    placed,
    self_loop_id,
)

_SILENCE_COST = -math.log(0.5)
"""Between two words silence is as likely as none."""
_FIRST_DISAMBIGUATION = 10_000
"""Labels of disambiguation symbols while the lexicon is built, above all phone ids."""
_STEP_COST = -math.log(1.0 - LOOP_PROBABILITY)
_LOOP_COST = -math.log(LOOP_PROBABILITY)


@dataclass(frozen=True)
class Graph:
    """HCL (transition ids to word ids) and its disambiguation symbols' labels."""

    hcl: pynini.Fst
    disambiguation: list[int]


def build(
    entries: list[Entry],
    word_ids: dict[str, int],
    garbage_costs: dict[str, float],
    topology: Topology = Topology(),  # noqa: B008 - frozen
) -> Graph:
    """Build HCL for a lexicon; a word of ``garbage_costs`` costs so much for every phone."""
    lexicon, symbols = _lexicon(entries, word_ids)
    compact = _compact(lexicon)
    starts = _word_starts(compact)
    for word, cost in garbage_costs.items():
        _add_garbage(compact, starts, word_ids[word], cost)
    first = topology.transition_id_count + 1
    disambiguation = {_FIRST_DISAMBIGUATION + n: first + n for n in range(symbols)}
    hcl = _expand(compact, disambiguation, topology)
    return Graph(hcl, list(disambiguation.values()))


def _lexicon(entries: list[Entry], word_ids: dict[str, int]) -> tuple[pynini.Fst, int]:
    """Return L (phone ids to word ids) and how many disambiguation symbols homophones took.

    State 0 starts, 1 is the loop between words, 2 is before an obligatory silence.
    """
    lexicon = pynini.Fst()
    start, loop, silence = (lexicon.add_state() for _ in range(3))
    lexicon.set_start(start)
    lexicon.set_final(loop)
    _arc(lexicon, start, 0, 0, _SILENCE_COST, loop)
    _arc(lexicon, start, SILENCE_ID, 0, _SILENCE_COST, loop)
    _arc(lexicon, silence, SILENCE_ID, 0, 0.0, loop)
    homophones: dict[tuple[str, ...], int] = defaultdict(int)
    for entry in entries:
        labels = placed(entry.phones)
        if (number := homophones[entry.phones]) > 0:
            labels.append(_FIRST_DISAMBIGUATION + number - 1)
        homophones[entry.phones] += 1
        _add_word(lexicon, labels, word_ids[entry.word], entry.cost, (loop, silence))
    return lexicon, max(homophones.values()) - 1


def _add_word(
    lexicon: pynini.Fst, labels: list[int], word: int, cost: float, ends: tuple[int, int]
) -> None:
    state, output = ends[0], word
    for label in labels[:-1]:
        following = lexicon.add_state()
        _arc(lexicon, state, label, output, cost, following)
        state, output, cost = following, 0, 0.0
    for end in ends:
        _arc(lexicon, state, labels[-1], output, cost + _SILENCE_COST, end)


def _compact(lexicon: pynini.Fst) -> pynini.Fst:
    """Determinise (a prefix tree with late words) and minimise (common word endings)."""
    smaller = pynini.determinize(pynini.rmepsilon(lexicon))
    smaller.minimize(allow_nondet=False)
    return smaller


def _add_garbage(lexicon: pynini.Fst, starts: list[int], word: int, cost: float) -> None:
    """Add a word that may be anything beside all words: two or more garbage phones."""
    begin, middle, end = (phone_ids()[f"{GARBAGE}_{place}"] for place in "BIE")
    inside = lexicon.add_state()
    after = lexicon.add_state()
    _arc(lexicon, inside, middle, 0, cost, inside)
    _arc(lexicon, inside, end, 0, cost, after)
    # From a word's end on, everything goes on as from the start (with or without silence).
    _arc(lexicon, after, 0, 0, 0.0, lexicon.start())
    lexicon.set_final(after)
    for state in starts:
        _arc(lexicon, state, begin, word, cost, inside)


def _word_starts(lexicon: pynini.Fst) -> list[int]:
    """Return the states between words: the start, final ones, and those after a silence."""
    states = {lexicon.start()}
    states.update(s for s in lexicon.states() if float(lexicon.final(s)) != math.inf)
    for state in list(lexicon.states()):
        states.update(arc.nextstate for arc in lexicon.arcs(state) if arc.ilabel == SILENCE_ID)
    return sorted(states)


def _expand(lexicon: pynini.Fst, disambiguation: dict[int, int], topology: Topology) -> pynini.Fst:
    """Replace phones by transition ids and add self-loops.

    Every state is split by the HMM state through which it is entered, because the self-loop of
    that HMM state sits on it ("reorder": the forward transition comes first).
    """
    hcl = pynini.Fst()
    split: dict[tuple[int, int], int] = {}
    queue: list[tuple[int, int]] = []

    def state_of(state: int, entered: int) -> int:
        key = (state, entered)
        if key not in split:
            split[key] = hcl.add_state()
            queue.append(key)
        return split[key]

    hcl.set_start(state_of(lexicon.start(), 0))
    while queue:
        state, entered = queue.pop()
        source = split[state, entered]
        leave_cost = _STEP_COST if entered else 0.0
        if entered:
            _arc(hcl, source, self_loop_id(entered), 0, _LOOP_COST, source)
        final = float(lexicon.final(state))
        if final != math.inf:
            hcl.set_final(source, final + leave_cost)
        for arc in lexicon.arcs(state):
            weight = float(arc.weight) + leave_cost
            for label, enters in _hmm_labels(arc.ilabel, disambiguation, topology):
                _arc(hcl, source, label, arc.olabel, weight, state_of(arc.nextstate, enters))
    hcl.arcsort("olabel")
    return hcl


def _hmm_labels(
    label: int, disambiguation: dict[int, int], topology: Topology
) -> Iterable[tuple[int, int]]:
    """Return (input label, HMM state that it enters or 0) for a label of the lexicon."""
    if label == 0:
        return [(0, 0)]
    if label in disambiguation:
        return [(disambiguation[label], 0)]
    return [(forward_id(state), state) for state in topology.transition_states[label]]


def unigram(costs: dict[int, float]) -> pynini.Fst:
    """Return the grammar for free decoding: any word (by id) at its cost, again and again."""
    grammar = pynini.Fst()
    state = grammar.add_state()
    grammar.set_start(state)
    grammar.set_final(state)
    for word in sorted(costs):
        _arc(grammar, state, word, word, costs[word], state)
    return grammar


def _arc(fst: pynini.Fst, source: int, label: int, output: int, cost: float, target: int) -> None:
    fst.add_arc(source, pywrapfst.Arc(label, output, pywrapfst.Weight("tropical", cost), target))
