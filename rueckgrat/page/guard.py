"""Who may ask the page for what: host, origin, size and rate of requests. One ASGI layer.

A page on the local network can be asked by any web site that is open in the same browser. So a
request counts only under a name of this machine (against DNS rebinding), a change only from the
page itself (against cross-site requests), and nothing is ever shared with other origins.
"""

import ipaddress
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY_BYTES = 16 * 1024
CHANGES_PER_MINUTE = 120
"""Of one address: two touches a second are more than anybody needs."""

PAIRINGS_PER_MINUTE = 10
_MOST_ADDRESSES = 256

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)",
    "cache-control": "no-store",
}

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def host_name(header: str) -> str:
    """Return the name in a Host header or an origin's authority, without the port."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.rpartition(":")[0].lower() if ":" in header else header.lower()


def is_own_name(name: str, names: Collection[str]) -> bool:
    """Return whether a request under this name may be for us.

    A number is nobody's name: only names can be pointed at another machine (DNS rebinding).
    """
    if name in _LOOPBACK_NAMES or name in names:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_local(scope: Scope, headers: Headers) -> bool:
    """Return whether the request comes from this machine itself, and not by way of a proxy."""
    client = scope.get("client")
    passed_on = any(name in headers for name in ("forwarded", "x-forwarded-for", "x-real-ip"))
    is_near = client is not None and client[0] in _LOOPBACK_NAMES
    return is_near and not passed_on and host_name(headers.get("host", "")) in _LOOPBACK_NAMES


class Guard:
    """Refuses what does not come from the page itself; puts the headers on every answer."""

    def __init__(
        self, app: ASGIApp, names: Iterable[str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._clock = clock
        self._changes: dict[tuple[str, str], deque[float]] = defaultdict(deque)

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
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("Das geht hier nicht.", 405)
        if not _is_from_here(headers, host):
            return PlainTextResponse("Das kam von einer anderen Seite.", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
            return PlainTextResponse("Das ist zu viel auf einmal.", 413)
        if self._is_too_often(scope):
            return PlainTextResponse("Das war zu oft. Warte eine Minute.", 429)
        return None

    def _is_too_often(self, scope: Scope) -> bool:
        """Take note of a change; return whether its sender has made too many in a minute."""
        now = self._clock()
        address = scope["client"][0] if scope.get("client") else ""
        is_pairing = scope["path"] == "/pair"
        if len(self._changes) > _MOST_ADDRESSES:
            self._changes.clear()
        made = self._changes[address, "pair" if is_pairing else "other"]
        while made and made[0] < now - 60:
            made.popleft()
        made.append(now)
        return len(made) > (PAIRINGS_PER_MINUTE if is_pairing else CHANGES_PER_MINUTE)


def _is_from_here(headers: Headers, host: str) -> bool:
    """Return whether a change was asked for by our own page."""
    origin = headers.get("origin", "")
    scheme, _, authority = origin.partition("://")
    if scheme not in ("http", "https") or authority.lower() != host.lower():
        return False
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _limited(receive: Receive) -> Receive:
    """Return what reads a body up to the limit, also of one that declares no length."""
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY_BYTES:
            return {"type": "http.disconnect"}
        return message

    return receive_limited
