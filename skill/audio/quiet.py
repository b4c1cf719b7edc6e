"""Keeps the chatter of C libraries (ALSA, JACK, mpg123, espeak …) off the terminal."""

import contextlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterator

_log = logging.getLogger(__name__)
_one_at_a_time = threading.RLock()

_CHATTER = (b"Expression '", b"ALSA lib ")
"""How the lines begin that PortAudio and ALSA print from their own threads when a device dies."""


@contextlib.contextmanager
def quiet(*descriptors: int) -> Iterator[None]:
    """Send what is written to the file descriptors (default: 2, stderr) to the log, as DEBUG.

    Works below Python, where libraries write straight to the descriptor. It holds for the whole
    process, so keep it short; threads take turns, nesting is allowed.
    """
    with _one_at_a_time:
        with tempfile.TemporaryFile() as chatter, contextlib.ExitStack() as undo:
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


@contextlib.contextmanager
def without_chatter() -> Iterator[None]:
    """Take the lines of PortAudio and ALSA out of stderr; everything else passes.

    For as long as a session lasts: unlike ``quiet`` it keeps nothing else back and holds up
    nobody. What is taken out goes to the log, as DEBUG.
    """
    source, sink = os.pipe()
    with contextlib.ExitStack() as undo:
        undo.callback(os.close, source)
        try:
            terminal = os.dup(2)
        except OSError:  # closed: nothing to filter
            os.close(sink)
            yield
            return
        undo.callback(os.close, terminal)
        os.dup2(sink, 2)
        os.close(sink)
        pump = threading.Thread(target=_pump, args=(source, terminal), daemon=True)
        pump.start()
        undo.callback(pump.join, timeout=1)  # a child process may still hold the other end
        undo.callback(os.dup2, terminal, 2)
        undo.callback(_flush_python)
        yield


def _pump(source: int, terminal: int) -> None:
    """Copy line by line until every writer has closed its end."""
    with open(source, "rb", closefd=False) as lines:
        for line in lines:
            if line.startswith(_CHATTER):
                _log.debug("library: %s", line.decode(errors="replace").rstrip())
            else:
                os.write(terminal, line)


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
