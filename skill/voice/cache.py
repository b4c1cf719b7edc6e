"""Rendered lines on disk, so that the second start speaks at once."""

import contextlib
import hashlib
import io
import logging
import os
from pathlib import Path

import soundfile

from skill.errors import VoiceError, reason
from skill.files import UNFINISHED, is_there, write_whole
from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence

MAX_BYTES = 768 * 1024 * 1024
"""Bound of the folder: all sentences of three voices, each 190 to 235 MB: 2,504, and 649
of them once more for the relaxation.

It must hold all that is rendered ahead: with less, each line pushes out one that is asked for
later, and what took hours on a small machine is rendered again and again.
"""

_SUFFIX = ".line"
_DIGEST_BYTES = 16

_log = logging.getLogger(__name__)


class LineCache:
    """Keeps renderings in a folder, the longest unused ones given up first.

    It never fails: a damaged or unreadable file is a line not found, and a folder that cannot be
    written is reported once, in the log, and left alone from then on; ``problem`` says why.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self.problem: VoiceError | None = None
        self._room_bytes = 0  # until the folder has been looked through

    def get(self, key: str) -> Pcm | None:
        """Return the rendering kept under ``key``, or None."""
        path = self._path(key)
        try:
            packed = path.read_bytes()
        except OSError:
            return None
        pcm = _unpacked(packed)
        if pcm is None:
            _log.info("%s is damaged: the line is rendered anew.", path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # used just now: the last to be given up
        return pcm

    def has(self, key: str) -> bool:
        """Return whether something is kept under ``key``; it may still turn out to be damaged."""
        return is_there(self._path(key))

    def put(self, key: str, pcm: Pcm) -> None:
        """Keep a rendering under ``key``."""
        if self.problem:
            return
        try:
            packed = _packed(pcm)
            write_whole(self._path(key), packed)
            self._room_bytes -= len(packed)
            if self._room_bytes < 0:  # looking through a thousand files takes 16 ms
                self._shrink()
        except (OSError, soundfile.SoundFileError) as error:
            self.problem = VoiceError(
                f"Gesprochenes kann ich nicht in {self._folder} aufheben ({reason(error)}).",
                "Schaff dort Platz, erlaub mir, dort zu schreiben, oder lösch den Ordner.",
                code="lines-not-kept",
            )
            _log.warning("%s Bis dahin brauche ich bei jedem Start länger.", self.problem)

    def _path(self, key: str) -> Path:
        return self._folder / (hashlib.sha256(key.encode()).hexdigest()[:40] + _SUFFIX)

    def _shrink(self) -> None:
        """Delete the longest unused files (also unfinished ones of a crash) beyond the bound."""
        used = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another session may shrink it as well
                if path.suffix in (_SUFFIX, UNFINISHED):
                    status = path.stat()
                    used.append((status.st_mtime_ns, status.st_size, path))
        excess = sum(size for _, size, _ in used) - self._max_bytes
        for _, size, path in sorted(used):
            if excess <= 0:
                break
            path.unlink(missing_ok=True)
            excess -= size
        self._room_bytes = max(0, -excess)


def _packed(pcm: Pcm) -> bytes:
    """Return a digest and the line as FLAC, which loses nothing.

    FLAC notices damage only when a whole file is decoded, and libsndfile not even then: what a
    power cut or a worn card leaves must never be heard.
    """
    file = io.BytesIO()
    if pcm.size:  # a FLAC file without samples can't be opened
        soundfile.write(file, pcm, VOICE_RATE_HZ, format="FLAC", subtype="PCM_16")
    return _digest(file.getvalue()) + file.getvalue()


def _unpacked(packed: bytes) -> Pcm | None:
    """Return the line; None if not every bit is as it was written."""
    digest, flac = packed[:_DIGEST_BYTES], packed[_DIGEST_BYTES:]
    if digest != _digest(flac):
        return None
    if not flac:
        return silence(0)
    pcm: Pcm = soundfile.read(io.BytesIO(flac), dtype="int16")[0]
    return pcm


def _digest(flac: bytes) -> bytes:
    return hashlib.sha256(flac).digest()[:_DIGEST_BYTES]
