"""The page's server, in a thread of its own: the audio loop never waits for it."""

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from rueckgrat.page.follower import MOST_PAGES, Pages
from skill.errors import SkillError, reason

STARTS_WITHIN_SECONDS = 10.0
_MOST_CONNECTIONS = 3 * MOST_PAGES

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def served(app: ASGIApp, pages: Pages, address: str, port: int) -> Iterator[int]:
    """Answer at this address until the block is left; yield the port (another where it was 0).

    SkillError where the address cannot be had.
    """
    listening = _listening(address, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=16 * 1024,
        server_header=False,
        proxy_headers=False,
        http="h11",
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
        return socket.create_server((address, port), family=family)
    except (OSError, OverflowError) as error:
        raise SkillError(
            f"Die Seite kann ich unter {address}, Port {port}, nicht zeigen ({reason(error)}).",
            "Nenn mit page_port einen anderen Port, oder mit page_address eine Adresse dieses"
            " Geräts.",
            code="page-address",
        ) from error
