"""A download that goes on where an earlier try was cut off."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import requests

from skill.files import is_there

_log = logging.getLogger(__name__)

OnProgress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes that are here and the bytes there will be."""

_CHUNK_BYTES = 1 << 14
_TIMEOUT_SECONDS = (10, 30)  # to connect, between two pieces


class ResumingDownload:
    """A downloader for ``pooch``, which has none that resumes.

    All that arrives is appended to ``part``, which outlives a broken connection, Ctrl-C and a
    power cut. Whether the pieces belong together is settled by pooch's checksum; ``part`` is gone
    by then, so a wrong one is not continued for ever. Without a ``size_bytes`` nothing is resumed,
    and the file is as long as the server says.
    """

    def __init__(self, part: Path, size_bytes: int | None, on_progress: OnProgress) -> None:
        self._part = part
        self._size_bytes = size_bytes
        self._on_progress = on_progress

    def __call__(self, url: str, output_file: str, _pooch: object) -> None:
        """Download ``url``, completing ``part``, and move the whole to ``output_file``.

        Raises requests.RequestException when the server or the network refuses.
        """
        here = self._bytes_here()
        if self._size_bytes is None or here > self._size_bytes:
            self._part.unlink(missing_ok=True)
            here = 0
        if self._size_bytes is None or here < self._size_bytes:
            self._complete(url, here)
        self._part.replace(output_file)

    def _bytes_here(self) -> int:
        return self._part.stat().st_size if is_there(self._part) else 0

    def _complete(self, url: str, here: int) -> None:
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={here}-"} if here else {})
        with requests.get(url, headers=headers, stream=True, timeout=_TIMEOUT_SECONDS) as answer:
            answer.raise_for_status()
            if answer.status_code != requests.codes.partial_content:
                here = 0  # the server sends everything again
            _log.debug("%s answers %d, from byte %d", url, answer.status_code, here)
            size = self._size_bytes or int(answer.headers.get("Content-Length", 0))
            with self._part.open("ab" if here else "wb") as file:
                self._on_progress(here, size)
                for piece in answer.iter_content(_CHUNK_BYTES):
                    file.write(piece)
                    here += len(piece)
                    self._on_progress(here, size)
        if here < size:
            raise requests.ConnectionError(f"{url} ended after {here} bytes")
