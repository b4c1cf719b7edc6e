"""Rendered lines on disk, so that the second start speaks at once."""

import contextlib
import hashlib
import logging
import os
import zlib
from pathlib import Path

import numpy as np

from skill.errors import reason
from skill.files import UNFINISHED, is_there, write_whole
from skill.messages.blocks import Pcm

MAX_BYTES = 256 * 1024 * 1024
"""Bound of the folder. It must hold all that is rendered ahead at every start, about 1,400
sentences of 100 kB each: with less, each pushes out one that is asked for later, and all of them
are rendered at every start."""

_SUFFIX = ".line"

_log = logging.getLogger(__name__)


class LineCache:
    """Keeps renderings in a folder, the longest unused ones given up first.

    It never fails: a damaged or unreadable file is a line not found, and a folder that cannot be
    written is reported once, in the log, and left alone from then on.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._writable = True
        self._room_bytes = 0  # until the folder has been looked through

    def get(self, key: str) -> Pcm | None:
        """Return the rendering kept under ``key``, or None."""
        path = self._path(key)
        try:
            packed = path.read_bytes()
        except OSError:
            return None
        try:
            # zlib's own checksum tells a damaged or cut file.
            pcm = np.frombuffer(zlib.decompress(packed), dtype="<i2").astype(np.int16, copy=False)
        except (zlib.error, ValueError):
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
        if not self._writable:
            return
        try:
            packed = zlib.compress(pcm.astype("<i2").tobytes(), level=1)
            write_whole(self._path(key), packed)
            self._room_bytes -= len(packed)
            if self._room_bytes < 0:  # looking through a thousand files takes 16 ms
                self._shrink()
        except OSError as error:
            self._writable = False
            _log.warning(
                "Gesprochenes kann ich nicht in %s aufheben (%s), deshalb brauche ich bei jedem"
                " Start länger. Erlaub mir, dort zu schreiben, oder lösch den Ordner.",
                self._folder,
                reason(error),
            )

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
