"""``final.mdl``: read as our recipe writes it, written with other biases, and no other's."""

from pathlib import Path

import numpy as np
import pytest

from models.training.kaldi import dequantise
from rueckgrat.adaptation.acoustic_model import (
    ForeignModelError,
    Term,
    parse,
    read_acoustic_model,
)
from rueckgrat.adaptation.kaldi import KaldiFormatError
from skill.errors import ModelError
from skill.models import BUILT_IN
from skill.paths import models_dir
from tests.adaptation.tiny import LINES, final_mdl, weights, write_model


def test_layers_and_outputs_are_read_from_the_file() -> None:
    model = parse(final_mdl())
    assert [layer.output for layer in model.layers] == [
        "l1.relu",
        "l2.relu",
        "l3.relu",
        "l4.logsoftmax",
    ]
    assert model.outputs_of == {1: (0, 3), 2: (1,), 3: (2,)}
    third = model.layers[2]
    assert third.terms == (Term(("l1.relu", "l2.relu"), -6), Term(("l1.relu", "l2.relu"), 3))
    matrix, bias = weights("l3")
    np.testing.assert_allclose(third.matrix, dequantise(matrix, 8), atol=1e-6)
    np.testing.assert_allclose(third.bias, bias, rtol=1e-6)
    np.testing.assert_allclose(np.exp(model.log_priors), [0.4, 0.3, 0.2, 0.1], rtol=1e-6)


def test_other_biases_change_no_other_byte() -> None:
    model = parse(final_mdl())
    same = model.with_biases([layer.bias for layer in model.layers])
    assert same == model.data
    changed = model.with_biases([model.layers[0].bias + 1])
    differing = np.flatnonzero(
        np.frombuffer(changed, np.uint8) != np.frombuffer(model.data, np.uint8)
    )
    place = model.places["l1.affine"]
    assert place.start <= differing.min() <= differing.max() < place.stop
    again = parse(changed)
    np.testing.assert_array_equal(again.layers[0].bias, model.layers[0].bias + 1)
    np.testing.assert_array_equal(again.layers[1].bias, model.layers[1].bias)
    with pytest.raises(ValueError, match="biases"):
        model.with_biases([np.zeros(3, np.float32)])


def test_the_built_in_model_goes_round_to_the_byte() -> None:
    model = read_acoustic_model(models_dir() / BUILT_IN)
    assert model.with_biases([layer.bias for layer in model.layers]) == model.data
    assert {one for outputs in model.outputs_of.values() for one in outputs} == set(
        range(len(model.log_priors))
    )


@pytest.mark.parametrize(
    "network",
    [
        b"",
        b"\0B",
        b"text",
        final_mdl()[:-3],
        final_mdl() + b"\0",
        final_mdl(kind="NaturalGradientAffineComponent"),
        final_mdl(LINES.replace("dim=40", "dim=30")),
        final_mdl(LINES.replace("input=l4.affine", "input=l3.relu")),
        final_mdl(LINES.replace("Sum(Offset(l1.relu, -6)", "Sum(Offset(l1.relu, -3)")),
        final_mdl(LINES.replace("Offset(input, -1)", "Round(input, 3)")),
        final_mdl(LINES.replace("Sum(Sum(l1.relu, l2.relu), l3.relu)", "l9.relu")),
    ],
)
def test_what_the_recipe_does_not_write_is_refused(tmp_path: Path, network: bytes) -> None:
    write_model(tmp_path)
    (tmp_path / "am/final.mdl").write_bytes(network)
    with pytest.raises(ForeignModelError, match=r"nicht von der Art.*eingebaute"):
        read_acoustic_model(tmp_path)
    with pytest.raises((KaldiFormatError, ValueError)):
        parse(network)


def test_another_front_end_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path)
    options = tmp_path / "conf/mfcc.conf"
    options.write_text(options.read_text().replace("7600", "3700"))
    with pytest.raises(ForeignModelError):
        read_acoustic_model(tmp_path)


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="kann ich nicht lesen"):
        read_acoustic_model(tmp_path)
