"""The sequence loss against sums over all paths, counted one by one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from models.training.phones import OUTPUTS, PHONES  # noqa: E402
from models.training.sequence import PhoneLoop, as_phones, segments  # noqa: E402

STEPS = 4


@pytest.fixture
def loop() -> PhoneLoop:
    chance = np.random.default_rng(3)
    return PhoneLoop.of([chance.integers(0, len(PHONES), 3_000).astype(np.uint8)], 0.5)


def path_score(loop: PhoneLoop, scores: torch.Tensor, path: tuple[int, ...]) -> float:
    moves = sum(float(loop.log_transitions[a, b]) for a, b in itertools.pairwise(path))
    return moves + sum(float(scores[output, phone]) for output, phone in enumerate(path))


def test_it_is_the_share_of_the_right_paths_among_all(loop: PhoneLoop) -> None:
    """Only five phones can be emitted at all, so that every path can be visited."""
    torch.manual_seed(0)
    logits = torch.randn(1, STEPS, len(OUTPUTS))
    logits[:, :, 5:] = -1e4
    labels = torch.tensor([[2, 2, 4, 4]])
    scores = 0.5 * (as_phones(logits)[0].log_softmax(-1) - loop.log_priors)
    every = [path_score(loop, scores, p) for p in itertools.product(range(5), repeat=STEPS)]
    near = [(2, 2, 4, 4), (2, 4, 4, 4), (2, 2, 2, 4)]  # the boundary may move by one output
    right = [path_score(loop, scores, path) for path in near]
    expected = np.logaddexp.reduce(every) - np.logaddexp.reduce(right)
    assert float(loop.loss(logits, labels)) == pytest.approx(expected / STEPS, rel=1e-3)


def test_rows_of_different_numbers_of_phones_do_not_disturb_each_other(loop: PhoneLoop) -> None:
    torch.manual_seed(1)
    logits = torch.randn(2, 6, len(OUTPUTS))
    labels = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6]])
    alone = [float(loop.loss(logits[i : i + 1], labels[i : i + 1])) for i in range(2)]
    assert loop.loss(logits, labels).tolist() == pytest.approx(alone, rel=1e-5)


def test_learning_makes_the_right_sequence_win(loop: PhoneLoop) -> None:
    labels = torch.tensor([[0, 0, 7, 7, 9, 9, 0, 0]])
    logits = torch.zeros(1, 8, len(OUTPUTS), requires_grad=True)
    before = float(loop.loss(logits, labels).detach())
    optimiser = torch.optim.SGD([logits], lr=5.0)
    for _ in range(100):
        optimiser.zero_grad()
        loop.loss(logits, labels).sum().backward()
        optimiser.step()
    assert torch.isfinite(logits).all()
    assert float(loop.loss(logits, labels).detach()) < before / 2
    assert logits.argmax(-1)[0, 2] == 7


def test_a_background_is_silence(loop: PhoneLoop) -> None:
    torch.manual_seed(2)
    logits = torch.randn(1, 4, len(OUTPUTS))
    quiet, noisy = torch.tensor([[0, 0, 7, 7]]), torch.tensor([[45, 46, 7, 7]])
    assert torch.equal(loop.loss(logits, quiet), loop.loss(logits, noisy))


def test_a_boost_makes_the_rivals_stronger(loop: PhoneLoop) -> None:
    torch.manual_seed(3)
    logits, labels = torch.randn(1, 8, len(OUTPUTS)), torch.tensor([[0, 0, 7, 7, 9, 9, 0, 0]])
    boosted = replace(loop, boost=0.2)
    assert float(boosted.loss(logits, labels)) > float(loop.loss(logits, labels))


def test_segments_of_a_row() -> None:
    phones, open_at = segments(torch.tensor([[3, 3, 3, 8]]))
    assert phones.tolist() == [[3, 8]]
    assert open_at[0].int().tolist() == [[1, 0], [1, 0], [1, 1], [1, 1]]
