"""Recordings in: any common sound file becomes mono int16 at the recogniser's rate.

The only module that imports soundfile (libsndfile). Writing is ``wav``.
"""

import contextlib
import logging
import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from skill.audio.quiet import quiet
from skill.audio.resample import Resampler
from skill.errors import AudioError, reason
from skill.messages.blocks import EAR_RATE_HZ, Pcm

_log = logging.getLogger(__name__)

_READ_FRAMES = 4_096
"""Frames decoded at a time: an hour of stereo must not lie in memory as floats, and what is read
together with a damaged spot is lost (a FLAC frame is as long)."""

_ANEW = "Nimm sie neu auf."
_WAV_HEADER_BYTES = 4_096
_UNKNOWN_LENGTH = 0x7FFF_0000
"""Programs that write into a pipe leave a length of about 2 or 4 GiB: it says nothing."""


def read_recording(path: Path, rate_hz: int = EAR_RATE_HZ) -> Pcm:
    """Return the recording as mono samples at ``rate_hz``, channels averaged.

    Reads WAV, FLAC, OGG (Vorbis, Opus) and MP3 of any rate, channel count and sample format. Of
    a damaged file what can be read is returned, and a sentence is logged as a warning. Raises
    AudioError when there is no such file, no sound in it, or it is no recording at all.
    """
    with _opened(path) as sound:
        resampler = Resampler(sound.samplerate, rate_hz)
        with quiet():
            parts = [resampler.process(pcm) for pcm in _decoded(sound)]
        parts.append(resampler.flush())
        if sound.tell() < sound.frames or _cut_short(sound.extra_info) or _without_end(path):
            _log.warning("%s ist beschädigt oder abgeschnitten; ich nehme, was da ist.", path)
    pcm = np.concatenate(parts)
    if not pcm.size:
        raise AudioError(
            f"In der Aufnahme {path} ist kein Ton.", _ANEW, code="recording-empty", path=path
        )
    return pcm


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[soundfile.SoundFile]:
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
        except FileNotFoundError:
            raise AudioError(
                f"Die Aufnahme {path} gibt es nicht.",
                "Schau, ob der Name stimmt.",
                code="recording-missing",
                path=path,
            ) from None
        except OSError as error:
            raise AudioError(
                f"Die Aufnahme {path} kann ich nicht lesen ({reason(error)}).",
                "Nenn mir eine Datei, die du lesen darfst.",
                code="recording-unreadable",
                path=path,
            ) from error
        if not path.stat().st_size:
            raise AudioError(
                f"Die Aufnahme {path} ist leer.", _ANEW, code="recording-empty", path=path
            )
        try:
            with quiet():
                source: Any = stack.enter_context(_repaired(file.fileno())) or file
                sound = stack.enter_context(soundfile.SoundFile(source))
        except soundfile.LibsndfileError as error:
            raise AudioError(
                f"{path} ist keine Aufnahme, die ich lesen kann.",
                "Nimm eine Datei in WAV, FLAC, OGG oder MP3.",
                code="recording-unreadable",
                path=path,
            ) from error
        yield sound


@contextlib.contextmanager
def _repaired(descriptor: int) -> Iterator[mmap.mmap | None]:
    """Yield the file with a sound length, if it is a WAV whose writer died before noting it.

    Such a header says "0 bytes of sound follow", and libsndfile believes it. The change is made
    in a private map of the file, never in the file.
    """
    with mmap.mmap(descriptor, 0, access=mmap.ACCESS_COPY) as file:
        header = file[:_WAV_HEADER_BYTES]
        length_at = header.find(b"data\0\0\0\0") + 4
        sound_bytes = len(file) - length_at - 4
        finished = int.from_bytes(header[4:8], "little") == len(file) - 8
        if not header.startswith(b"RIFF") or finished or length_at < 5 or sound_bytes < 1:
            yield None
            return
        file[length_at : length_at + 4] = min(sound_bytes, 0xFFFF_FFFF).to_bytes(4, "little")
        yield file


def _decoded(sound: soundfile.SoundFile) -> Iterator[Pcm]:
    """Yield everything that can be decoded, mixed down to mono, at the file's rate."""
    with contextlib.suppress(soundfile.LibsndfileError):
        while len(frames := sound.read(_READ_FRAMES, dtype="float32", always_2d=True)):
            yield _mono(frames)


def _cut_short(libsndfile_log: str) -> bool:
    """Tell whether a WAV is shorter than its header says: libsndfile only notes it in its log."""
    lengths = re.search(r"^data : (\d+) \(should be (\d+)\)", libsndfile_log, re.MULTILINE)
    return lengths is not None and int(lengths[2]) < int(lengths[1]) < _UNKNOWN_LENGTH


def _without_end(path: Path) -> bool:
    """Tell whether an Ogg file lacks its last page (RFC 3533: header flag 4, end of stream)."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        file.seek(max(0, path.stat().st_size - 2 * 65_307))  # the largest page there is, twice
        tail = file.read()
    last_page = tail.rfind(b"OggS\0")
    return last_page < 0 or len(tail) < last_page + 6 or not tail[last_page + 5] & 4


def _mono(frames: NDArray[np.float32]) -> Pcm:
    """Average the channels; round to int16 with clipping (float files may exceed full scale)."""
    mean = np.nan_to_num(frames).mean(axis=1, dtype=np.float32)
    pcm: Pcm = np.clip(np.rint(mean * 32_768), -32_768, 32_767).astype(np.int16)
    return pcm
