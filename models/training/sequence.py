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
from .phones import PHONES, SILENT_OUTPUTS

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

    boost: float = 0.0
    """How much easier every wrong output is made for the rivals (boosted MMI): a margin."""

    @staticmethod
    def of(labels: Sequence[np.ndarray], acoustic_scale: float, boost: float = 0.0) -> PhoneLoop:
        """Count transitions between outputs, and priors, in frame labels (one row per 10 ms)."""
        counts = np.full((len(PHONES), len(PHONES)), 0.5)
        for row in labels:
            outputs = row[::FRAME_SUBSAMPLING]
            np.add.at(counts, (outputs[:-1], outputs[1:]), 1.0)
        priors = np.maximum(counts.sum(0) / counts.sum(), 1e-3)
        transitions = counts / counts.sum(1, keepdims=True)
        as_logs = (torch.from_numpy(np.log(table)).float() for table in (transitions, priors))
        return PhoneLoop(*as_logs, acoustic_scale, boost)

    def loss(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Return every row's loss per output (rows,).

        ``logits`` (rows, outputs, network outputs), ``labels`` (rows, outputs). It is the logarithm
        of how much of all probability the right sequence has, negative. Whatever sounds behind the
        speech is silence here, as it is to the decoder.
        """
        phones = labels_of_phones(labels)
        scores = self.acoustic_scale * (as_phones(logits).log_softmax(-1) - self.log_priors)
        rivals = scores + self.boost * ~_near(torch.nn.functional.one_hot(phones, len(PHONES)))
        return (self._everything(rivals) - self._right(scores, phones)) / labels.shape[1]

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
    rows = len(labels)
    index = torch.zeros_like(labels)
    index[:, 1:] = (labels[:, 1:] != labels[:, :-1]).cumsum(1)
    count = int(index.max()) + 1
    phones = torch.zeros(rows, count, dtype=labels.dtype).scatter_(1, index, labels)
    open_at = torch.nn.functional.one_hot(index, count).bool()
    return phones, _near(open_at)


def _near(open_at: torch.Tensor) -> torch.Tensor:
    """Let (rows, outputs, ...) be open a little earlier and later, too."""
    near = open_at.bool()
    outputs = near.shape[1]
    wider = near.clone()
    for shift in range(1, _TOLERANCE_OUTPUTS + 1):
        wider[:, shift:] |= near[:, : outputs - shift]
        wider[:, : outputs - shift] |= near[:, shift:]
    return wider


def labels_of_phones(labels: torch.Tensor) -> torch.Tensor:
    """Return labels of phones alone: every background is silence."""
    return torch.where(labels < len(PHONES), labels, 0)


def as_phones(logits: torch.Tensor) -> torch.Tensor:
    """Return logits of phones alone: silence has what it and all backgrounds have together."""
    silence = logits[..., list(SILENT_OUTPUTS)].logsumexp(-1, keepdim=True)
    return torch.cat([silence, logits[..., 1 : len(PHONES)]], -1)
