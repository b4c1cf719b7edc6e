import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.audio.capture import BlockAssembler
from skill.audio.resample import resample
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm


def ramp(samples: int) -> Pcm:
    return (np.arange(samples) % 20_000).astype(np.int16)


def everything(assembler: BlockAssembler) -> list[Pcm]:
    blocks = []
    while (block := assembler.take()) is not None:
        blocks.append(block)
    return blocks


@given(pieces=st.lists(st.integers(0, 4_000), max_size=8), channels=st.integers(1, 6))
def test_any_pieces_become_whole_blocks_in_order(pieces: list[int], channels: int) -> None:
    assembler = BlockAssembler(EAR_RATE_HZ, channels)
    sound = ramp(sum(pieces))
    place = 0
    for piece in pieces:
        assembler.add(np.repeat(sound[place : place + piece], channels).tobytes())
        place += piece
    blocks = everything(assembler)
    assert len(blocks) == sound.size // EAR_BLOCK_SAMPLES
    for number, block in enumerate(blocks):
        start = number * EAR_BLOCK_SAMPLES
        assert np.array_equal(block, sound[start : start + EAR_BLOCK_SAMPLES])


def test_channels_are_averaged() -> None:
    assembler = BlockAssembler(EAR_RATE_HZ, 2)
    assembler.add(np.tile(np.array([300, 100], dtype=np.int16), EAR_BLOCK_SAMPLES).tobytes())
    block = assembler.take()
    assert block is not None
    assert set(block) == {200}


@pytest.mark.parametrize("weights", [(1, -1), (1, -0.7), (-1, 1, 0, 0)])
def test_channels_that_cancel_are_heard_all_the_same(weights: tuple[float, ...]) -> None:
    sound = 3_000 * np.sin(np.arange(2 * EAR_BLOCK_SAMPLES) / 20)
    assembler = BlockAssembler(EAR_RATE_HZ, len(weights))
    assembler.add(np.outer(sound, weights).astype(np.int16).tobytes())
    heard = np.concatenate(everything(assembler)).astype(float)
    assert heard.std() > 0.9 * sound.std()


def test_a_channel_that_is_dead_leaves_the_others_as_they_are() -> None:
    sound = 3_000 * np.sin(np.arange(EAR_BLOCK_SAMPLES) / 20)
    assembler = BlockAssembler(EAR_RATE_HZ, 2)
    assembler.add(np.outer(sound, (1, 0)).astype(np.int16).tobytes())
    assert np.concatenate(everything(assembler)).astype(float).std() > 0.4 * sound.std()


def test_another_rate_is_changed() -> None:
    sound = (8_000 * np.sin(np.arange(48_000) / 20)).astype(np.int16)
    assembler = BlockAssembler(48_000, 1)
    for start in range(0, sound.size, 360):
        assembler.add(sound[start : start + 360].tobytes())
    heard = np.concatenate(everything(assembler))
    assert heard.size >= 9 * EAR_BLOCK_SAMPLES
    assert np.max(np.abs(heard - resample(sound, 48_000, EAR_RATE_HZ)[: heard.size])) <= 1


def test_a_broken_frame_is_dropped() -> None:
    assembler = BlockAssembler(EAR_RATE_HZ, 2)
    assembler.add(b"\1" * (4 * EAR_BLOCK_SAMPLES + 3))
    assert len(assembler) == 1


def test_a_session_that_falls_behind_loses_the_oldest_blocks() -> None:
    assembler = BlockAssembler(EAR_RATE_HZ, 1, most_blocks=2)
    for value in range(5):
        assembler.add(np.full(EAR_BLOCK_SAMPLES, value, dtype=np.int16).tobytes())
    assert assembler.lost_blocks == 3
    assert [block[0] for block in everything(assembler)] == [3, 4]
