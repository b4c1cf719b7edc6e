import numpy as np
import pytest

from skill.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, VOICE_RATE_HZ, Pcm, silence
from skill.replay.dialog import Echo
from skill.replay.room import Room, at_snr


def tone(samples: int, peak: float, rate_hz: int = VOICE_RATE_HZ) -> Pcm:
    return np.rint(peak * np.sin(2 * np.pi * 440 * np.arange(samples) / rate_hz)).astype(np.int16)


def rms(pcm: Pcm) -> float:
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
