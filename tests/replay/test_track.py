import numpy as np
import pytest

from rueckgrat.replay.track import Track


def test_what_is_put_comes_out_at_its_sample_and_sums_up() -> None:
    track = Track()
    track.put(3, np.array([5, 5, 5], dtype=np.int16))
    track.put(4, np.array([1], dtype=np.int16))
    assert track.take(4).tolist() == [0, 0, 0, 5]
    assert track.take(4).tolist() == [6, 5, 0, 0]


def test_loud_sums_are_clipped_not_wrapped() -> None:
    track = Track()
    for _ in range(2):
        track.put(0, np.array([30_000], dtype=np.int16))
    assert track.take(1).tolist() == [32_767]


def test_the_past_cannot_be_changed() -> None:
    track = Track()
    track.take(10)
    with pytest.raises(ValueError, match="taken already"):
        track.put(9, np.array([1], dtype=np.int16))
