from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.audio.offset import OffsetFilter
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm

SECONDS = np.arange(2 * EAR_RATE_HZ) / EAR_RATE_HZ
TONE = (3_000 * np.sin(2 * np.pi * 120 * SECONDS)).astype(np.int16)


@pytest.mark.parametrize("offset", [-8_000, -655, 100, 655, 1_638, 20_000])
def test_a_constant_offset_is_gone_after_a_tenth_of_a_second(offset: int) -> None:
    heard = OffsetFilter().process((TONE + offset).astype(np.int16))
    late = slice(EAR_BLOCK_SAMPLES, None)
    assert abs(int(heard[late].mean())) <= 10
    assert np.max(np.abs(heard[late].astype(int) - TONE[late])) < 3_000 / 10


def test_sound_without_an_offset_stays_as_it_is() -> None:
    known = slice(EAR_RATE_HZ // 2, None)
    assert np.array_equal(OffsetFilter().process(TONE)[known], TONE[known])
    noise = np.random.default_rng(1).normal(0, 300, 40_000).astype(np.int16)
    assert np.array_equal(OffsetFilter().process(noise), noise)


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=12), st.integers(-2_000, 2_000))
def test_it_does_not_matter_how_the_stream_is_cut(pieces: list[int], offset: int) -> None:
    whole = np.resize(TONE + offset, sum(pieces)).astype(np.int16)
    cut = OffsetFilter()
    ends = np.cumsum([0, *pieces])
    parts = [cut.process(whole[a:b]) for a, b in pairwise(ends)]
    assert np.array_equal(np.concatenate(parts), OffsetFilter().process(whole))


def test_an_offset_that_comes_or_goes_is_followed_within_2_s() -> None:
    stream = OffsetFilter()
    stream.process(np.zeros(EAR_RATE_HZ, dtype=np.int16))
    constant: Pcm = np.full(3 * EAR_RATE_HZ, 1_000, dtype=np.int16)
    assert not stream.process(constant)[2 * EAR_RATE_HZ :].any()


def test_what_overshoots_is_clipped() -> None:
    loud = np.full(EAR_RATE_HZ, 30_000, dtype=np.int16)
    stream = OffsetFilter()
    stream.process(loud)
    assert stream.process(np.array([-32_768], dtype=np.int16))[0] == -32_768
