"""The speech model's network in numpy: what it says of some takes, and how that depends on biases.

All takes lie one behind the other, each with as much before and after it as the network looks back
and ahead, so that one matrix product a layer serves all of them. Vosk repeats the first and the
last frame in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rueckgrat.adaptation.acoustic_model import INPUT, AcousticModel, AffineLayer, foreign
from rueckgrat.adaptation.features import BANDS, cosine_matrix
from rueckgrat.adaptation.kaldi import Floats

FRAMES_PER_OUTPUT = 3
"""One output for 30 ms (``--frame-subsampling-factor`` in ``conf/model.conf``)."""


@dataclass(frozen=True)
class LaidOut:
    """Takes as the network gets them.

    ``sums`` are what the first layer makes of them, without its bias, (steps, width). ``spans``
    are the steps that belong to each take, without what lies between takes.
    """

    sums: Floats
    spans: tuple[slice, ...]

    @property
    def steps(self) -> int:
        """How many steps lie within takes."""
        return sum(span.stop - span.start for span in self.spans)


class Network:
    """The layers of a model; ForeignModelError for a network that is built in another way.

    ``biases`` are those of all layers but the last, one a row.
    """

    def __init__(self, model: AcousticModel) -> None:
        first, *rest = model.layers
        self.log_priors = model.log_priors
        hidden = [term.offset for layer in rest for term in layer.terms]
        alike = len({layer.bias.size for layer in model.layers[:-1]}) == 1
        if (
            not (rest and alike)
            or any(term.nodes != (INPUT,) for term in first.terms)
            or any(offset % FRAMES_PER_OUTPUT for offset in hidden)
        ):
            raise foreign("")
        self.biases: Floats = np.array([layer.bias for layer in model.layers[:-1]])
        self._layers = model.layers
        self._taps = np.array([term.offset for term in first.terms])
        self._first = _for_mel_bands(first).T
        self._back = -sum(min(0, *_steps(layer)) for layer in rest)
        self._ahead = sum(max(0, *_steps(layer)) for layer in rest)

    def lay_out(self, features: Sequence[Floats]) -> LaidOut:
        """Return takes laid out, from their log-mel energies; each must have a frame."""
        sums, spans, begin = [], [], 0
        for frames in features:
            count = -(-len(frames) // FRAMES_PER_OUTPUT)
            steps = np.arange(-self._back, count + self._ahead)
            seen = np.clip(FRAMES_PER_OUTPUT * steps[:, None] + self._taps, 0, len(frames) - 1)
            sums.append(frames[seen].reshape(len(steps), -1) @ self._first)
            spans.append(slice(begin + self._back, begin + self._back + count))
            begin += len(steps)
        return LaidOut(np.concatenate(sums), tuple(spans))

    def run(self, takes: LaidOut, biases: Floats) -> "Run":
        """Return what the network makes of the takes with these biases."""
        return Run(self._layers, takes.sums, biases)


class Run:
    """One pass through the network: ``scores`` are log probabilities, (steps, outputs)."""

    def __init__(self, layers: Sequence[AffineLayer], sums: Floats, biases: Floats) -> None:
        self._layers = layers
        self._values: dict[str, Floats] = {}
        for layer, bias in zip(layers[:-1], biases, strict=True):
            sums = (self._products(layer) if self._values else sums) + bias
            self._values[layer.output] = np.maximum(sums, 0)
        logits = self._products(layers[-1]) + layers[-1].bias
        logits -= logits.max(1, keepdims=True)
        self.scores: Floats = logits - np.log(np.exp(logits).sum(1, keepdims=True))

    def gradient(self, of_scores: Floats) -> Floats:
        """Return how a figure depends on the biases, from how it depends on the scores."""
        through = of_scores - np.exp(self.scores) * of_scores.sum(1, keepdims=True)
        of_values = {node: np.zeros_like(value) for node, value in self._values.items()}
        self._hand_down(self._layers[-1], through, of_values)
        found = []
        for layer in reversed(self._layers[:-1]):
            through = of_values[layer.output] * (self._values[layer.output] > 0)
            found.append(through.sum(0))
            if layer is not self._layers[0]:
                self._hand_down(layer, through, of_values)
        return np.array(found[::-1])

    def _products(self, layer: AffineLayer) -> Floats:
        """Return a layer's sums without its bias."""
        sums: dict[tuple[str, ...], Floats] = {}
        pieces = []
        for term, steps in zip(layer.terms, _steps(layer), strict=True):
            if term.nodes not in sums:
                sums[term.nodes] = np.sum([self._values[node] for node in term.nodes], axis=0)
            pieces.append(_later(sums[term.nodes], steps))
        product: Floats = np.concatenate(pieces, axis=1) @ layer.matrix.T
        return product

    def _hand_down(self, layer: AffineLayer, through: Floats, of_values: dict[str, Floats]) -> None:
        pieces = np.split(through @ layer.matrix, len(layer.terms), axis=1)
        for term, steps, piece in zip(layer.terms, _steps(layer), pieces, strict=True):
            moved = _later(piece, -steps)
            for node in term.nodes:
                of_values[node] += moved


def _for_mel_bands(first: AffineLayer) -> Floats:
    """Return the first layer's matrix for mel bands in place of cepstra."""
    per_frame = first.matrix.reshape(len(first.bias), -1, BANDS) @ cosine_matrix()
    return per_frame.reshape(len(first.bias), -1)


def _steps(layer: AffineLayer) -> list[int]:
    return [term.offset // FRAMES_PER_OUTPUT for term in layer.terms]


def _later(values: Floats, steps: int) -> Floats:
    """Return for every step what stands ``steps`` later; 0 where there is no such step."""
    if not steps:
        return values
    moved = np.zeros_like(values)
    if steps > 0:
        moved[:-steps] = values[steps:]
    else:
        moved[-steps:] = values[:steps]
    return moved
