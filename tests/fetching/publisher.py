"""A tiny published model and a server on this machine that hands it out, badly on request."""

import contextlib
import hashlib
import io
import struct
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rueckgrat.fetching.speech_models import RemoteModel

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
    """What the server does, and what it was asked."""

    url: str = ""
    archive: bytes = field(
        default_factory=lambda: zipped({f"{NAME}/{n}": c for n, c in MODEL_FILES.items()})
    )
    cut_after_bytes: int | None = None
    resumes: bool = True
    status: int = 200
    ranges: list[str | None] = field(default_factory=list)

    def model(self) -> RemoteModel:
        digest = hashlib.sha256(self.archive).hexdigest()
        return RemoteModel(NAME, self.url, len(self.archive), digest)


@contextlib.contextmanager
def publish() -> Iterator[Publisher]:
    state = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.ranges.append(wanted)
            if state.status != 200:
                self.send_error(state.status)
                return
            begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            if not state.resumes:
                begin = 0
            self.send_response(206 if begin else 200)
            body = state.archive[begin:]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: state.cut_after_bytes])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/{NAME}.zip"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
