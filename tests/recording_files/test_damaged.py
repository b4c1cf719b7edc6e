"""Recordings as they come from the field: damaged headers, other formats inside, silent ones."""

import contextlib
import io
import os
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rueckgrat.recordings.files import read_recording
from skill.errors import AudioError
from skill.messages.blocks import EAR_RATE_HZ, Pcm

TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(EAR_RATE_HZ) / EAR_RATE_HZ)).astype(np.float32)
PCM = np.rint(TONE * 32_767).astype("<i2").tobytes()


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def form(tag: int = 1, channels: int = 1, rate_hz: int = EAR_RATE_HZ, bits: int = 16) -> bytes:
    figures = (tag, channels, rate_hz, EAR_RATE_HZ * 2, 2, bits)
    return chunk(b"fmt ", struct.pack("<HHIIHH", *figures))


def wav(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def encoded(kind: str, subtype: str) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, TONE, EAR_RATE_HZ, format=kind, subtype=subtype)
    return file.getvalue()


def read(tmp_path: Path, content: bytes, name: str = "a.wav") -> Pcm:
    path = tmp_path / name
    path.write_bytes(content)
    pcm = read_recording(path)
    assert path.read_bytes() == content
    return pcm


def is_the_tone(pcm: Pcm) -> bool:
    loudest = int(np.argmax(np.abs(np.fft.rfft(pcm)))) * EAR_RATE_HZ / max(1, pcm.size)
    return abs(pcm.size - EAR_RATE_HZ) < 1_000 and abs(loudest - 440) < 3


DATA = chunk(b"data", PCM)
NOTE = chunk(b"LIST", b"INFO" + b"data and fmt , both in a note" * 500)
PICTURE = b"ID3\x03\0\0\0\x04\0\0" + b"\xff" * (4 << 14)


@pytest.mark.parametrize(
    "content",
    [
        wav(NOTE, form(), NOTE, DATA),
        wav(form(), b"data\0\0\0\0" + PCM),
        wav(form(), NOTE, b"data\0\0\0\0" + PCM),
        wav(form(), b"data\xff\xff\xff\xff" + PCM),
        PICTURE + wav(form(), DATA),
        b"\0\0\0\0" + wav(form(), DATA)[4:],
        wav(chunk(b"bext", b"\0" * 100_001), form(), DATA),
    ],
)
def test_long_headers_and_unknown_lengths_are_nothing_special(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    assert is_the_tone(read(tmp_path, content))
    assert caplog.text == ""


@pytest.mark.parametrize(
    "content",
    [
        b"HTTP/1.1 200 OK\r\n\r\n" + wav(form(), b"\0" * 7, DATA),
        wav(form(), b"data" + struct.pack("<I", 3_200) + PCM),
        wav(form(), b"LIST" + struct.pack("<I", 11) + b"x" * 11, DATA),
        wav(form(), b"LIST" + struct.pack("<I", 9_000_000) + b"x" * 20, DATA),
        wav(form(channels=0), DATA),
        wav(form(rate_hz=0), DATA),
        wav(form(rate_hz=4_000_000_000), DATA),
        wav(form(bits=0), DATA),
        wav(DATA, form()),
        wav(form(), chunk(b"data", b""), DATA),
        wav(form(), DATA, chunk(b"data", PCM[:100])),
    ],
)
def test_a_damaged_header_is_told_and_the_sound_is_found(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    assert is_the_tone(read(tmp_path, content))
    assert "ist beschädigt oder abgeschnitten" in caplog.text


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [
        ("WAV", "GSM610"),
        ("WAV", "G721_32"),
        ("WAV", "NMS_ADPCM_32"),
        ("WAV", "IMA_ADPCM"),
        ("AU", "G723_24"),
        ("AIFF", "GSM610"),
        ("RF64", "PCM_16"),
        ("CAF", "PCM_16"),
    ],
)
def test_formats_that_cannot_seek_are_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str, subtype: str
) -> None:
    assert is_the_tone(read(tmp_path, encoded(kind, subtype)))
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("tag", "kind", "subtype"),
    [
        (0x55, "MP3", "MPEG_LAYER_III"),
        (0x674F, "OGG", "VORBIS"),
        (0xF1AC, "FLAC", "PCM_16"),
        (0x01, "FLAC", "PCM_16"),
    ],
)
def test_a_wav_that_holds_another_recording_is_that_recording(
    tmp_path: Path, tag: int, kind: str, subtype: str
) -> None:
    inside = encoded(kind, subtype)
    inside = PICTURE + inside if kind == "MP3" else inside
    assert is_the_tone(read(tmp_path, wav(form(tag), chunk(b"data", inside))))


@pytest.mark.parametrize(("kind", "subtype"), [("MP3", "MPEG_LAYER_III"), ("OGG", "VORBIS")])
def test_what_begins_with_something_else_is_found(tmp_path: Path, kind: str, subtype: str) -> None:
    content = b"\0" * 5_000 + encoded(kind, subtype)
    assert is_the_tone(read(tmp_path, content, f"a.{kind.lower()}"))


@pytest.mark.parametrize(
    ("content", "what", "mend"),
    [
        (wav(form(0xFF), chunk(b"data", b"\xff\xf1" * 999)), "ich nicht lese (AAC)", "16 Bit"),
        (wav(form(0x1234), DATA), "Nummer 0x1234", "WAV mit 16 Bit (PCM)"),
        (wav(DATA), "so beschädigt, dass ich darin keinen Ton finde", "Nimm sie neu auf"),
        (wav(form()), "so beschädigt, dass ich darin keinen Ton finde", "Nimm sie neu auf"),
        (b"\0\0\0\x20ftypM4A " + b"\0" * 99, "im Format M4A/MP4", "Wandle sie um in WAV"),
        (b"#!AMR\n" + b"\0" * 99, "im Format AMR", "Audacity"),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 99, "WebM", "Audacity"),
        (b"\x30\x26\xb2\x75" + b"\0" * 99, "WMA", "Audacity"),
    ],
)
def test_what_cannot_be_read_is_told_by_what_it_is(
    tmp_path: Path, content: bytes, what: str, mend: str
) -> None:
    with pytest.raises(AudioError) as failure:
        read(tmp_path, content)
    assert what in failure.value.problem
    assert mend in failure.value.mend
    assert "Nimm eine Datei in WAV" not in failure.value.mend


# --- channels ---------------------------------------------------------------------------------


def channels(*shares: float, offsets: tuple[float, ...] = ()) -> np.ndarray:
    noise = np.random.default_rng(1).normal(0, 0.003, (TONE.size, len(shares)))
    return np.outer(TONE, shares) + noise + (offsets or 0.0)


@pytest.mark.parametrize(
    "frames",
    [
        channels(1.0, -1.0),
        channels(0.8, -1.0),
        channels(0.0, 1.0, -1.0),
        channels(1.0, -1.0, offsets=(0.2, 0.2)),
    ],
)
def test_of_channels_that_cancel_the_loudest_is_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, frames: np.ndarray
) -> None:
    soundfile.write(tmp_path / "a.wav", frames, EAR_RATE_HZ)
    pcm = read_recording(tmp_path / "a.wav")
    assert is_the_tone(pcm - round(float(pcm.mean())))
    assert np.std(pcm) == pytest.approx(0.3 * 32_768 / np.sqrt(2), rel=0.05)
    assert "heben sich die Kanäle gegenseitig auf; ich nehme einen" in caplog.text


@pytest.mark.parametrize(
    "frames", [channels(1.0, 1.0), channels(1.0, 0.0), channels(0.0, 0.0, 0.0, 1.0)]
)
def test_other_channels_are_averaged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, frames: np.ndarray
) -> None:
    soundfile.write(tmp_path / "a.wav", frames, EAR_RATE_HZ)
    assert is_the_tone(read_recording(tmp_path / "a.wav"))
    assert caplog.text == ""


# --- silence, and what is no file ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("offset", "noise"), [(0.0, 0.0), (0.25, 0.0), (0.0, 1 / 32_768), (-1.0, 0.0)]
)
@pytest.mark.parametrize("kind", ["wav", "flac"])
def test_a_silent_recording_is_told(tmp_path: Path, kind: str, offset: float, noise: float) -> None:
    frames = offset + np.random.default_rng(1).normal(0, noise, 2 * EAR_RATE_HZ)
    soundfile.write(tmp_path / f"a.{kind}", np.clip(frames, -1, 1), EAR_RATE_HZ)
    with pytest.raises(AudioError, match="ist nichts als Stille") as failure:
        read_recording(tmp_path / f"a.{kind}")
    assert failure.value.code == "recording-silent"


def test_a_soft_word_is_not_silence(tmp_path: Path) -> None:
    frames = np.concatenate([np.zeros(10 * EAR_RATE_HZ), 0.002 * TONE, np.zeros(EAR_RATE_HZ)])
    soundfile.write(tmp_path / "a.wav", frames, EAR_RATE_HZ)
    assert read_recording(tmp_path / "a.wav").any()


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(wav(form(), DATA)))
    writer.start()
    yield path
    writer.join()


def test_a_pipe_is_read(pipe: Path) -> None:
    assert is_the_tone(read_recording(pipe))


def test_what_never_ends_is_no_recording() -> None:
    with pytest.raises(AudioError, match="kann ich nicht lesen"):
        read_recording(Path("/dev/zero"))


def test_a_file_cut_anywhere_in_its_header_is_read_or_refused(tmp_path: Path) -> None:
    content = wav(form(), DATA)
    for length in range(1, 60):
        with contextlib.suppress(AudioError):
            assert read(tmp_path, content[:length]).size
