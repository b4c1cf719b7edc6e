"""Phone ids, pdfs and transition ids as Kaldi counts them.

A lexicon phone has four ids by its place in the word (begin, end, internal, singleton) and one pdf,
its network output. The garbage phone of ``[unk]`` has four ids too, each with all speech pdfs.
Silence has one id and several pdfs: quiet, and everything that may sound behind the speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from .phones import OUTPUTS, PHONES, SILENCE, SILENT_OUTPUTS

SILENCE_ID = 1
GARBAGE = "GBG"
LOOP_PROBABILITY = 0.5
"""Of staying in an HMM state for another frame."""
_PLACES = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}


@cache
def phone_ids() -> dict[str, int]:
    """Return the id of every placed phone, such as ``aI1_B``."""
    names = [SILENCE]
    names += [f"{phone}_{place}" for phone in (*PHONES[1:], GARBAGE) for place in _PLACES]
    return {name: number for number, name in enumerate(names, start=SILENCE_ID)}


@dataclass(frozen=True)
class Topology:
    """Which transition states a network has: those of older models know no backgrounds."""

    outputs: int = len(OUTPUTS)

    @cached_property
    def triples(self) -> tuple[tuple[int, int, int], ...]:
        """(phone id, HMM state 0, pdf) sorted, in the order of transition states."""
        found = []
        for name, number in phone_ids().items():
            base = name.rpartition("_")[0] or name
            found += [(number, 0, pdf) for pdf in self._pdfs(base)]
        return tuple(sorted(found))

    @cached_property
    def transition_states(self) -> dict[int, tuple[int, ...]]:
        """The transition states (from 1) that a phone id may use."""
        states: dict[int, tuple[int, ...]] = {}
        for state, (phone, _, _) in enumerate(self.triples, start=1):
            states[phone] = (*states.get(phone, ()), state)
        return states

    @property
    def transition_id_count(self) -> int:
        """How many transition ids there are; disambiguation symbols come after them."""
        return 2 * len(self.triples)

    def _pdfs(self, phone: str) -> Sequence[int]:
        """Return the network outputs that may be a phone."""
        if phone == GARBAGE:
            return range(1, len(PHONES))
        if phone == SILENCE:
            return [pdf for pdf in SILENT_OUTPUTS if pdf < self.outputs]
        return (PHONES.index(phone),)


def forward_id(transition_state: int) -> int:
    """Return the transition id that enters a phone's only state (Kaldi's "reorder")."""
    return 2 * transition_state


def self_loop_id(transition_state: int) -> int:
    """Return the transition id that stays in it."""
    return 2 * transition_state - 1


def placed(phones: tuple[str, ...]) -> list[int]:
    """Return the ids of a word's phones by their place."""
    if len(phones) == 1:
        return [phone_ids()[f"{phones[0]}_S"]]
    places = ["B", *"I" * (len(phones) - 2), "E"]
    return [phone_ids()[f"{phone}_{place}"] for phone, place in zip(phones, places, strict=True)]


def word_boundary_lines() -> list[str]:
    """Return the lines of ``word_boundary.int``."""
    lines = []
    for name, number in phone_ids().items():
        place = _PLACES.get(name.rpartition("_")[2], "nonword") if "_" in name else "nonword"
        lines.append(f"{number} {place}")
    return lines
