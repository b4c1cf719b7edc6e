"""A server on this machine that hands files out, badly on request."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Server:
    """What the server has, how it behaves, and what it was asked (path, range)."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    cut_after_bytes: int | None = None
    resumes: bool = True
    status: int = 200
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.asked.append((self.path, wanted))
            whole = state.files.get(self.path)
            if state.status != 200 or whole is None:
                self.send_error(404 if whole is None else state.status)
                return
            begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            if not state.resumes:
                begin = 0
            self.send_response(206 if begin else 200)
            body = whole[begin:]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: state.cut_after_bytes])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
