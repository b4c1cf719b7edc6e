"""Who may ask the page for what: host, origin, size and rate of requests. One ASGI layer.

A page on the local network can be asked by any web site that is open in the same browser. So a
request counts only under a name of this machine (against DNS rebinding), a change only from the
page itself (against cross-site requests), and nothing is ever shared with other origins.
"""

import asyncio
import ipaddress
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY_BYTES = 16 * 1024
BODY_SECONDS = 10.0
"""How long a body may take to come."""

CHANGES_PER_MINUTE = 120
"""Of one address: two touches a second are more than anybody needs."""

PAIRINGS_PER_MINUTE = 10
READS_PER_MINUTE = 900
"""Of one address: ten pages that open at once ask for a hundred things."""

_MOST_ADDRESSES = 256

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # without any a form of ours sends the origin "null"
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)",
    "cache-control": "no-store",
}

_PASSED_ON = ("forwarded", "via", "x-real-ip", "x-forwarded-for", "x-forwarded-host")


def host_name(header: str) -> str:
    """Return the name in a Host header or an origin's authority, without the port."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.rpartition(":")[0].lower() if ":" in header else header.lower()


def is_own_name(name: str, names: Collection[str]) -> bool:
    """Return whether a request under this name may be for us.

    A number is nobody's name: only names can be pointed at another machine (DNS rebinding).
    """
    return name == "localhost" or name in names or _number(name) is not None


def is_loopback(name: str) -> bool:
    """Return whether this name or number is the machine itself, also as IPv6 writes IPv4."""
    number = _number(name)
    if number is None:
        return name == "localhost"
    return (getattr(number, "ipv4_mapped", None) or number).is_loopback


def is_local(scope: Scope, headers: Headers) -> bool:
    """Return whether the request comes from this machine itself, and not by way of a proxy.

    Proxies say so in a header; one that does not may be known by HTTP/1.0, which no browser speaks.
    """
    client = scope.get("client")
    if client is None or not is_loopback(client[0]):
        return False
    if scope.get("http_version") == "1.0" or any(name in headers for name in _PASSED_ON):
        return False
    return is_loopback(host_name(headers.get("host", "")))


def _number(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


class Guard:
    """Refuses what does not come from the page itself; puts the headers on every answer."""

    def __init__(
        self, app: ASGIApp, names: Iterable[str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._clock = clock
        self._asked: dict[tuple[str, int], deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, send_guarded)
            return
        await self._app(scope, _limited(receive), send_guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not is_own_name(host_name(host), self._names):
            return PlainTextResponse("Unter diesem Namen kennt man mich nicht.", 421)
        if scope["method"] in ("GET", "HEAD"):
            if not _may_read(headers):
                return PlainTextResponse("Das kam von einer anderen Seite.", 403)
            return self._too_often(scope, READS_PER_MINUTE)
        if scope["method"] != "POST":
            return PlainTextResponse("Das geht hier nicht.", 405)
        if not _is_from_here(headers, host):
            return PlainTextResponse("Das kam von einer anderen Seite.", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
            return PlainTextResponse("Das ist zu viel auf einmal.", 413)
        is_pairing = scope["path"] == "/pair"
        return self._too_often(scope, PAIRINGS_PER_MINUTE if is_pairing else CHANGES_PER_MINUTE)

    def _too_often(self, scope: Scope, most: int) -> PlainTextResponse | None:
        """Take note of a request; refuse it where its sender has made too many in a minute.

        What is refused counts no more: neither memory nor the waiting grows by it.
        """
        now = self._clock()
        address = scope["client"][0] if scope.get("client") else ""
        made = self._asked.pop((address, most), None) or deque()
        while made and made[0] <= now - 60:
            made.popleft()
        self._asked[address, most] = made  # the last one in the row is the latest
        if len(self._asked) > _MOST_ADDRESSES:
            del self._asked[next(iter(self._asked))]
        if len(made) >= most:
            return PlainTextResponse("Das war zu oft. Warte eine Minute.", 429)
        made.append(now)
        return None


def _may_read(headers: Headers) -> bool:
    """Return whether a browser says that a page of ours asks, or a person who follows a link."""
    asks = headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return asks or headers.get("sec-fetch-mode") == "navigate"


def _is_from_here(headers: Headers, host: str) -> bool:
    """Return whether a change was asked for by our own page."""
    origin = headers.get("origin", "")
    scheme, _, authority = origin.partition("://")
    if scheme not in ("http", "https") or authority.lower() != host.lower():
        return False
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _limited(receive: Receive) -> Receive:
    """Return what reads a body up to the limits, also of one that declares no length."""
    taken, is_whole = 0, False

    async def receive_limited() -> Message:
        nonlocal taken, is_whole
        if is_whole:  # what comes now is the end of the connection, however late
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS)
        except TimeoutError:
            raise HTTPException(408, "Das hat zu lange gedauert.") from None
        taken += len(message.get("body", b""))
        if taken > MOST_BODY_BYTES:
            raise HTTPException(413, "Das ist zu viel auf einmal.")
        is_whole = not message.get("more_body", False)
        return message

    return receive_limited
