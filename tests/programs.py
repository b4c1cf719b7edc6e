"""Programs that run beside a test, and end with it whatever happens."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]

_LIBC = ctypes.CDLL(None)
_WHEN_THE_PARENT_DIES = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def end_with_the_parent() -> None:
    """(``preexec_fn`` of a Popen) Let a test that is killed, too, take its programs along."""
    _LIBC.prctl(_WHEN_THE_PARENT_DIES, signal.SIGKILL)


@contextmanager
def started(
    arguments: Sequence[str], folder: Path = CHECKOUT, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """Start Python with such arguments in a folder; its three streams are pipes of text."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=end_with_the_parent,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
