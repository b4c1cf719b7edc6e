import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.audio.resample import Resampler, output_samples, resample
from skill.messages.blocks import Pcm

RATES = [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000]


def tone(hz: float, rate_hz: int, seconds: float) -> Pcm:
    times = np.arange(round(rate_hz * seconds)) / rate_hz
    return (10_000 * np.sin(2 * np.pi * hz * times)).astype(np.int16)


@pytest.mark.parametrize("from_hz", RATES)
@pytest.mark.parametrize("to_hz", [16_000, 22_050, 48_000])
def test_a_tone_keeps_pitch_level_and_place(from_hz: int, to_hz: int) -> None:
    changed = resample(tone(440, from_hz, 1.0), from_hz, to_hz)
    wanted = tone(440, to_hz, 1.0)
    inner = slice(to_hz // 10, -to_hz // 10)
    error = changed[inner].astype(float) - wanted[inner]
    assert changed.size == to_hz
    assert np.max(np.abs(error)) < 10


def test_what_lies_above_half_the_new_rate_is_gone() -> None:
    assert np.abs(resample(tone(12_000, 48_000, 1.0), 48_000, 16_000))[1_600:-1_600].max() <= 2


def test_equal_rates_change_nothing() -> None:
    pcm = tone(440, 16_000, 0.1)
    assert np.array_equal(resample(pcm, 16_000, 16_000), pcm)
    stream = Resampler(16_000, 16_000)
    assert np.array_equal(stream.process(pcm), pcm)
    assert stream.flush().size == 0


def test_nothing_stays_nothing() -> None:
    empty = np.zeros(0, dtype=np.int16)
    assert resample(empty, 8_000, 16_000).size == 0
    stream = Resampler(8_000, 16_000)
    assert stream.process(empty).size == 0
    assert stream.flush().size == 0


@settings(max_examples=60)
@given(
    from_hz=st.sampled_from(RATES),
    to_hz=st.sampled_from(RATES),
    pieces=st.lists(st.integers(0, 6_000), min_size=1, max_size=8),
)
def test_a_stream_in_pieces_is_the_recording_as_a_whole(
    from_hz: int, to_hz: int, pieces: list[int]
) -> None:
    recording = tone(300, from_hz, 1.5)[: sum(pieces)]
    stream = Resampler(from_hz, to_hz)
    parts, place = [], 0
    for piece in pieces:
        parts.append(stream.process(recording[place : place + piece]))
        place += piece
    parts.append(stream.flush())
    streamed = np.concatenate(parts)
    whole = resample(recording, from_hz, to_hz)
    assert streamed.size == output_samples(recording.size, from_hz, to_hz)
    assert np.max(np.abs(streamed.astype(int) - whole), initial=0) <= 2


def test_a_stream_can_begin_again_after_its_end() -> None:
    stream = Resampler(44_100, 16_000)
    pcm = tone(440, 44_100, 0.3)
    first = np.concatenate([stream.process(pcm), stream.flush()])
    second = np.concatenate([stream.process(pcm), stream.flush()])
    assert np.array_equal(first, second)


def test_full_scale_is_clipped_not_wrapped() -> None:
    square = np.where(np.arange(8_000) // 40 % 2, 32_767, -32_768).astype(np.int16)
    changed = resample(square, 8_000, 16_000)
    middle_of_high = changed[80 * 11 + 40]
    assert middle_of_high > 30_000
    assert changed.max() == 32_767
    assert changed.min() == -32_768
