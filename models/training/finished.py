"""Reads the network of a finished model back, to align speech with it or to go on training."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch

from rueckgrat.adaptation.acoustic_model import read_acoustic_model
from skill.errors import SkillError

from .config import MEL_BANDS, Recipe, RecipeError
from .fbank import cosine_matrix
from .network import INPUT_TAPS, Layer, PhoneNet
from .phones import OUTPUTS, PHONES, SILENT_OUTPUTS


@torch.no_grad()
def network(model: Path, recipe: Recipe) -> PhoneNet:
    """Return the network of ``am/final.mdl`` with the weights as they are stored there.

    Raises :class:`RecipeError` for a model that this recipe did not make.
    """
    try:
        read = read_acoustic_model(model).layers
    except SkillError as error:
        raise RecipeError(f"{model} cannot be read: {error}") from error
    layers = [
        (torch.from_numpy(layer.matrix), torch.from_numpy(layer.bias.copy())) for layer in read
    ]
    made = PhoneNet(recipe.width, recipe.dropout)
    if [len(bias) for _, bias in layers[:-1]] != [recipe.width] * (len(made.layers) + 1):
        raise RecipeError(f"{model} has other layers than this recipe makes.")
    cepstra, bias = layers[0]
    per_tap = cepstra.reshape(-1, INPUT_TAPS, MEL_BANDS) @ cosine_matrix()
    _set(made.first, per_tap.flatten(1), bias)
    for layer, (matrix, layer_bias) in zip(made.layers, layers[1:-1], strict=True):
        assert isinstance(layer, Layer)
        _set(layer, matrix, layer_bias)
    matrix, bias = _with_backgrounds(*layers[-1])
    made.last.weight.copy_(matrix)
    made.last.bias.copy_(bias)
    for foreign in made.foreign.values():
        foreign.weight.copy_(matrix[: len(PHONES)])  # type: ignore[operator, index]
        foreign.bias.copy_(bias[: len(PHONES)])  # type: ignore[operator, index]
    return made.eval()


def priors(model: Path) -> np.ndarray:
    """Return the priors of the phones that ``am/final.mdl`` was written with."""
    return np.exp(read_acoustic_model(model).log_priors[: len(PHONES)])


@torch.no_grad()
def between(old: PhoneNet, new: PhoneNet, share: float) -> PhoneNet:
    """Return a network with weights between two read by :func:`network`: ``share`` of the new one.

    One that went on from another hears new people, and is less sure of what it heard before. Half
    way between them it has most of both (averaged weights, as "model soups" do).
    """
    made = PhoneNet(old.width)
    mixed, later = old.state_dict(), new.state_dict()
    for name, value in mixed.items():
        if value.is_floating_point():
            mixed[name] = torch.lerp(value, later[name], share)
    made.load_state_dict(mixed)
    return made.eval()


@torch.no_grad()
def make_trainable(network: PhoneNet, features: torch.Tensor) -> None:
    """Give the network of a finished model normalisations that suit ``features``.

    (rows, frames, 40) log-mel energies, a few batches. A finished model holds them folded into its
    weights, where training would start with the wrong statistics. Its answers stay as they are.
    """
    mean, scale = features.flatten(0, 1).mean(0), 1.0 / features.flatten(0, 1).std(0)
    per_tap = network.first.affine.weight.view(-1, INPUT_TAPS, MEL_BANDS)
    network.first.norm.bias += (per_tap * mean).sum((1, 2))
    per_tap /= scale
    network.mean.copy_(mean)
    network.scale.copy_(scale)
    network.eval()
    network.watch(features, _normalise)


def _normalise(layer: Layer, spliced: torch.Tensor) -> None:
    """Let a layer's normalisation say what it now does by its weights alone."""
    norm = layer.norm
    assert norm.running_mean is not None
    assert norm.running_var is not None
    mapped = layer.affine(spliced).flatten(0, 1)
    norm.running_mean.copy_(mapped.mean(0))
    norm.running_var.copy_(mapped.var(0))
    norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
    norm.bias += norm.running_mean


def _set(layer: Layer, matrix: torch.Tensor, bias: torch.Tensor) -> None:
    """Give a layer its weights; the normalisation does nothing until it is trained again."""
    norm = layer.norm
    assert norm.running_var is not None
    layer.affine.weight.copy_(matrix)
    norm.running_var.fill_(1.0 - norm.eps)
    norm.bias.copy_(bias)


def _with_backgrounds(
    matrix: torch.Tensor, bias: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return a last layer of all outputs: of a model without backgrounds, silence is shared out."""
    missing = len(OUTPUTS) - len(bias)
    if missing == 0:
        return matrix, bias
    share = math.log(missing + 1)
    bias = torch.cat([bias, bias[:1].expand(missing)])
    bias[list(SILENT_OUTPUTS)] -= share
    return torch.cat([matrix, matrix[:1].expand(missing, -1)]), bias
