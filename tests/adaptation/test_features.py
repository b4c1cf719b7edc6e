"""Kaldi's front end in numpy."""

import numpy as np
import pytest

from rueckgrat.adaptation.features import cosine_matrix, log_mel, mel
from skill.messages.blocks import EAR_RATE_HZ


def tone(hertz: float, seconds: float = 0.1, amplitude: float = 8_000) -> np.ndarray:
    time = np.arange(round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ
    return np.rint(amplitude * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def test_frames_are_whole_windows_without_padding() -> None:
    assert [log_mel(np.zeros(n, np.int16)).shape[0] for n in (399, 400, 559, 560)] == [0, 1, 1, 2]


def test_silence_has_kaldis_floor() -> None:
    np.testing.assert_allclose(log_mel(np.zeros(400, np.int16)), np.log(1.1920929e-07), rtol=1e-6)


@pytest.mark.parametrize("hertz", [300.0, 1_000.0, 3_000.0, 6_000.0])
def test_a_tone_is_loudest_in_its_band(hertz: float) -> None:
    step = (mel(7_600) - mel(20)) / 41
    band = (mel(hertz) - mel(20)) / step - 1
    assert abs(int(log_mel(tone(hertz))[3].argmax()) - band) <= 0.6


def test_a_window_worked_out_by_hand() -> None:
    """The same formula, written as one sum for each bin and one for each band."""
    pcm = np.random.default_rng(1).normal(0, 1_000, 400).astype(np.int16)
    frame = pcm - pcm.mean()
    emphasised = frame - 0.97 * np.concatenate([frame[:1], frame[:-1]])
    n = np.arange(400)
    windowed = emphasised * (0.5 - 0.5 * np.cos(2 * np.pi * n / 399)) ** 0.85
    power = np.array(
        [abs(np.sum(windowed * np.exp(-2j * np.pi * k * n / 512))) ** 2 for k in range(256)]
    )
    bins = np.array([mel(k * 16_000 / 512) for k in range(256)])
    edges = np.linspace(mel(20), mel(7_600), 42)
    expected = []
    for low, centre, high in zip(edges, edges[1:], edges[2:], strict=False):
        rising, falling = (bins - low) / (centre - low), (high - bins) / (high - centre)
        expected.append(np.log(np.sum(power * np.clip(np.minimum(rising, falling), 0, None))))
    np.testing.assert_allclose(log_mel(pcm)[0], expected, rtol=1e-4)


def test_the_cosine_transform_loses_nothing() -> None:
    np.testing.assert_allclose(cosine_matrix() @ cosine_matrix().T, np.eye(40), atol=1e-6)


def test_it_is_what_the_network_was_trained_on() -> None:
    torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
    from models.training import fbank

    pcm = np.random.default_rng(2).normal(0, 1_000, 1_600).astype(np.int16)
    trained_on = fbank.log_mel(torch.from_numpy(pcm.astype(np.float32))).numpy()
    np.testing.assert_allclose(log_mel(pcm), trained_on, atol=1e-3)
