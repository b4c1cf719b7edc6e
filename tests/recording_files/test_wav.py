import resource
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rueckgrat.recordings import wav
from rueckgrat.recordings.wav import SessionRecording, write_wav
from skill.errors import AudioError
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)


def full(samples: int, value: int) -> Pcm:
    return np.full(samples, value, dtype=np.int16)


def test_channels_come_back_and_short_ones_end_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.wav"
    write_wav(path, 16_000, full(5, 7), full(3, -9))
    frames, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == 16_000
    assert frames.tolist() == [[7, -9], [7, -9], [7, -9], [7, 0], [7, 0]]
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_is_a_sentence_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, 16_000, full(5, 7))
    before = path.read_bytes()
    full_disk = Path("/dev/full")
    if not full_disk.exists():
        pytest.skip("no /dev/full on this system")
    monkeypatch.setattr(Path, "with_name", lambda *_: full_disk)
    monkeypatch.setattr(Path, "unlink", lambda _: None)
    with pytest.raises(AudioError, match="der Speicher ist voll"):
        write_wav(path, 16_000, full(100_000, 7))
    assert path.read_bytes() == before


def test_an_impossible_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AudioError, match="kann ich nicht schreiben") as failure:
        write_wav(tmp_path / "file" / "a.wav", 16_000, full(5, 7))
    assert failure.value.mend
    with pytest.raises(AudioError, match="kann ich nicht schreiben"):
        SessionRecording(tmp_path / "file" / "a.wav")
    if Path("/dev/full").exists():
        with pytest.raises(AudioError, match="der Speicher ist voll"):
            SessionRecording(Path("/dev/full"))


def test_a_session_lies_on_its_clock(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    with SessionRecording(path) as recording:
        for block in range(10):
            heard = full(EAR_BLOCK_SAMPLES, 8_000 if block == 4 else 0)
            played = full(VOICE_BLOCK_SAMPLES, 5_000 if block == 4 else 0)
            recording.write(heard, played)
    frames, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == VOICE_RATE_HZ
    assert len(frames) == 11 * VOICE_BLOCK_SAMPLES
    heard_at = np.flatnonzero(frames[:, 0] > 4_000)
    played_at = np.flatnonzero(frames[:, 1])
    assert abs(heard_at[0] - 4 * VOICE_BLOCK_SAMPLES) <= 2
    assert abs(heard_at[-1] - 5 * VOICE_BLOCK_SAMPLES) <= 2
    assert (played_at[0], played_at[-1]) == (5 * VOICE_BLOCK_SAMPLES, 6 * VOICE_BLOCK_SAMPLES - 1)


def test_a_recording_is_whole_although_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    recording = SessionRecording(path)
    assert soundfile.info(path).frames == 0
    for blocks in range(1, 6):
        recording.write(full(EAR_BLOCK_SAMPLES, 100), full(VOICE_BLOCK_SAMPLES, 100))
        copy = tmp_path / "copy.wav"
        copy.write_bytes(path.read_bytes())
        seconds = soundfile.info(copy).duration
        assert 0.1 * blocks - 0.1 < seconds <= 0.1 * blocks
    recording.close()


def test_a_disk_that_fills_up_ends_the_recording_not_the_session(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "session.wav"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    recording = SessionRecording(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        for _ in range(100):
            recording.write(silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    recording.close()
    assert caplog.text.count("geht ohne sie weiter") == 1
    assert 4 < soundfile.info(path).duration < 5


def test_a_file_that_cannot_grow_any_more_ends_the_recording_not_the_session(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wav, "_MOST_BYTES", 400_000)
    path = tmp_path / "session.wav"
    with SessionRecording(path) as recording:
        for _ in range(100):
            recording.write(silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES))
    assert caplog.text.count("geht ohne sie weiter") == 1
    assert 4 < soundfile.info(path).duration < 5
