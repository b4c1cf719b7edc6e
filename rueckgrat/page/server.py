"""The page's server, in a thread of its own: the audio loop never waits for it."""

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from rueckgrat.page.follower import MOST_PAGES, Pages
from rueckgrat.page.guard import is_loopback
from skill.errors import SkillError, reason

FAILED = "Die Seite zum Mitschauen ist ausgefallen, wir üben ohne sie weiter."
STARTS_WITHIN_SECONDS = 10.0
PATIENCE_SECONDS = 10.0
"""How long a connection may ask for nothing, or take nothing of what it is sent."""

MOST_OF_ONE_ADDRESS = 2 * MOST_PAGES
_MOST_CONNECTIONS = 8 * MOST_PAGES
"""A browser opens up to six connections a page."""

_log = logging.getLogger(__name__)


class HurriedConnection(H11Protocol):
    """A connection that is closed where it only takes up room; uvicorn alone would keep it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it in, unless its address has enough of them; behind a proxy all share one."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        links = (getattr(one, "client", None) for one in self.connections)
        same = sum(link is not None and link[0] == address for link in links)
        if same > MOST_OF_ONE_ADDRESS and not is_loopback(address):
            transport.abort()
            return
        self.loop.call_later(PATIENCE_SECONDS, self._look, None, False)

    def _look(self, last: object, was_full: bool) -> None:
        """Close it if nothing has gone on since the last look."""
        if self.transport.is_closing() and not self.flow.write_paused:
            return
        is_idle = self.cycle is None or self.cycle.response_complete
        is_full = self.flow.write_paused
        if (is_idle and last is self.cycle) or (is_full and was_full):
            self.transport.abort()
            return
        self.loop.call_later(PATIENCE_SECONDS, self._look, self.cycle, is_full)


@contextlib.contextmanager
def served(
    app: ASGIApp,
    pages: Pages,
    address: str,
    port: int,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[int]:
    """Answer at this address until the block is left; yield the port (another where it was 0).

    SkillError where the address cannot be had. Where the server fails later it is ``say``-ed, from
    the server's thread, and all else goes on.
    """
    listening = _listening(address, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        limit_concurrency=_MOST_CONNECTIONS,
        log_level="error",
        timeout_keep_alive=round(PATIENCE_SECONDS),
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=16 * 1024,
        server_header=False,
        proxy_headers=False,
        http=HurriedConnection,
        ws="none",
    )
    server = uvicorn.Server(config)

    async def serve() -> None:
        pages.open(asyncio.get_running_loop())
        await server.serve([listening])

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception:  # the training goes on without the page
            _log.exception("The companion page has ended.")
            say(FAILED)

    thread = threading.Thread(target=run, name="page", daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        pages.close()
        server.should_exit = True
        thread.join(STARTS_WITHIN_SECONDS)
        listening.close()


def _listening(address: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        both = address == "::" and socket.has_dualstack_ipv6()
        return socket.create_server((address, port), family=family, dualstack_ipv6=both)
    except (OSError, OverflowError) as error:
        raise SkillError(
            f"Die Seite kann ich unter {address}, Port {port}, nicht zeigen ({reason(error)}).",
            "Nenn mit page_port einen anderen Port, oder mit page_address eine Adresse dieses"
            " Geräts.",
            code="page-address",
        ) from error
