"""Tiny voices on a server of this machine, in the place of those that are published."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from rueckgrat.voices import catalogue
from rueckgrat.voices.catalogue import PUBLISHED, PublishedVoice
from tests.fetching.server import Server, serving

CARD = """\
# Model card for kerstin (low)

* Language: de_DE (German, Germany)
* Speakers: 1

## Dataset

* URL: https://example.org/voice
* License: See URL
"""

DESCRIPTION: dict[str, Any] = {
    "audio": {"sample_rate": 16_000, "quality": "low"},
    "espeak": {"voice": "de"},
    "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
    "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "a": [14]},
    "num_symbols": 256,
    "num_speakers": 1,
    "speaker_id_map": {},
}


def onnx(bytes_of_graph: int = 200_000) -> bytes:
    """Return what looks like a model: the version of its format, a graph, and its operators'."""
    length = bytes(
        [*((bytes_of_graph >> shift) & 0x7F | 0x80 for shift in (0, 7)), bytes_of_graph >> 14]
    )
    return b"\x08\x08\x3a" + length + b"g" * bytes_of_graph + b"\x42\x02\x10\x0f"


@dataclass
class Publisher:
    """Where the voices come from, and how each file is called there."""

    server: Server

    def path(self, voice: PublishedVoice, ending: str) -> str:
        return f"/de/de_DE/{voice.speaker}/{voice.quality}/{voice.name}{ending}"

    def has(self, voice: PublishedVoice, ending: str, content: bytes) -> None:
        self.server.files[self.path(voice, ending)] = content

    def has_all_of(self, voice: PublishedVoice) -> None:
        self.has(voice, ".onnx", onnx())
        self.has(voice, ".onnx.json", json.dumps(DESCRIPTION).encode())
        card = f"/de/de_DE/{voice.speaker}/{voice.quality}/MODEL_CARD"
        self.server.files[card] = CARD.encode()


@contextlib.contextmanager
def publishing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Publish tiny voices by all of the names there are; thorsten's has a sha256, others an md5."""
    with serving() as server:
        publisher = Publisher(server)
        monkeypatch.setattr(catalogue, "ADDRESS", server.address)
        for short, voice in list(PUBLISHED.items()):
            kind = voice.checksum.partition(":")[0]
            checksum = f"{kind}:{hashlib.new(kind, onnx()).hexdigest()}"
            tiny = replace(voice, size_bytes=len(onnx()), checksum=checksum, config_checksum="")
            monkeypatch.setitem(PUBLISHED, short, tiny)
            publisher.has_all_of(tiny)
        yield publisher
