"""Keeps what C libraries (ALSA, JACK, mpg123, espeak …) print off the terminal."""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator

_log = logging.getLogger(__name__)
_one_at_a_time = threading.RLock()


@contextlib.contextmanager
def quiet(*descriptors: int) -> Iterator[None]:
    """Send what is written to the file descriptors (default: 2, stderr) to the log, as DEBUG.

    Works below Python, where libraries write straight to the descriptor. It holds for the whole
    process, so keep it short; threads take turns, nesting is allowed.
    """
    with _one_at_a_time:
        # In memory: a full disk must not keep devices and recordings closed.
        with (
            os.fdopen(os.memfd_create("chatter"), "w+b") as chatter,
            contextlib.ExitStack() as undo,
        ):
            for descriptor in descriptors or (2,):
                _redirect(descriptor, chatter.fileno(), undo)
            try:
                yield
            finally:
                _flush_python()
                undo.close()
                chatter.seek(0)
                lines = chatter.read().decode(errors="replace").splitlines()
        for line in filter(str.strip, lines):
            _log.debug("library: %s", line)


def _redirect(descriptor: int, target: int, undo: contextlib.ExitStack) -> None:
    _flush_python()
    try:
        saved = os.dup(descriptor)
    except OSError:  # closed, as under a service manager: there is no terminal to protect
        return
    undo.callback(os.close, saved)
    undo.callback(os.dup2, saved, descriptor)
    os.dup2(target, descriptor)


def _flush_python() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.flush()
