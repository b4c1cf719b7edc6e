"""Which sounds may follow which, and how probable each is at every step: sums over all paths."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rueckgrat.adaptation.kaldi import Floats

Doubles = NDArray[np.float64]

STAY = 0.5
"""Of staying in a sound for another step, as in the speech model's graph."""


@dataclass(frozen=True)
class Paths:
    """States with the network outputs that each may sound as, and the ways between them.

    ``sounds`` is (states, outputs), 1 where a state may sound so, else 0. ``first``, ``ways``
    (from, to) and ``last`` are probabilities; ways need not sum to 1.
    """

    sounds: Doubles
    first: Doubles
    ways: Doubles
    last: Doubles

    def sum(self, scores: Floats) -> tuple[float, Doubles]:
        """Return the log sum over all paths, and the share of each output at every step.

        ``scores`` are logarithms, (steps, outputs). The shares, (steps, outputs), sum to 1 at each
        step; they are the gradient of the sum by the scores.
        """
        top = scores.max(1, keepdims=True)
        likely = np.exp((scores - top).astype(np.float64))
        emitted = likely @ self.sounds.T
        ahead, scales = self._ahead(emitted)
        behind = np.empty_like(emitted)
        behind[-1] = self.last
        for step in range(len(emitted) - 1, 0, -1):
            before = self.ways @ (behind[step] * emitted[step])
            behind[step - 1] = before / max(before.sum(), _TINY)
        within = ahead * behind / np.maximum(emitted, _TINY)
        shares = likely * (within @ self.sounds)
        shares /= np.maximum(shares.sum(1, keepdims=True), _TINY)
        return float(np.log(np.maximum(scales, _TINY)).sum() + top.sum()), shares

    def log_sum(self, scores: Floats) -> float:
        """Return the log sum over all paths alone."""
        top = scores.max(1, keepdims=True)
        _, scales = self._ahead(np.exp((scores - top).astype(np.float64)) @ self.sounds.T)
        return float(np.log(np.maximum(scales, _TINY)).sum() + top.sum())

    def _ahead(self, emitted: Doubles) -> tuple[Doubles, Doubles]:
        """Return the share of each state at every step, from the steps up to it, and the sums."""
        ahead = np.empty_like(emitted)
        scales = np.empty(len(emitted) + 1)
        now = self.first * emitted[0]
        for step in range(len(emitted)):
            if step:
                now = (ahead[step - 1] @ self.ways) * emitted[step]
            scales[step] = now.sum()
            ahead[step] = now / max(scales[step], _TINY)
        scales[-1] = ahead[-1] @ self.last
        return ahead, scales


_TINY = 1e-300


def any_sounds(outputs: int, price: float = 1.0) -> Paths:
    """Return the paths of any sounds one after the other, each at a probability of ``price``."""
    going_on = np.full((outputs, outputs), (1 - STAY) * price)
    ways = going_on + STAY * np.eye(outputs)
    everywhere = np.ones(outputs)
    return Paths(np.eye(outputs), price * everywhere, ways, everywhere)


class _Builder:
    """Collects states; ``ends`` are those from which the next one is entered."""

    def __init__(self) -> None:
        self.states: list[tuple[int, ...]] = []
        self.ways: list[tuple[int, int]] = []

    def add(self, outputs: tuple[int, ...], entered_from: Sequence[int]) -> int:
        state = len(self.states)
        self.states.append(outputs)
        self.ways += [(before, state) for before in entered_from]
        return state


_START = -1


def paths_of(
    words: Sequence[Sequence[Sequence[tuple[int, ...]]]],
    silence: tuple[int, ...],
    outputs: int,
) -> Paths:
    """Return the paths of words one after the other, with or without silence around each.

    A word is a list of its pronunciations, those are lists of sounds, and a sound is what it may
    be in ``outputs``; so is ``silence``.
    """
    builder = _Builder()
    ends = [_START, builder.add(silence, [_START])]
    for word in words:
        after = []
        for sounds in word:
            entered_from = ends
            for sound in sounds:
                entered_from = [builder.add(sound, entered_from)]
            after += entered_from
        ends = [*after, builder.add(silence, after)]
    count = len(builder.states)
    sounds_as, ways = np.zeros((count, outputs)), STAY * np.eye(count)
    first, last = np.zeros(count), np.zeros(count)
    for state, may_be in enumerate(builder.states):
        sounds_as[state, list(may_be)] = 1.0
    for before, state in builder.ways:
        if before == _START:
            first[state] = 1.0
        else:
            ways[before, state] = 1 - STAY
    last[[end for end in ends if end != _START]] = 1.0
    return Paths(sounds_as, first, ways, last)
