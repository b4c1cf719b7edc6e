import numpy as np
import pytest

from rueckgrat.calibration.listener import LISTENING_TIMES, TakeListener
from rueckgrat.calibration.prompts import PromptKind
from rueckgrat.calibration.quality import measure
from skill.ear.level import LevelMeter
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm

RANDOM = np.random.default_rng(1)


def block(dbfs: float) -> Pcm:
    return RANDOM.normal(0, 32_768 * 10 ** (dbfs / 20), EAR_BLOCK_SAMPLES).astype(np.int16)


def said(listener: TakeListener, *parts: tuple[float, float]) -> float:
    """Play (seconds, dBFS) to a listener; return when it was done, -1 if it is not."""
    now = 0.0
    for seconds, dbfs in parts:
        for _ in range(round(seconds / BLOCK_SECONDS)):
            now += BLOCK_SECONDS
            if listener.process(block(dbfs)):
                return round(now, 1)
    return -1


@pytest.fixture
def meter() -> LevelMeter:
    """A meter that knows a quiet room."""
    meter = LevelMeter()
    for _ in range(30):
        meter.process(block(-60))
    return meter


def test_a_word_ends_after_a_moment_of_quiet(meter: LevelMeter) -> None:
    listener = TakeListener(PromptKind.WORD, meter)
    ended = said(listener, (0.6, -60), (0.5, -25), (3, -60))
    assert ended == pytest.approx(1.1 + LISTENING_TIMES[PromptKind.WORD].quiet_seconds, abs=0.1)
    levels = measure(listener.pcm)
    assert (levels.start_seconds, levels.end_seconds) == pytest.approx((0.5, 1.0), abs=0.05)
    assert listener.pcm.size / EAR_RATE_HZ == pytest.approx(1.5, abs=0.05)


def test_a_pause_does_not_end_a_sentence(meter: LevelMeter) -> None:
    parts = ((0.5, -60), (1.0, -25), (0.9, -60), (1.0, -25), (3, -60))
    assert said(TakeListener(PromptKind.WORD, meter), *parts) < 2.5
    listener = TakeListener(PromptKind.SENTENCE, meter)
    assert said(listener, *parts) > 4.0
    assert measure(listener.pcm).end_seconds == pytest.approx(3.4, abs=0.05)


def test_nobody_is_waited_for_forever(meter: LevelMeter) -> None:
    assert (
        said(TakeListener(PromptKind.WORD, meter), (9, -60))
        == LISTENING_TIMES[PromptKind.WORD].wait_seconds
    )


def test_a_click_is_no_word(meter: LevelMeter) -> None:
    listener = TakeListener(PromptKind.WORD, meter)
    assert (
        said(listener, (0.5, -60), (0.1, -20), (9, -60))
        == LISTENING_TIMES[PromptKind.WORD].wait_seconds
    )


def test_talk_without_an_end_is_ended(meter: LevelMeter) -> None:
    talk = [(0.4, -25), (0.2, -45)] * 50
    assert (
        said(TakeListener(PromptKind.WORD, meter), *talk)
        == LISTENING_TIMES[PromptKind.WORD].most_seconds
    )


def test_the_tone_is_not_kept(meter: LevelMeter) -> None:
    listener = TakeListener(PromptKind.WORD, meter, skip_seconds=0.9)
    said(listener, (0.9, -20), (0.4, -60), (0.5, -25), (3, -60))
    assert measure(listener.pcm).speech_seconds == pytest.approx(0.5, abs=0.05)


def test_the_room_is_listened_to_for_three_seconds(meter: LevelMeter) -> None:
    listener = TakeListener(PromptKind.ROOM, meter)
    assert said(listener, (1.0, -60), (0.3, -20), (9, -60)) == 3.0
    assert listener.pcm.size == 3 * EAR_RATE_HZ


def test_the_echo_of_the_tone_is_cut_off(meter: LevelMeter) -> None:
    listener = TakeListener(PromptKind.WORD, meter)
    said(listener, (0.2, -35), (0.4, -60), (0.5, -25), (3, -60))
    levels = measure(listener.pcm)
    assert levels.start_seconds == pytest.approx(0.4, abs=0.02)
    assert levels.end_seconds == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("gap_seconds", [0.0, 0.1])
def test_a_word_said_early_is_kept_whole(meter: LevelMeter, gap_seconds: float) -> None:
    listener = TakeListener(PromptKind.WORD, meter)
    parts = ((0.4, -25), (gap_seconds, -60), (0.3, -25), (3, -60))
    said(listener, *parts)
    assert measure(listener.pcm).end_seconds == pytest.approx(0.7 + gap_seconds, abs=0.02)
