"""The network in numpy against the plain formula, and its gradient against differences."""

import numpy as np
import pytest

from rueckgrat.adaptation.acoustic_model import (
    AcousticModel,
    ForeignModelError,
    parse,
    read_acoustic_model,
)
from rueckgrat.adaptation.features import cosine_matrix, log_mel
from rueckgrat.adaptation.learning import ACOUSTIC_SCALE
from rueckgrat.adaptation.network import Network
from rueckgrat.adaptation.paths import paths_of
from rueckgrat.adaptation.pronunciations import Pronunciations
from skill.models import BUILT_IN
from skill.paths import models_dir
from tests.adaptation.tiny import LINES, final_mdl
from tests.calibration.person import spoken


def mel_frames(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(8, 2, (count, 40)).astype(np.float32)


def plainly(model: AcousticModel, frames: np.ndarray, time: int) -> np.ndarray:
    """Return the last layer's result at one frame, straight from the configuration's meaning."""
    cepstra = frames @ cosine_matrix().T

    def value(node: str, at: int) -> np.ndarray:
        if node == "input":
            return cepstra[min(max(at, 0), len(cepstra) - 1)]
        layer = next(one for one in model.layers if one.output == node)
        pieces = [sum(value(one, at + term.offset) for one in term.nodes) for term in layer.terms]
        sums = layer.matrix @ np.concatenate(pieces) + layer.bias
        return sums if layer is model.layers[-1] else np.maximum(sums, 0)

    logits = value(model.layers[-1].output, time)
    return logits - np.log(np.exp(logits).sum())


def test_it_says_what_the_configuration_says() -> None:
    model = parse(final_mdl())
    network = Network(model)
    takes = [mel_frames(20, 1), mel_frames(7, 2), mel_frames(1, 3)]
    laid_out = network.lay_out(takes)
    scores = network.run(laid_out, network.biases).scores
    assert [span.stop - span.start for span in laid_out.spans] == [7, 3, 1]
    assert laid_out.steps == 11
    for frames, span in zip(takes, laid_out.spans, strict=True):
        for step, found in enumerate(scores[span]):
            np.testing.assert_allclose(found, plainly(model, frames, 3 * step), atol=2e-4)


def test_the_gradient_is_what_small_changes_make() -> None:
    network = Network(parse(final_mdl()))
    laid_out = network.lay_out([mel_frames(20, 1), mel_frames(9, 2)])
    mask = np.zeros((len(laid_out.sums), 4), np.float32)
    for span in laid_out.spans:
        mask[span] = np.random.default_rng(5).normal(size=(span.stop - span.start, 4))

    def figure(biases: np.ndarray) -> float:
        return float(np.sum(network.run(laid_out, biases).scores.astype(np.float64) * mask))

    found = network.run(laid_out, network.biases).gradient(mask)
    assert found.shape == network.biases.shape
    by_differences = np.zeros_like(found)
    for place in np.ndindex(*found.shape):
        change = np.zeros_like(network.biases)
        change[place] = 2e-3
        rise = figure(network.biases + change) - figure(network.biases - change)
        by_differences[place] = rise / 4e-3
    assert np.abs(by_differences).max() > 0.5
    np.testing.assert_allclose(found, by_differences, atol=0.03)


def test_a_network_that_looks_between_its_own_steps_is_refused() -> None:
    lines = LINES.replace("Offset(l1.relu, -3), l1.relu", "Offset(l1.relu, -2), l1.relu")
    with pytest.raises(ForeignModelError):
        Network(parse(final_mdl(lines)))


def test_the_built_in_network_knows_words_by_their_pronunciations() -> None:
    folder = models_dir() / BUILT_IN
    model = read_acoustic_model(folder)
    network, pronunciations = Network(model), Pronunciations(folder, model.outputs_of)
    said = ["stopp", "weiter", "fertig", "sieben"]
    outputs = network.log_priors.size
    paths = {
        word: paths_of(pronunciations.of(word) or [], pronunciations.silence, outputs)
        for word in said
    }
    laid_out = network.lay_out([log_mel(spoken(word)) for word in said])
    scores = ACOUSTIC_SCALE * (network.run(laid_out, network.biases).scores - network.log_priors)
    for word, span in zip(said, laid_out.spans, strict=True):
        sums = {other: paths[other].log_sum(scores[span]) for other in said}
        assert max(sums, key=sums.__getitem__) == word
