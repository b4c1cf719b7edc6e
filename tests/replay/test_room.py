from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rueckgrat.replay.dialog import Echo
from rueckgrat.replay.room import Room, at_snr, reverberation
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)


def tone(samples: int, peak: float, rate_hz: int = VOICE_RATE_HZ) -> Pcm:
    return np.rint(peak * np.sin(2 * np.pi * 440 * np.arange(samples) / rate_hz)).astype(np.int16)


def rms(pcm: NDArray[Any]) -> float:
    return float(np.sqrt(np.mean(pcm.astype(float) ** 2)))


def test_a_quiet_room_changes_nothing() -> None:
    user = tone(EAR_BLOCK_SAMPLES, 8_000)
    assert np.array_equal(Room().hear(user), user)


def test_noise_goes_on_from_block_to_block() -> None:
    noise = np.arange(1, EAR_BLOCK_SAMPLES + 101, dtype=np.int16)
    room = Room(noise)
    blocks = [room.hear(silence(EAR_BLOCK_SAMPLES)) for _ in range(2)]
    assert blocks[0][-1] == EAR_BLOCK_SAMPLES
    assert blocks[1][:101].tolist() == [*range(EAR_BLOCK_SAMPLES + 1, EAR_BLOCK_SAMPLES + 101), 1]


def test_noise_lies_below_the_speech_not_below_its_pauses() -> None:
    speech = np.concatenate([silence(16_000), tone(8_000, 8_000), silence(16_000)])
    noise = at_snr(tone(16_000, 500), [speech], snr_db=10.0)
    assert 20 * np.log10(rms(tone(8_000, 8_000)) / rms(noise)) == pytest.approx(10.0, abs=0.2)


def test_the_coach_is_heard_later_and_softer() -> None:
    room = Room(echo=Echo(level=-20.0, delay=0.25))
    played = [tone(VOICE_BLOCK_SAMPLES, 10_000), *[silence(VOICE_BLOCK_SAMPLES)] * 9]
    heard = []
    for block in played:
        # The block returned by one call sounds while the next block is heard.
        heard.append(room.hear(silence(EAR_BLOCK_SAMPLES)))
        room.play(block)
    microphone = np.concatenate(heard)
    loud = np.flatnonzero(np.abs(microphone) > 100)
    assert loud[0] / 16_000 == pytest.approx(0.1 + 0.25, abs=0.002)
    assert loud[-1] / 16_000 == pytest.approx(0.1 + 0.35, abs=0.002)
    assert rms(microphone[loud[0] : loud[-1]]) == pytest.approx(rms(played[0]) / 10, rel=0.05)


def test_in_a_room_the_coach_dies_away_slowly_and_is_as_loud() -> None:
    def heard(response: NDArray[np.float64]) -> Pcm:
        room = Room(echo=Echo(level=0.0, delay=0.1), response=response)
        blocks = []
        for number in range(10):
            blocks.append(room.hear(silence(EAR_BLOCK_SAMPLES)))
            room.play(click if number == 0 else silence(VOICE_BLOCK_SAMPLES))
        return np.concatenate(blocks)

    click = tone(VOICE_BLOCK_SAMPLES, 10_000) * (np.arange(VOICE_BLOCK_SAMPLES) < 44)
    dry, live = heard(np.ones(1)), heard(reverberation(0.3))
    assert not dry[int(0.25 * 16_000) :].any()
    assert np.abs(live[int(0.3 * 16_000) : int(0.4 * 16_000)]).max() > 3
    assert np.sum(live.astype(float) ** 2) == pytest.approx(np.sum(dry.astype(float) ** 2), rel=0.5)


def test_reverberation_falls_by_60_db_in_its_time() -> None:
    response = reverberation(0.4)
    assert np.sum(response**2) == pytest.approx(1.0)
    early, late = response[1:801], response[5_600:6_400]  # 25 and 375 ms: 350 ms apart
    assert 20 * np.log10(rms(early) / rms(late)) == pytest.approx(60 * 0.35 / 0.4, abs=2)
    assert np.array_equal(reverberation(0.0), np.ones(1))
