"""Recordings in: any common sound file becomes mono int16 at the recogniser's rate.

This, ``opus`` and the cache of spoken lines alone import soundfile (libsndfile). Writing is ``wav``
and ``opus``.
"""

import contextlib
import io
import logging
import mmap
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from rueckgrat.recordings.formats import unreadable
from rueckgrat.recordings.wav_header import (
    UNKNOWN_LENGTH,
    Data,
    holds_recording,
    rewritten,
    wav_parts,
)
from skill.audio.quiet import quiet
from skill.audio.resample import Resampler
from skill.audio.waves import frame_levels_dbfs
from skill.errors import AudioError, reason
from skill.messages.blocks import EAR_RATE_HZ, Pcm

_log = logging.getLogger(__name__)

_READ_FRAMES = 4_096
"""Frames decoded at a time: an hour of stereo must not lie in memory as floats, and what is read
together with a damaged spot is lost (a FLAC frame is as long)."""

SILENT_DBFS = -80.0
"""A recording that is never louder holds nothing: in 16 bits not even the shape of a word."""

_ANEW = "Nimm sie neu auf."
_LEFT_OF_CHANNELS = 0.25
"""Channels with nothing in common leave 1, equal ones their number: so little, and they cancel."""

_MOST_STARTS = 20
_LOOK_BYTES = 1 << 16
_MP3_FRAME = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]")


def read_recording(path: Path, rate_hz: int = EAR_RATE_HZ) -> Pcm:
    """Return the recording as mono samples at ``rate_hz``, channels averaged.

    Reads WAV, FLAC, OGG (Vorbis, Opus) and MP3 of any rate, channel count and sample format, from
    a file or a pipe. Of a damaged file what can be read is returned, and a sentence is logged as a
    warning; so it is where channels cancel each other, of which the loudest is taken. Raises
    AudioError when there is no such file, it is no recording at all, or nothing but silence.
    """
    with _content(path) as data:
        recording = _open(path, data)
        pcm, balance = recording.mono(rate_hz)
        if balance.cancels:
            _log.warning("In %s heben sich die Kanäle gegenseitig auf; ich nehme einen.", path)
            pcm, _ = recording.mono(rate_hz, balance.loudest)
        if recording.is_damaged or balance.frames < recording.frames or _without_end(data):
            _log.warning("%s ist beschädigt oder abgeschnitten; ich nehme, was da ist.", path)
    if not pcm.size:
        raise AudioError(
            f"In der Aufnahme {path} ist kein Ton.", _ANEW, code="recording-empty", path=path
        )
    if _is_silent(pcm, rate_hz):
        raise AudioError(
            f"In der Aufnahme {path} ist nichts als Stille.",
            "Schau, ob das Mikrofon an war, und nimm sie neu auf.",
            code="recording-silent",
            path=path,
        )
    return pcm


@contextlib.contextmanager
def _content(path: Path) -> Iterator[Data]:
    """Yield all bytes of a file, or of a pipe."""
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            mode = path.stat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
                raise OSError("das ist keine Datei")  # /dev/zero never ends
            size = path.stat().st_size
            data: Data = b"" if size else file.read()
            if size:
                data = stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except FileNotFoundError:
            raise AudioError(
                f"Die Aufnahme {path} gibt es nicht.",
                "Schau, ob der Name stimmt.",
                code="recording-missing",
                path=path,
            ) from None
        except (OSError, ValueError) as error:
            raise AudioError(
                f"Die Aufnahme {path} kann ich nicht lesen ({reason(error)}).",
                "Nenn mir eine Datei, die du lesen darfst.",
                code="recording-unreadable",
                path=path,
            ) from error
        if not len(data):
            raise AudioError(
                f"Die Aufnahme {path} ist leer.", _ANEW, code="recording-empty", path=path
            )
        yield data


@dataclass
class _Balance:
    """How loud the channels are, one by one and together."""

    frames: int = 0
    sums: Any = 0.0
    squares: Any = 0.0

    def add(self, frames: NDArray[np.float32]) -> None:
        together = np.column_stack([frames, frames.sum(axis=1)]).astype(np.float64)
        self.frames += len(frames)
        self.sums = self.sums + together.sum(axis=0)
        self.squares = self.squares + (together**2).sum(axis=0)

    @property
    def powers(self) -> NDArray[np.float64]:
        """Mean squares of the channels and of their sum, without constant offsets."""
        count = max(1, self.frames)
        return np.atleast_1d(self.squares / count - (self.sums / count) ** 2)

    @property
    def cancels(self) -> bool:
        *channels, together = self.powers
        return len(channels) > 1 and bool(together < _LEFT_OF_CHANNELS * sum(channels))

    @property
    def loudest(self) -> int:
        return int(np.argmax(self.powers[:-1]))


@dataclass
class _Recording:
    """A recording that libsndfile reads, from these bytes or from the file they are in."""

    path: Path
    data: Data
    is_damaged: bool
    frames: int = field(init=False)

    def __post_init__(self) -> None:
        with self._opened() as sound:
            self.frames = sound.frames
            self.is_damaged |= _cut_short(sound.extra_info)

    def mono(self, rate_hz: int, channel: int | None = None) -> tuple[Pcm, _Balance]:
        """Return everything that can be decoded: the mean of all channels, or one of them.

        Some formats cannot seek or tell how far one has got, so frames are counted.
        """
        balance = _Balance()
        with self._opened() as sound, quiet():
            resampler = Resampler(sound.samplerate, rate_hz)
            parts = []
            with contextlib.suppress(soundfile.LibsndfileError):
                while len(read := sound.read(_READ_FRAMES, dtype="float32", always_2d=True)):
                    frames = np.nan_to_num(read)
                    balance.add(frames)
                    one = frames.mean(axis=1) if channel is None else frames[:, channel]
                    parts.append(resampler.process(_to_int16(one)))
        return np.concatenate([*parts, resampler.flush()]), balance

    @contextlib.contextmanager
    def _opened(self) -> Iterator[soundfile.SoundFile]:
        with contextlib.ExitStack() as stack:
            if isinstance(self.data, bytes):
                source: Any = io.BytesIO(self.data)
            else:
                source = stack.enter_context(self.path.open("rb"))
            with quiet():
                sound = stack.enter_context(soundfile.SoundFile(source))
            yield sound


def _open(path: Path, data: Data) -> _Recording:
    """Return the recording in these bytes; AudioError where there is none."""
    empty: _Recording | None = None
    for source, is_damaged in _sources(path, data):
        try:
            recording = _Recording(path, source, is_damaged)
        except (soundfile.LibsndfileError, ValueError):
            continue
        if recording.frames:
            return recording
        empty = empty or recording
    if empty is None:
        raise unreadable(path, data)
    return empty


def _sources(path: Path, data: Data) -> Iterator[tuple[Data, bool]]:
    """Yield what may be readable, and whether it is damaged: the file, or what can be saved."""
    parts = wav_parts(data)
    if parts and (holds_recording(data, parts) or not parts.is_right):
        yield rewritten(data, parts), not parts.is_whole
    yield data, False
    if parts and parts.is_right:  # libsndfile may stumble over a note all the same
        yield rewritten(data, parts), False
    starts = [data.find(sign, 0, _LOOK_BYTES) for sign in (b"OggS", b"fLaC")]
    if path.suffix.lower() == ".mp3":
        frames = _MP3_FRAME.finditer(data[:_LOOK_BYTES])
        starts += [frame.start() for _, frame in zip(range(_MOST_STARTS), frames, strict=False)]
    for start in starts:
        if start > 0:
            yield data[start:], True


def _is_silent(pcm: Pcm, rate_hz: int) -> bool:
    """Tell whether there is nothing but silence; a constant offset is no sound."""
    moving = np.clip(pcm - round(float(pcm.mean())), -32_768, 32_767)
    levels = frame_levels_dbfs(moving, rate_hz)
    loudest = levels.max() if levels.size else 0.0
    return bool(loudest < SILENT_DBFS)


def _cut_short(libsndfile_log: str) -> bool:
    """Tell whether a WAV is shorter than its header says: libsndfile only notes it in its log."""
    lengths = re.search(r"^data : (\d+) \(should be (\d+)\)", libsndfile_log, re.MULTILINE)
    return lengths is not None and int(lengths[2]) < int(lengths[1]) < UNKNOWN_LENGTH


def _without_end(data: Data) -> bool:
    """Tell whether an Ogg file lacks its last page (RFC 3533: header flag 4, end of stream)."""
    if data[:4] != b"OggS":
        return False
    tail = data[-2 * 65_307 :]  # the largest page there is, twice
    last_page = tail.rfind(b"OggS\0")
    return last_page < 0 or len(tail) < last_page + 6 or not tail[last_page + 5] & 4


def _to_int16(samples: NDArray[np.float32]) -> Pcm:
    """Round with clipping (float files may exceed full scale)."""
    pcm: Pcm = np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype(np.int16)
    return pcm
