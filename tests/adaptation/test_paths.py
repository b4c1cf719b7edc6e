"""Sums over paths against all paths written out, and their shares against differences."""

import itertools

import numpy as np

from rueckgrat.adaptation.paths import STAY, Paths, any_sounds, paths_of

SILENCE = (0, 3)


def scores(steps: int, outputs: int = 4) -> np.ndarray:
    return np.random.default_rng(steps).normal(0, 2, (steps, outputs))


def written_out(paths: Paths, of: np.ndarray) -> float:
    emitted = np.exp(of) @ paths.sounds.T
    total = 0.0
    for way in itertools.product(range(len(paths.first)), repeat=len(of)):
        probability = paths.first[way[0]] * paths.last[way[-1]]
        probability *= np.prod([paths.ways[pair] for pair in itertools.pairwise(way)])
        total += probability * np.prod([emitted[step, state] for step, state in enumerate(way)])
    return float(np.log(total))


def test_a_sum_counts_every_path() -> None:
    for paths in (paths_of([[[(1,), (2,)], [(1,)]]], SILENCE, 4), any_sounds(4, 0.1)):
        of = scores(5)
        total, shares = paths.sum(of)
        np.testing.assert_allclose(total, written_out(paths, of), rtol=1e-9)
        np.testing.assert_allclose(paths.log_sum(of), total, rtol=1e-12)
        np.testing.assert_allclose(shares.sum(1), 1.0)


def test_shares_are_the_gradient() -> None:
    paths, of = paths_of([[[(1,), (2,)]], [[(2,)]]], SILENCE, 4), scores(7)
    _, shares = paths.sum(of)
    for place in np.ndindex(*of.shape):
        change = np.zeros_like(of)
        change[place] = 1e-5
        rise = paths.log_sum(of + change) - paths.log_sum(of - change)
        np.testing.assert_allclose(rise / 2e-5, shares[place], atol=1e-5)


def test_a_word_has_silence_around_it_or_none() -> None:
    paths = paths_of([[[(1,), (2,)]]], SILENCE, 4)
    assert paths.first.tolist() == [1, 1, 0, 0]
    assert paths.last.tolist() == [0, 0, 1, 1]
    assert paths.sounds[[0, 3]].tolist() == [[1, 0, 0, 1]] * 2
    assert set(np.unique(paths.ways)) == {0, STAY}


def test_a_take_shorter_than_its_word_is_impossible_and_no_error() -> None:
    total, shares = paths_of([[[(1,), (2,), (1,)]]], SILENCE, 4).sum(scores(2))
    assert total < -500
    assert np.isfinite(shares).all()
