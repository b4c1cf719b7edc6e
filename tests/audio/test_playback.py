import numpy as np
import pytest

from skill.audio.playback import Playback, Reserve
from skill.messages.blocks import VOICE_BLOCK_SAMPLES, VOICE_RATE_HZ, Pcm, silence

BLOCK = VOICE_BLOCK_SAMPLES
START = round(Reserve.start_seconds * VOICE_RATE_HZ)
QUIET = silence(BLOCK)


def loud(value: int = 1_000) -> Pcm:
    return np.full(BLOCK, value, dtype=np.int16)


def samples(data: bytes) -> Pcm:
    return np.frombuffer(data, dtype=np.int16)


def test_the_first_block_comes_after_the_reserve() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    playback.add(loud())
    heard = samples(playback.give(START + BLOCK))
    assert not heard[:START].any()
    assert (heard[START:] == 1_000).all()
    assert playback.in_hand_seconds == 0


def test_stereo_plays_the_same_on_both_sides() -> None:
    playback = Playback(VOICE_RATE_HZ, 2)
    playback.add((np.arange(BLOCK) % 100).astype(np.int16))
    frames = samples(playback.give(START + BLOCK)).reshape(-1, 2)
    assert np.array_equal(frames[:, 0], frames[:, 1])
    assert np.array_equal(frames[START:, 0], np.arange(BLOCK) % 100)


def test_another_rate_keeps_the_length_to_the_sample() -> None:
    playback = Playback(48_000, 1)
    for _ in range(10):
        playback.add(loud())
    playback.end()
    expected = 48_000 + round(Reserve.start_seconds * 48_000)
    assert playback.in_hand_seconds == pytest.approx(expected / 48_000)


def test_a_steady_stream_is_not_touched() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    for block in range(300):
        playback.add(QUIET if block % 2 else loud())
        playback.give(BLOCK)
    assert playback.underruns == 0
    assert playback.dropped_seconds == 0
    assert playback.inserted_seconds == Reserve.start_seconds


def test_before_the_first_block_silence_is_no_fault() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    assert not samples(playback.give(500)).any()
    assert playback.underruns == 0


def test_running_dry_is_one_clean_gap() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    playback.add(loud())
    playback.give(START + BLOCK + 700)
    playback.give(700)
    assert playback.underruns == 1
    playback.add(loud())
    heard = samples(playback.give(START + BLOCK))
    assert not heard[:START].any()
    assert heard[START:].all()


def test_what_the_speaker_gets_is_told_gaps_and_cuts_included() -> None:
    """End to end, whatever happens in between: it runs dry twice, then has too much in hand."""
    playback = Playback(VOICE_RATE_HZ, 1)
    told, got = [], []
    for number, asked in enumerate(
        [3 * BLOCK, 100, BLOCK, 0, 0, 0, 0, 3 * BLOCK, BLOCK, 5 * BLOCK]
    ):
        told.append(playback.add(QUIET if number == 7 else loud(number + 1)))
        got.append(samples(playback.give(asked)))
    assert playback.underruns > 1
    assert playback.dropped_seconds > 0
    everything = np.concatenate(got)
    assert np.array_equal(
        np.concatenate(told)[: everything.size], everything[: sum(map(len, told))]
    )


def test_at_the_end_running_dry_is_no_fault() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    playback.add(loud())
    playback.end()
    playback.give(10 * BLOCK)
    assert playback.underruns == 0


def play_with_drift(taken_per_block: int, blocks: int, talking: bool) -> Playback:
    """A speaker whose clock runs ``BLOCK / taken_per_block`` too slow."""
    playback = Playback(VOICE_RATE_HZ, 1)
    for _ in range(blocks):
        playback.add(loud() if talking else QUIET)
        playback.give(taken_per_block)
    return playback


def test_a_slow_speaker_does_not_get_later_and_later() -> None:
    playback = play_with_drift(BLOCK - 10, 2_000, talking=False)
    assert playback.in_hand_seconds < 0.3
    assert playback.dropped_seconds == pytest.approx(2_000 * 10 / VOICE_RATE_HZ, abs=0.2)
    assert playback.underruns == 0


def test_a_fast_speaker_gets_silence_before_it_runs_dry() -> None:
    playback = play_with_drift(BLOCK + 10, 2_000, talking=False)
    assert playback.underruns == 0
    assert playback.inserted_seconds == pytest.approx(2_000 * 10 / VOICE_RATE_HZ, abs=0.2)


def test_speech_is_not_cut_for_a_little_drift() -> None:
    playback = play_with_drift(BLOCK - 10, 500, talking=True)
    assert playback.dropped_seconds == 0


def test_the_queue_is_bounded_even_within_speech() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    for _ in range(100):
        playback.add(loud())
    assert playback.in_hand_seconds < Reserve.most_seconds + 0.2


def test_far_too_much_is_dropped_in_the_next_silence() -> None:
    playback = Playback(VOICE_RATE_HZ, 1)
    for _ in range(8):
        playback.add(loud())
    for _ in range(20):
        playback.add(QUIET)
        playback.give(BLOCK)
    assert playback.in_hand_seconds < Reserve.far_seconds + 0.01
