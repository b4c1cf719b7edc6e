"""Writes the trained network as Kaldi's ``final.mdl``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from .config import FRAME_SUBSAMPLING, MEL_BANDS
from .fbank import cosine_matrix
from .kaldi import KaldiWriter
from .network import INPUT_TAPS, SPLICES, Layer, PhoneNet
from .phones import OUTPUTS
from .topology import LOOP_PROBABILITY, Topology, phone_ids


@dataclass(frozen=True)
class Affine:
    """One affine layer after folding: matrix (out, in), bias, and bits per stored weight."""

    name: str
    matrix: np.ndarray
    bias: np.ndarray
    bits: int


@torch.no_grad()
def fold(network: PhoneNet) -> list[Affine]:
    """Fold normalisations into the affine layers, and the inverse DCT into the first one.

    Vosk's front end gives cepstra (40 of 40, without lifter), so the transposed DCT returns the
    log-mel energies that the network was trained on. The small first and last layers keep 16 bits.
    """
    first, first_bias = _fold_norm(network.first)
    per_tap = first.reshape(-1, INPUT_TAPS, MEL_BANDS) * network.scale
    bias = first_bias - (per_tap * network.mean).sum((1, 2))
    from_cepstra = (per_tap @ cosine_matrix().T).reshape(len(first), -1)
    layers = [Affine("l1", from_cepstra.numpy(), bias.numpy(), 16)]
    for number, layer in enumerate(network.layers, start=2):
        assert isinstance(layer, Layer)
        matrix, layer_bias = _fold_norm(layer)
        layers.append(Affine(f"l{number}", matrix.numpy(), layer_bias.numpy(), 8))
    last = network.last
    layers.append(
        Affine(f"l{len(layers) + 1}", last.weight.detach().numpy(), last.bias.detach().numpy(), 16)
    )
    return layers


def _fold_norm(layer: Layer) -> tuple[torch.Tensor, torch.Tensor]:
    norm = layer.norm
    assert norm.running_var is not None
    assert norm.running_mean is not None
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return layer.affine.weight * gain[:, None], norm.bias - norm.running_mean * gain


def node_lines(layers: list[Affine]) -> list[str]:
    """Return the network's graph: spliced sums of all ReLUs below (the residual connections)."""
    taps = [offset - INPUT_TAPS // 2 for offset in range(INPUT_TAPS)]
    lines = ["input-node name=input dim=40"]
    source = ", ".join(_at("input", tap) for tap in taps)
    below: list[str] = []
    for layer, splice in zip(layers[:-1], [None, *SPLICES], strict=True):
        if splice is not None:
            offsets = [FRAME_SUBSAMPLING * offset for offset in splice.offsets]
            source = ", ".join(_sum([_at(node, offset) for node in below]) for offset in offsets)
        lines.append(_component(f"{layer.name}.affine", f"Append({source})"))
        lines.append(_component(f"{layer.name}.relu", f"{layer.name}.affine"))
        below.append(f"{layer.name}.relu")
    last = layers[-1].name
    lines.append(_component(f"{last}.affine", _sum(below)))
    lines.append(_component(f"{last}.logsoftmax", f"{last}.affine"))
    lines.append(f"output-node name=output input={last}.logsoftmax objective=linear")
    return lines


def _component(name: str, source: str) -> str:
    return f"component-node name={name} component={name} input={source}"


def _at(node: str, offset: int) -> str:
    return f"Offset({node}, {offset})" if offset else node


def _sum(terms: list[str]) -> str:
    """Return a nested two-term sum, which every version of Kaldi reads."""
    total = terms[0]
    for term in terms[1:]:
        total = f"Sum({total}, {term})"
    return total


def final_mdl(network: PhoneNet, priors: np.ndarray) -> bytes:
    """Return the bytes of ``final.mdl``: transition model, network, priors.

    ``priors`` are those of the phones; every background has that of silence, so that a noise costs
    the decoder no more and no less than quiet.
    """
    writer = KaldiWriter()
    _transition_model(writer)
    _network(writer, fold(network))
    writer.token("<LeftContext>")
    writer.int32(0)  # the reader works the contexts out again
    writer.token("<RightContext>")
    writer.int32(0)
    writer.token("<Priors>")
    backgrounds = len(OUTPUTS) - len(priors)
    writer.float_vector(np.append(priors, [priors[0]] * backgrounds))
    return writer.getvalue()


def _transition_model(writer: KaldiWriter) -> None:
    phones = list(phone_ids().values())
    writer.token("<TransitionModel>", "<Topology>")
    writer.int_vector(phones)
    writer.int_vector([-1] + [0] * len(phones))
    writer.int32(1, 2)  # one topology of two states, the second one final
    writer.int32(0, 2)
    for target, probability in ((0, LOOP_PROBABILITY), (1, 1 - LOOP_PROBABILITY)):
        writer.int32(target)
        writer.float32(probability)
    writer.int32(-1, 0)
    writer.token("</Topology>", "<Triples>")
    triples = Topology().triples
    writer.int32(len(triples))
    for triple in triples:
        writer.int32(*triple)
    writer.token("</Triples>", "<LogProbs>")
    logs = np.log([LOOP_PROBABILITY, 1 - LOOP_PROBABILITY] * len(triples))
    writer.float_vector(np.concatenate([[0.0], logs]))
    writer.token("</LogProbs>", "</TransitionModel>")


def _network(writer: KaldiWriter, layers: list[Affine]) -> None:
    writer.token("<Nnet3>")
    writer.text("\n" + "\n".join(node_lines(layers)) + "\n\n")
    writer.token("<NumComponents>")
    writer.int32(2 * len(layers))
    for layer in layers:
        writer.token("<ComponentName>", f"{layer.name}.affine", "<FixedAffineComponent>")
        writer.token("<LinearParams>")
        writer.matrix(layer.matrix, layer.bits)
        writer.token("<BiasParams>")
        writer.float_vector(layer.bias)
        writer.token("</FixedAffineComponent>")
        if layer is layers[-1]:
            _nonlinearity(writer, f"{layer.name}.logsoftmax", "LogSoftmaxComponent", len(OUTPUTS))
        else:
            _nonlinearity(writer, f"{layer.name}.relu", "RectifiedLinearComponent", len(layer.bias))
    writer.token("</Nnet3>")


def _nonlinearity(writer: KaldiWriter, name: str, kind: str, dimension: int) -> None:
    """Write a component without weights; its training statistics are empty."""
    nothing = np.zeros(0)
    writer.token("<ComponentName>", name, f"<{kind}>", "<Dim>")
    writer.int32(dimension)
    for statistic in ("<ValueAvg>", "<DerivAvg>"):
        writer.token(statistic)
        writer.float_vector(nothing)
    writer.token("<Count>")
    writer.float64(0.0)
    writer.token("<OderivRms>")
    writer.float_vector(nothing)
    for statistic in ("<OderivCount>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
        writer.token(statistic)
        writer.float64(0.0)
    writer.token(f"</{kind}>")
