"""Files that appear whole or not at all."""

import contextlib
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text file (UTF-8) in one step, its folders too; OSError when that is impossible."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
