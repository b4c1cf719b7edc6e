from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from models.training.acoustic import Affine, fold  # noqa: E402
from models.training.config import FRAME_SUBSAMPLING, MEL_BANDS  # noqa: E402
from models.training.fbank import cosine_matrix, log_mel  # noqa: E402
from models.training.network import INPUT_TAPS, SPLICES, PhoneNet, input_frames  # noqa: E402


def test_the_network_needs_exactly_its_context() -> None:
    assert PhoneNet(16)(torch.zeros(2, input_frames(5), MEL_BANDS)).shape[1] == 5


def test_silence_has_kaldis_floor() -> None:
    assert torch.allclose(log_mel(torch.zeros(560)), torch.tensor(-15.9424), atol=1e-3)


def test_a_tone_is_loudest_in_its_band() -> None:
    time = torch.arange(16_000) / 16_000
    bands = [int(log_mel(9_000 * torch.sin(6.2832 * hz * time))[50].argmax()) for hz in (300, 3000)]
    assert bands[0] < 10 < 20 < bands[1]


def test_the_cosine_transform_is_undone_by_its_transpose() -> None:
    matrix = cosine_matrix()
    assert torch.allclose(matrix.T @ matrix, torch.eye(MEL_BANDS), atol=1e-5)


def test_folded_layers_compute_the_same() -> None:
    torch.manual_seed(1)
    network = _settled_network()
    features = torch.randn(1, input_frames(4), MEL_BANDS) * 3 + 12
    cepstra = (features @ cosine_matrix().T)[0].numpy()
    with torch.no_grad():
        expected = network(features)[0].numpy()
    assert np.abs(_forward(fold(network), cepstra) - expected).max() < 1e-3


def _settled_network() -> PhoneNet:
    """Return a network whose normalisations have seen data."""
    network = PhoneNet(16)
    network.mean.fill_(12.0)
    network.scale.fill_(0.3)
    for _ in range(20):
        network(torch.randn(8, input_frames(10), MEL_BANDS) * 3 + 12)
    return network.eval()


def _forward(layers: list[Affine], cepstra: np.ndarray) -> np.ndarray:
    """Compute what Kaldi computes from the folded layers, in plain numpy."""
    count = (len(cepstra) - INPUT_TAPS) // FRAME_SUBSAMPLING + 1
    taps = [cepstra[3 * t : 3 * t + INPUT_TAPS].ravel() for t in range(count)]
    hidden = np.maximum(np.stack(taps) @ layers[0].matrix.T + layers[0].bias, 0)
    for layer, splice in zip(layers[1:-1], SPLICES, strict=True):
        offsets = np.array(splice.offsets)
        times = np.arange(-offsets[0], len(hidden) - max(offsets[-1], 0))
        spliced = hidden[times[:, None] + offsets].reshape(len(times), -1)
        hidden = np.maximum(spliced @ layer.matrix.T + layer.bias, 0) + hidden[times]
    return hidden @ layers[-1].matrix.T + layers[-1].bias
