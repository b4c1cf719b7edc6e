"""The acoustic model: a small time-delay network from log-mel frames to phones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from .config import FRAME_SUBSAMPLING, MEL_BANDS
from .phones import OUTPUTS, PHONES

INPUT_TAPS = 7
"""Frames that the first layer sees, centred, every third time step."""


@dataclass(frozen=True)
class Splice:
    """Which outputs of the layer below a layer sees: offsets in output steps of 30 ms."""

    first: int
    step: int

    @property
    def offsets(self) -> tuple[int, int, int]:
        """Return the three offsets."""
        return (self.first, self.first + self.step, self.first + 2 * self.step)


SPLICES = (Splice(-1, 1), Splice(-1, 1), Splice(-3, 2), Splice(-3, 2), Splice(-4, 2))
"""More past than future: every frame of future is delay for the person who waits."""

LEFT_OUTPUTS = -sum(splice.offsets[0] for splice in SPLICES)
RIGHT_OUTPUTS = sum(splice.offsets[-1] for splice in SPLICES)
LEFT_FRAMES = FRAME_SUBSAMPLING * LEFT_OUTPUTS + INPUT_TAPS // 2
RIGHT_FRAMES = FRAME_SUBSAMPLING * RIGHT_OUTPUTS + INPUT_TAPS // 2


FOREIGN = ("en", "es", "ar")
"""Languages besides German that the network may learn from (ISO 639-1)."""


def input_frames(outputs: int) -> int:
    """Return how many 10 ms frames the network needs for so many outputs."""
    return LEFT_FRAMES + FRAME_SUBSAMPLING * (outputs - 1) + 1 + RIGHT_FRAMES


class Layer(nn.Module):
    """Affine map of spliced input, batch normalisation, ReLU, dropout."""

    def __init__(self, inputs: int, width: int, dropout: float) -> None:
        super().__init__()
        self.affine = nn.Linear(inputs, width, bias=False)
        self.norm = nn.BatchNorm1d(width)
        self.dropout = nn.Dropout1d(dropout)  # whole channels of a row: cheap, and stronger

    def forward(self, spliced: torch.Tensor) -> torch.Tensor:
        """Map (batch, time, inputs) to (batch, time, width)."""
        mapped = self.affine(spliced)
        normed = self.norm(mapped.reshape(-1, mapped.shape[-1])).reshape(mapped.shape)
        return self._drop(torch.relu(normed))

    def _drop(self, hidden: torch.Tensor) -> torch.Tensor:
        mask = self.dropout(torch.ones(hidden.shape[0], hidden.shape[2], 1, dtype=hidden.dtype))
        return hidden * mask.transpose(1, 2)


class PhoneNet(nn.Module):
    """Log-mel frames (batch, frames, 40) to phone logits (batch, outputs, phones).

    Every layer after the first adds its result to what it was given (a residual connection).
    Other languages have a last layer of their own, so that their speakers teach the layers below
    without moving the German phones; it is left behind at export.
    """

    mean: torch.Tensor
    scale: torch.Tensor

    def __init__(self, width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.width = width
        self.register_buffer("mean", torch.zeros(MEL_BANDS))
        self.register_buffer("scale", torch.ones(MEL_BANDS))
        self.first = Layer(INPUT_TAPS * MEL_BANDS, width, dropout)
        self.layers = nn.ModuleList(Layer(3 * width, width, dropout) for _ in SPLICES)
        self.last = nn.Linear(width, len(OUTPUTS))
        self.foreign = nn.ModuleDict({name: nn.Linear(width, len(PHONES)) for name in FOREIGN})

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return unnormalised log probabilities of all outputs, one row per 30 ms."""
        logits: torch.Tensor = self.last(self.hidden(features))
        return logits

    def hidden(self, features: torch.Tensor) -> torch.Tensor:
        """Return what the last layer sees: (batch, outputs, width)."""
        return self.watch(features, lambda *_: None)

    def watch(
        self, features: torch.Tensor, before: Callable[[Layer, torch.Tensor], None]
    ) -> torch.Tensor:
        """Return :meth:`hidden`; ``before`` is shown each layer and what it is given."""
        given = self._input(features)
        before(self.first, given)
        hidden: torch.Tensor = self.first(given)
        for splice, layer in zip(SPLICES, self.layers, strict=True):
            assert isinstance(layer, Layer)
            given = _splice(hidden, splice)
            before(layer, given)
            hidden = layer(given) + _residual(hidden, splice)
        return hidden

    def _input(self, features: torch.Tensor) -> torch.Tensor:
        """Normalise, and lay seven frames of 40 bands side by side, frame by frame."""
        normal = (features - self.mean) * self.scale
        windows = normal.unfold(1, INPUT_TAPS, FRAME_SUBSAMPLING)  # (batch, time, band, tap)
        return windows.transpose(2, 3).flatten(2)


def _splice(hidden: torch.Tensor, splice: Splice) -> torch.Tensor:
    length = hidden.shape[1] - (max(splice.offsets[-1], 0) - splice.offsets[0])
    starts = [offset - splice.offsets[0] for offset in splice.offsets]
    return torch.cat([hidden[:, start : start + length] for start in starts], dim=2)


def _residual(hidden: torch.Tensor, splice: Splice) -> torch.Tensor:
    length = hidden.shape[1] - (max(splice.offsets[-1], 0) - splice.offsets[0])
    return hidden[:, -splice.offsets[0] :][:, :length]
