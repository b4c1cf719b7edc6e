"""Programs that run beside a test, and end with it whatever happens."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


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
    ) as process:
        try:
            yield process
        finally:
            process.kill()
