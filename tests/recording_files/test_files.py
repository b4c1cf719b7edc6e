import logging
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rueckgrat.recordings.files import read_recording
from skill.errors import AudioError
from skill.messages.blocks import EAR_RATE_HZ

SECONDS = 2.0


def voice(rate_hz: int, channels: int = 1) -> np.ndarray:
    """A tone with some noise, so that packed formats have something to pack."""
    times = np.arange(round(rate_hz * SECONDS)) / rate_hz
    tone = 0.3 * np.sin(2 * np.pi * 440 * times)
    noise = np.random.default_rng(1).normal(0, 0.01, times.size)
    return np.stack([tone + noise] * channels, axis=1)


def pitch_hz(pcm: np.ndarray) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(pcm))) * EAR_RATE_HZ / pcm.size)


FORMATS = [
    ("wav", "PCM_16"),
    ("wav", "PCM_24"),
    ("wav", "PCM_U8"),
    ("wav", "FLOAT"),
    ("wav", "ULAW"),
    ("flac", "PCM_16"),
    ("ogg", "VORBIS"),
    ("ogg", "OPUS"),
    ("mp3", "MPEG_LAYER_III"),
]


@pytest.mark.parametrize(("suffix", "subtype"), FORMATS)
@pytest.mark.parametrize(("rate_hz", "channels"), [(8_000, 1), (48_000, 2)])
def test_any_common_format_becomes_mono_at_16_khz(
    tmp_path: Path, suffix: str, subtype: str, rate_hz: int, channels: int
) -> None:
    path = tmp_path / f"voice.{suffix}"
    soundfile.write(path, voice(rate_hz, channels), rate_hz, subtype=subtype)
    pcm = read_recording(path)
    assert pcm.dtype == np.int16
    assert pcm.ndim == 1
    assert pcm.size == pytest.approx(SECONDS * EAR_RATE_HZ, rel=0.03)
    assert pitch_hz(pcm) == pytest.approx(440, abs=1)
    assert np.abs(pcm).max() == pytest.approx(0.33 * 32_768, rel=0.1)


@pytest.mark.parametrize("rate_hz", [11_025, 22_050, 32_000, 44_100, 96_000])
def test_any_rate(tmp_path: Path, rate_hz: int) -> None:
    soundfile.write(tmp_path / "a.wav", voice(rate_hz), rate_hz)
    pcm = read_recording(tmp_path / "a.wav")
    assert pcm.size == SECONDS * EAR_RATE_HZ
    assert pitch_hz(pcm) == pytest.approx(440, abs=1)


def test_the_recognisers_own_format_is_read_bit_by_bit(tmp_path: Path) -> None:
    samples = np.random.default_rng(2).integers(-32_768, 32_767, 100_000).astype(np.int16)
    soundfile.write(tmp_path / "a.wav", samples, EAR_RATE_HZ)
    assert np.array_equal(read_recording(tmp_path / "a.wav"), samples)


def test_channels_are_averaged(tmp_path: Path) -> None:
    frames = np.outer(np.tile([1, -1], 400), [4_000, 1_000, 1_000])
    soundfile.write(tmp_path / "a.wav", frames.astype(np.int16), EAR_RATE_HZ)
    assert set(read_recording(tmp_path / "a.wav")) == {2_000, -2_000}


def test_floats_beyond_full_scale_are_clipped_and_nan_is_silent(tmp_path: Path) -> None:
    floats = np.array([2.0, -2.0, np.nan, 0.5], dtype=np.float32)
    soundfile.write(tmp_path / "a.wav", floats, EAR_RATE_HZ, subtype="FLOAT")
    assert list(read_recording(tmp_path / "a.wav")) == [32_767, -32_768, 0, 16_384]


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
def test_half_a_file_gives_half_the_sound_and_a_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, suffix: str
) -> None:
    path = tmp_path / f"voice.{suffix}"
    soundfile.write(path, voice(44_100), 44_100)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    pcm = read_recording(path)
    assert 0.2 * SECONDS < pcm.size / EAR_RATE_HZ < 0.8 * SECONDS
    assert pitch_hz(pcm) == pytest.approx(440, abs=2)
    assert "abgeschnitten" in caplog.text


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
def test_a_whole_file_raises_no_suspicion(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, suffix: str
) -> None:
    soundfile.write(tmp_path / f"a.{suffix}", voice(44_100), 44_100)
    read_recording(tmp_path / f"a.{suffix}")
    assert caplog.text == ""


@pytest.mark.parametrize("length", [0, 0x7FFF_FF00, 0xFFFF_FFFF])
def test_a_wav_whose_writer_did_not_know_the_length_is_read_to_its_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, length: int
) -> None:
    path = tmp_path / "piped.wav"
    soundfile.write(path, voice(EAR_RATE_HZ), EAR_RATE_HZ)
    wanted = read_recording(path)
    broken = bytearray(path.read_bytes())
    broken[4:8] = struct.pack("<I", min(length + 36, 0xFFFF_FFFF))
    at = broken.index(b"data") + 4
    broken[at : at + 4] = struct.pack("<I", length)
    path.write_bytes(broken)
    assert np.array_equal(read_recording(path), wanted)
    assert caplog.text == ""
    assert path.read_bytes() == broken


def test_a_damaged_middle_is_survived(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.mp3"
    soundfile.write(path, voice(44_100), 44_100)
    damaged = bytearray(path.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 3_000] = b"\xaa" * 3_000
    path.write_bytes(damaged)
    assert read_recording(path).size > 0.3 * SECONDS * EAR_RATE_HZ
    assert "damaged" in caplog.text


def test_a_damaged_mp3_does_not_chatter(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.mp3"
    soundfile.write(path, voice(44_100), 44_100)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    logging.disable(logging.CRITICAL)
    try:
        read_recording(path)
    finally:
        logging.disable(logging.NOTSET)
    assert capfd.readouterr().err == ""


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"nowhere\.wav gibt es nicht") as failure:
        read_recording(tmp_path / "nowhere.wav")
    assert failure.value.mend


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="das ist ein Ordner"):
        read_recording(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    with pytest.raises(AudioError, match="ist leer"):
        read_recording(tmp_path / "a.wav")


def test_a_header_without_sound(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, EAR_RATE_HZ, 0, "NONE", ""))
    with pytest.raises(AudioError, match="ist kein Ton"):
        read_recording(tmp_path / "a.wav")


@pytest.mark.parametrize("content", [b"this is no sound", b"OggS", b"\0"])
def test_something_else_is_no_recording(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(AudioError, match="ist keine Aufnahme") as failure:
        read_recording(tmp_path / "a.wav")
    assert "WAV, FLAC, OGG oder MP3" in failure.value.mend
