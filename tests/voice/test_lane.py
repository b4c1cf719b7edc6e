import pytest

from skill.messages.cues import Say
from skill.voice.lane import ECHO_SAMPLES, PAUSE_SAMPLES, SpeechLane

NOW = 10_000


def say(cue_id: int) -> Say:
    return Say(f"line {cue_id}", cue_id)


def lane(*turns: tuple[int, int]) -> SpeechLane:
    """A lane with lines from start to end, numbered from 1."""
    one = SpeechLane()
    for number, (start, end) in enumerate(turns, 1):
        one.take(start, end - start, say(number))
    return one


def test_the_first_line_begins_at_once() -> None:
    assert lane().place(500, None, NOW) == NOW


def test_a_line_without_a_time_waits_for_all_others_and_a_pause() -> None:
    one = lane((NOW, 12_000), (50_000, 60_000))
    assert one.place(10, None, NOW) == 60_000 + PAUSE_SAMPLES


def test_the_pause_counts_from_a_line_that_has_just_ended() -> None:
    assert lane((0, NOW - 100)).place(10, None, NOW) == NOW - 100 + PAUSE_SAMPLES
    assert lane((0, 10)).place(10, None, NOW) == NOW


@pytest.mark.parametrize(
    ("at", "samples", "start"),
    [
        (12_000, 5_000, 12_000),  # free
        (0, 5_000, NOW),  # past: at once
        (15_000, 5_000, 15_000),  # ends where the next one begins
        (16_001, 4_000, 30_000 + PAUSE_SAMPLES),  # one sample too long
        (20_000, 1_000, 30_000 + PAUSE_SAMPLES),  # taken
        (29_999, 1_000, 30_000 + PAUSE_SAMPLES),
        (30_000, 1_000, 30_000),  # right behind, as planned
        (25_000, 30_000, 50_000 + PAUSE_SAMPLES),  # too long for the gap between
    ],
)
def test_a_line_with_a_time_takes_it_or_the_next_gap(at: int, samples: int, start: int) -> None:
    taken = lane((20_000, 30_000), (40_000, 50_000))
    assert taken.place(samples, at, NOW) == start


def test_lines_are_reported_once_when_their_last_sample_has_been_played() -> None:
    one = lane((NOW, 12_000), (12_500, 13_000))
    assert one.finished(11_999) == []
    assert one.finished(12_000) == [1]
    assert one.finished(12_001) == []
    assert one.finished(100_000) == [2]


def test_lines_that_end_in_one_block_are_reported_oldest_first() -> None:
    one = SpeechLane()
    one.take(500, 10, say(7))
    one.take(100, 10, say(8))
    assert one.finished(1_000) == [8, 7]


def test_a_tone_holds_its_place_but_is_neither_reported_nor_speech() -> None:
    one = SpeechLane()
    one.take(NOW, 1_000, None)
    assert one.place(10, None, NOW) == NOW + 1_000 + PAUSE_SAMPLES
    assert one.speaking(NOW + 500) == ()
    assert one.finished(NOW + 1_000) == []


def test_a_line_is_speech_from_its_first_heard_sample_to_its_echo() -> None:
    one = lane((NOW, NOW + 22_050))
    assert one.speaking(NOW) == ()
    (early,) = one.speaking(NOW + 2_205)
    assert (early.text, early.position_seconds, early.duration_seconds) == ("line 1", 0.1, 1.0)
    (late,) = one.speaking(NOW + 22_050 + ECHO_SAMPLES)
    assert late.position_seconds == 1.5
    assert one.speaking(NOW + 22_050 + ECHO_SAMPLES + 1) == ()


def test_a_cut_line_is_never_reported_and_stays_where_it_was_cut() -> None:
    one = lane((NOW, NOW + 22_050), (NOW + 30_000, NOW + 40_000))
    one.cut(NOW + 4_410, fade_samples=0)
    assert one.finished(NOW + 100_000) == []
    one = lane((NOW, NOW + 22_050))
    one.cut(NOW + 4_410, fade_samples=0)
    (cut,) = one.speaking(NOW + 4_410 + 2_205)
    assert (cut.position_seconds, cut.duration_seconds) == (0.2, 1.0)
    assert one.speaking(NOW + 4_410 + ECHO_SAMPLES + 1) == ()


def test_a_line_played_to_its_end_is_reported_in_spite_of_a_cut() -> None:
    one = lane((NOW, 12_000))
    one.cut(12_000, fade_samples=300)
    assert one.finished(12_000) == [1]


def test_a_line_that_ends_before_the_fade_does_is_as_good_as_said() -> None:
    one = lane((NOW, 12_000))
    one.cut(11_900, fade_samples=300)
    assert one.finished(12_000) == [1]


def test_the_lane_is_free_right_after_a_cut() -> None:
    one = lane((NOW, 40_000), (50_000, 60_000))
    one.cut(20_000, fade_samples=330)
    assert one.place(10, None, 20_000) == 20_330
    assert one.place(10, 20_000, 20_000) == 20_330


def test_nothing_is_kept_of_what_was_said() -> None:
    one = SpeechLane()
    for number in range(300):
        start = number * 2_205
        one.take(start, 2_000, say(number))
        one.finished(start + 2_205)
    assert len(one._turns) < 10
