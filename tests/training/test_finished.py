"""The network that is read back is the one that was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("pynini", reason="the extra `train` is not installed")

from models.training import cli, finished  # noqa: E402
from models.training.config import Recipe, RecipeError  # noqa: E402
from models.training.export import write_acoustic  # noqa: E402
from models.training.network import PhoneNet, input_frames  # noqa: E402
from models.training.phones import PHONES  # noqa: E402


def write(folder: Path, network: PhoneNet) -> None:
    write_acoustic(folder, network.eval(), np.full(len(PHONES), 1 / len(PHONES)))


def test_it_answers_alike(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = PhoneNet(32)
    network.mean.fill_(9.0)
    network.scale.fill_(0.4)
    write(tmp_path, network)
    features = 9.0 + torch.randn(1, input_frames(20), 40)
    read = finished.network(tmp_path, Recipe(width=32))
    with torch.no_grad():
        expected, answer = network(features), read(features)
    assert (expected - answer).abs().max() < 0.1 * expected.std()  # 8 bits a weight


def test_it_answers_alike_when_made_ready_to_be_trained(tmp_path: Path) -> None:
    torch.manual_seed(2)
    write(tmp_path, PhoneNet(32))
    features = 9.0 + 3.0 * torch.randn(4, input_frames(50), 40)
    read = finished.network(tmp_path, Recipe(width=32, dropout=0.0))
    with torch.no_grad():
        before = read(features)
        finished.make_trainable(read, features)
        assert torch.allclose(read(features), before, atol=1e-3)
        assert torch.allclose(read.train()(features), before, atol=1e-2)


def test_between_two_networks_lie_their_weights(tmp_path: Path) -> None:
    old, new = PhoneNet(16).eval(), PhoneNet(16).eval()
    half = finished.between(old, new, 0.5).last.bias
    assert torch.allclose(half, (old.last.bias + new.last.bias) / 2)
    assert torch.equal(finished.between(old, new, 1.0).last.weight, new.last.weight)


def test_priors_are_read_back(tmp_path: Path) -> None:
    write(tmp_path, PhoneNet(16))
    assert finished.priors(tmp_path) == pytest.approx(np.full(len(PHONES), 1 / len(PHONES)))


def test_going_on_asks_from_which_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["onward"]) == 2
    assert "--aligner MODEL" in capsys.readouterr().err


def test_another_width_is_refused(tmp_path: Path) -> None:
    write(tmp_path, PhoneNet(16))
    with pytest.raises(RecipeError, match="other layers"):
        finished.network(tmp_path, Recipe(width=32))
