"""The sound of session.html: Opus that lies on the session's clock."""

import resource
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rueckgrat.recordings.opus import OPUS_RATE_HZ, OpusRecording
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Pcm, silence


def tone(samples: int) -> Pcm:
    """Return 500 Hz for 100 ms, at whichever rate has so many samples in it."""
    return (8_000 * np.sin(2 * np.pi * 50 * np.arange(samples) / samples)).astype(np.int16)


def test_what_is_heard_and_played_lies_on_the_clock(tmp_path: Path) -> None:
    recording = OpusRecording(tmp_path)
    for block in range(20):
        sounds = block == 4
        recording.write(
            tone(EAR_BLOCK_SAMPLES) if sounds else silence(EAR_BLOCK_SAMPLES),
            tone(VOICE_BLOCK_SAMPLES) if sounds else silence(VOICE_BLOCK_SAMPLES),
        )
    sound = recording.close()
    assert sound is not None
    with sound:
        frames, rate_hz = soundfile.read(sound)
    assert rate_hz == OPUS_RATE_HZ
    assert len(frames) == 2.1 * OPUS_RATE_HZ
    for channel, begins_seconds in ((0, 0.4), (1, 0.5)):
        loud = np.flatnonzero(np.abs(frames[:, channel]) > 0.1) / OPUS_RATE_HZ
        assert loud[0] == pytest.approx(begins_seconds, abs=0.01)
        assert loud[-1] == pytest.approx(begins_seconds + 0.1, abs=0.01)


def test_a_program_that_is_killed_leaves_no_file_behind(tmp_path: Path) -> None:
    recording = OpusRecording(tmp_path)
    recording.write(tone(EAR_BLOCK_SAMPLES), tone(VOICE_BLOCK_SAMPLES))
    assert list(tmp_path.iterdir()) == []
    recording.close().close()


def test_a_disk_that_fills_up_costs_the_sound_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    recording = OpusRecording(tmp_path)
    noise = np.random.default_rng(1).integers(-9_000, 9_000, VOICE_BLOCK_SAMPLES, dtype=np.int16)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        for _ in range(100):
            recording.write(noise[:EAR_BLOCK_SAMPLES], noise)
        sound = recording.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sound is None
    assert caplog.text.count("Den Ton von session.html kann ich nicht schreiben") == 1


def test_a_folder_that_takes_no_file_costs_the_sound_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recording = OpusRecording(tmp_path / "missing")
    recording.write(tone(EAR_BLOCK_SAMPLES), tone(VOICE_BLOCK_SAMPLES))
    assert recording.close() is None
    assert caplog.text.count("Den Ton von session.html") == 1
