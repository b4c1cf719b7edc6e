"""Answers on disk, so that an interrupted run goes on and an unchanged one is not repeated."""

import contextlib
import hashlib
import json
import logging
import os
import time
from pathlib import Path
from typing import Any

from skill.files import write_whole
from skill.paths import user_dir

_log = logging.getLogger(__name__)

_KEPT_SECONDS = 30 * 86_400
"""Answers that nobody asked for in a month are of versions that are gone."""


def default_folder() -> Path:
    """Return where answers are kept (not created)."""
    return user_dir("cache") / "bench-ears"


def key_of(*parts: str | bytes) -> str:
    """Return a name made of everything that an answer depends on."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:40]


class Store:
    """JSON documents by key in one folder. It never fails: what can't be kept is measured again."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self._folder = folder
        self._fresh = fresh

    def get(self, key: str) -> Any | None:
        """Return the document kept under ``key``; None when there is none or it is damaged."""
        if self._fresh:
            return None
        path = self._path(key)
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return document

    def put(self, key: str, document: Any) -> None:
        """Keep a document; no reader ever sees half of it."""
        try:
            text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
            write_whole(self._path(key), text)
        except OSError as error:
            _log.warning("Answers cannot be kept in %s: %s.", self._folder, error.strerror)

    def forget_old(self) -> None:
        """Delete what nobody asked for in a month."""
        oldest = time.time() - _KEPT_SECONDS
        for path in self._folder.glob("*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
