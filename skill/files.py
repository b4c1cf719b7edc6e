"""Files that appear whole or not at all."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

UNFINISHED = ".part"
"""How a file ends that is still being written; after a crash it is left behind."""


@contextlib.contextmanager
def appearing_whole(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; at the end it is renamed to ``path`` in one step.

    Missing folders are made. After an error nothing is left but what was at ``path`` before. Two
    processes or threads may write the same file at once: the later one wins.
    """
    writer = f"{os.getpid()}-{threading.get_ident()}"
    part = path.with_name(f".{path.name}.{writer}{UNFINISHED}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step, text as UTF-8; OSError when that is impossible."""
    data = content.encode() if isinstance(content, str) else content
    with appearing_whole(path) as part:
        part.write_bytes(data)
