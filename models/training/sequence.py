"""A loss over whole phone sequences: maximum mutual information against a free phone loop.

Frame-wise cross-entropy treats every 30 ms alike. The decoder asks another question: does the path
of the words score better than any other sequence of phones, which is what ``[unk]`` may become?
That ratio is what this loss trains (as lattice-free MMI does, with a bigram of phones).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from .config import FRAME_SUBSAMPLING
from .phones import PHONES

_NEVER = -1e4
"""A log probability of nothing; finite, so that its gradient is zero and not undefined."""
_TOLERANCE_OUTPUTS = 1
"""A phone may begin or end this many outputs (30 ms each) from where the alignment has it."""


@dataclass(frozen=True)
class PhoneLoop:
    """What may follow what: log transition probabilities (phones, phones), and phone priors."""

    log_transitions: torch.Tensor
    log_priors: torch.Tensor
    acoustic_scale: float
    """As the decoder's: the network's scores count by this factor beside the transitions."""

    @staticmethod
    def of(labels: Sequence[np.ndarray], acoustic_scale: float) -> PhoneLoop:
        """Count transitions between outputs, and priors, in frame labels (one row per 10 ms)."""
        counts = np.full((len(PHONES), len(PHONES)), 0.5)
        for row in labels:
            outputs = row[::FRAME_SUBSAMPLING]
            np.add.at(counts, (outputs[:-1], outputs[1:]), 1.0)
        priors = np.maximum(counts.sum(0) / counts.sum(), 1e-3)
        transitions = counts / counts.sum(1, keepdims=True)
        as_logs = (torch.from_numpy(np.log(table)).float() for table in (transitions, priors))
        return PhoneLoop(*as_logs, acoustic_scale)

    def loss(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return the mean loss per output; logits (rows, outputs, phones), labels (rows, outputs).

        It is the logarithm of how much of all probability the right sequence has, negative.
        """
        scores = self.acoustic_scale * (logits.log_softmax(-1) - self.log_priors)
        return (self._everything(scores) - self._right(scores, labels)).mean() / labels.shape[1]

    def _everything(self, scores: torch.Tensor) -> torch.Tensor:
        """Return the log sum over all phone sequences, one value per row."""
        transitions = self.log_transitions.exp()
        reached = scores[:, 0]
        for output in range(1, scores.shape[1]):
            top = reached.amax(1, keepdim=True)
            reached = torch.log((reached - top).exp() @ transitions) + top + scores[:, output]
        return reached.logsumexp(1)

    def _right(self, scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return the log sum over the right sequence with its boundaries near the alignment."""
        phones, open_at = segments(labels)
        emitted = scores.gather(2, phones[:, None, :].expand(-1, scores.shape[1], -1))
        emitted = emitted.masked_fill(~open_at, _NEVER)
        stay = self.log_transitions[phones, phones]
        enter = self.log_transitions[phones[:, :-1], phones[:, 1:]]
        nothing = torch.full_like(stay[:, :1], _NEVER)
        reached = torch.cat([emitted[:, 0, :1], nothing.expand(-1, phones.shape[1] - 1)], 1)
        for output in range(1, scores.shape[1]):
            entered = torch.cat([nothing, reached[:, :-1] + enter], 1)
            reached = torch.logaddexp(reached + stay, entered) + emitted[:, output]
        last = (labels[:, 1:] != labels[:, :-1]).sum(1, keepdim=True)
        return reached.gather(1, last).squeeze(1)


def segments(labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the phones of every row in order, and at which outputs each may sound.

    (rows, segments) and (rows, outputs, segments); rows with fewer segments repeat phone 0 at the
    end, where nothing may sound.
    """
    rows, outputs = labels.shape
    index = torch.zeros_like(labels)
    index[:, 1:] = (labels[:, 1:] != labels[:, :-1]).cumsum(1)
    count = int(index.max()) + 1
    phones = torch.zeros(rows, count, dtype=labels.dtype).scatter_(1, index, labels)
    open_at = torch.nn.functional.one_hot(index, count).bool()
    near = open_at.clone()
    for shift in range(1, _TOLERANCE_OUTPUTS + 1):
        near[:, shift:] |= open_at[:, : outputs - shift]
        near[:, : outputs - shift] |= open_at[:, shift:]
    return phones, near
