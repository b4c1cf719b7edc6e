"""Recordings out: 16-bit WAV files that are valid at every moment."""

import contextlib
import errno
import logging
import os
import wave
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from skill.audio.resample import Resampler
from skill.errors import AudioError, reason
from skill.files import appearing_whole
from skill.messages.blocks import EAR_RATE_HZ, VOICE_BLOCK_SAMPLES, VOICE_RATE_HZ, Pcm, silence

_log = logging.getLogger(__name__)

_MOST_BYTES = 2**32 - 2**16
"""A WAV counts its bytes in 32 bits: 13.5 hours of a session."""


def write_wav(path: Path, rate_hz: int, *channels: Pcm) -> None:
    """Write int16 ``channels`` of one rate as a WAV; shorter ones end in silence.

    The file appears whole or not at all. Missing folders are made. Raises AudioError when it
    cannot be written; an older file is then kept.
    """
    try:
        with appearing_whole(path) as part, part.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(len(channels))
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes(_interleaved(*channels))
    except OSError as error:
        raise _unwritable(path, error) from error


class SessionRecording:
    """A session as a stereo WAV at 22,050 Hz: left what was heard, right what was played.

    Both channels lie on the session's clock: a played block sounds from the moment it is
    returned, thus one block after the one it answers. The header is renewed with every block, so
    that the file is whole even when the program is killed. Opening raises AudioError; a disk
    that fills up later, or a file that can't grow any more, ends the recording with a warning,
    not the session.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._to_voice_rate = Resampler(EAR_RATE_HZ, VOICE_RATE_HZ)
        self._left: Pcm = silence(0)
        self._right: Pcm = silence(VOICE_BLOCK_SAMPLES)
        self._file: wave.Wave_write | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._raw = path.open("wb")
            self._file = wave.open(self._raw, "wb")  # noqa: SIM115
            self._file.setnchannels(2)
            self._file.setsampwidth(2)
            self._file.setframerate(VOICE_RATE_HZ)
            self._put(b"")
        except OSError as error:
            self._end()
            raise _unwritable(path, error) from error

    def write(self, heard: Pcm, played: Pcm) -> None:
        """Add the block heard (16 kHz) and the block played in answer (22,050 Hz)."""
        self._left = np.concatenate([self._left, self._to_voice_rate.process(heard)])
        self._right = np.concatenate([self._right, played])
        ready = min(self._left.size, self._right.size)
        self._append(self._left[:ready], self._right[:ready])
        self._left, self._right = self._left[ready:], self._right[ready:]

    def close(self) -> None:
        """Write what is still held, and close the file."""
        self._append(np.concatenate([self._left, self._to_voice_rate.flush()]), self._right)
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _append(self, left: Pcm, right: Pcm) -> None:
        try:
            self._put(_interleaved(left, right))
        except OSError as error:
            _log.warning("%s Das Training geht ohne sie weiter.", _unwritable(self._path, error))
            self._end()

    def _put(self, frames: bytes) -> None:
        if self._file:
            if self._raw.tell() + len(frames) > _MOST_BYTES:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            self._file.writeframes(frames)
            self._raw.flush()

    def _end(self) -> None:
        if self._file:
            for file in (self._file, self._raw):
                with contextlib.suppress(OSError):
                    file.close()
        self._file = None


def _interleaved(*channels: Pcm) -> bytes:
    frames = np.zeros((max(channel.size for channel in channels), len(channels)), dtype="<i2")
    for index, channel in enumerate(channels):
        frames[: channel.size, index] = channel
    return frames.tobytes()


def _unwritable(path: Path, error: OSError) -> AudioError:
    return AudioError(
        f"Die Aufnahme {path} kann ich nicht schreiben ({reason(error)}).",
        "Nimm einen Ordner, in den du schreiben darfst und in dem Platz ist.",
        code="recording-unwritable",
        path=path,
    )
