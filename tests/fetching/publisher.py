"""A tiny published model, on a server of this machine."""

import contextlib
import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rueckgrat.fetching.speech_models import RemoteModel
from tests.fetching.server import Server, serving

NAME = "vosk-model-tiny"
_FST = struct.pack("<I", 2125659606) + b"\0" * 60
MODEL_FILES = {
    "am/final.mdl": b"\0B" + b"m" * 300_000,
    "conf/mfcc.conf": b"--sample-frequency=16000\n",
    "conf/model.conf": b"--beam=10\n",
    "graph/HCLr.fst": _FST,
    "graph/Gr.fst": _FST,
    "graph/disambig_tid.int": b"1\n",
}


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # stored, so that it keeps its size
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write_model(folder: Path) -> Path:
    for name, content in MODEL_FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@dataclass
class Publisher:
    """The published model, and the server that has it."""

    server: Server

    @property
    def archive(self) -> bytes:
        return self.server.files[f"/{NAME}.zip"]

    @archive.setter
    def archive(self, content: bytes) -> None:
        self.server.files[f"/{NAME}.zip"] = content

    @property
    def ranges(self) -> list[str | None]:
        return [wanted for _, wanted in self.server.asked]

    def model(self) -> RemoteModel:
        digest = hashlib.sha256(self.archive).hexdigest()
        return RemoteModel(NAME, f"{self.server.address}/{NAME}.zip", len(self.archive), digest)


@contextlib.contextmanager
def publish() -> Iterator[Publisher]:
    with serving() as server:
        server.files[f"/{NAME}.zip"] = zipped({f"{NAME}/{n}": c for n, c in MODEL_FILES.items()})
        yield Publisher(server)
