import numpy as np
import pytest

from skill.audio.recovery import BackOff, LastWords, MicrophoneWatch, Watchdog
from skill.messages.blocks import EAR_BLOCK_SAMPLES, silence


def test_a_watchdog_is_patient_until_the_first_sign() -> None:
    watchdog = Watchdog(10.0, limit_seconds=1.0, first_limit_seconds=4.0)
    assert not watchdog.is_lost(13.9)
    assert watchdog.is_lost(14.1)


def test_after_a_sign_it_is_lost_when_nothing_comes_for_a_second() -> None:
    watchdog = Watchdog(10.0)
    watchdog.feed(10.5)
    assert not watchdog.is_lost(11.5)
    assert watchdog.is_lost(11.6)
    watchdog.feed(11.6)
    assert not watchdog.is_lost(12.0)


def test_it_is_late_before_it_is_lost() -> None:
    watchdog = Watchdog(10.0)
    assert not watchdog.is_late(13.9)
    assert watchdog.is_late(14.1)
    watchdog.feed(14.1)
    assert not watchdog.is_late(14.3)
    assert watchdog.is_late(14.5)
    assert not watchdog.is_lost(14.5)


def test_last_words_are_over_after_half_a_second_of_silence() -> None:
    words = LastWords()
    for block in [silence(10)] * 4 + [silence(10) + 1] + [silence(10)] * 4:
        words.add(block)
    assert not words.over
    words.add(silence(10))
    assert words.over


def test_last_words_come_to_an_end() -> None:
    words = LastWords()
    for _ in range(80):
        assert not words.over
        words.add(silence(10) + 1)
    assert words.over


def test_pauses_grow_up_to_three_seconds() -> None:
    back_off = BackOff()
    back_off.reset(0.0)
    now, tries = 0.0, []
    while now < 30:
        if back_off.due(now):
            tries.append(now)
            back_off.failed(now)
        now += 0.25
    assert tries == [0.25, 0.75, 1.75, 3.75, 6.75, 9.75, 12.75, 15.75, 18.75, 21.75, 24.75, 27.75]


def test_after_success_it_is_quick_again() -> None:
    back_off = BackOff()
    for _ in range(9):
        back_off.failed(0.0)
    back_off.reset(100.0)
    assert not back_off.due(100.2)
    assert back_off.due(100.25)


@pytest.mark.parametrize("value", [0, -655])
def test_a_microphone_that_brings_one_value_only_is_too_silent(value: int) -> None:
    watch = MicrophoneWatch(first_seconds=1.0, later_seconds=2.0)
    still = np.full(EAR_BLOCK_SAMPLES, value, dtype=np.int16)
    assert [watch.process(still) for _ in range(11)] == [False] * 9 + [True] * 2


def test_a_microphone_that_has_brought_sound_may_be_silent_for_longer() -> None:
    watch = MicrophoneWatch(first_seconds=1.0, later_seconds=2.0)
    assert not watch.process(np.array([0, 5, -3], dtype=np.int16))
    still = silence(EAR_BLOCK_SAMPLES)
    assert [watch.process(still) for _ in range(20)] == [False] * 19 + [True]
