"""What the page's server answers, request by request."""

import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from rueckgrat.page.follower import MOST_PAGES, Pages, TooManyPagesError
from rueckgrat.page.guard import is_local
from rueckgrat.page.pairing import PairedDevices, Pairing
from skill.errors import SkillError

COOKIE = "rueckgrat"
COOKIE_DAYS = 365

_STATIC = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "awake.js": "text/javascript",
    "figure.js": "text/javascript",
    "pair.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_LONGEST_NAME = 40
_ASKED_AGAIN_SECONDS = 2.0
"""How often a page that is open is asked again whether it may be: its device can be forgotten."""

_TOO_MANY = "Es sind schon zu viele Seiten offen. Schließ eine, dann zeige ich mich hier."

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """What the server needs of the trainer.

    ``press`` acts on a command in writing, in the session. ``may_press`` tells whether a page may
    send it. ``figure`` returns an exercise's figure for the browser. ``clock`` goes on by seconds,
    for the pairing code. Behind a proxy nobody is let in for coming from this machine.
    """

    pages: Pages
    press: Callable[[str], None]
    may_press: Callable[[str], bool]
    figure: Callable[[str], Mapping[str, Any]]
    pairing: Pairing
    devices: PairedDevices
    clock: Callable[[], float]
    further: tuple[Route, ...] = field(default=())
    is_behind_proxy: bool = False


def page_app(desk: Desk) -> Starlette:
    """Return the application; ``Guard`` belongs around it."""
    routes = [
        Route("/", _Answers(desk).page),
        Route("/events", _Answers(desk).events),
        Route("/figure/{exercise}.json", _Answers(desk).figure),
        Route("/command", _Answers(desk).command, methods=["POST"]),
        Route("/pair", _Answers(desk).pair, methods=["POST"]),
        Route("/static/{name}", _static),
        *desk.further,
    ]
    return Starlette(routes=routes, exception_handlers={SkillError: _say_error})


def is_let_in(request: Request, devices: PairedDevices, is_behind_proxy: bool = False) -> bool:
    """Return whether this is the machine itself, or a paired device."""
    if not is_behind_proxy and is_local(request.scope, request.headers):
        return True
    token = request.cookies.get(COOKIE, "")
    return bool(token) and devices.knows(token)


class _Answers:
    """The answers, one method each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, request: Request) -> Response:
        """Show the page; a device that is not paired is asked for the code."""
        name = "page.html" if await self._knows(request) else "pair.html"
        return Response(static_text(name), media_type="text/html")

    async def events(self, request: Request) -> Response:
        """Stream what happens (Server-Sent Events)."""
        if not await self._knows(request):
            return _refused()
        if request.method == "HEAD":  # a page that was refused asks why
            return Response(status_code=204 if len(self._desk.pages) < MOST_PAGES else 503)
        stream = _sse(self._desk.pages, lambda: self._knows(request))
        try:
            first = await anext(stream)
        except TooManyPagesError:
            return PlainTextResponse(_TOO_MANY, 503)
        return StreamingResponse(_with_first(first, stream), media_type="text/event-stream")

    async def figure(self, request: Request) -> Response:
        """Return the figure of an exercise."""
        if not await self._knows(request):
            return _refused()
        figure = await run_in_threadpool(self._desk.figure, request.path_params["exercise"])
        return JSONResponse(figure, headers={"cache-control": "private, max-age=3600"})

    async def command(self, request: Request) -> Response:
        """Act on a touch."""
        if not await self._knows(request):
            return _refused()
        wanted = (await _fields(request)).get("command", "")
        if not self._desk.may_press(wanted):
            return PlainTextResponse("Diesen Befehl gibt es nicht.", 400)
        self._desk.press(wanted)
        return Response(status_code=204)

    async def pair(self, request: Request) -> Response:
        """Let a device in that knows the code."""
        given = await _fields(request)
        if not self._desk.pairing.redeem(given.get("code", ""), self._desk.clock()):
            return PlainTextResponse(
                "Das ist nicht der Code, oder er gilt nicht mehr. Sag „Tablet verbinden“, dann"
                " sage ich dir einen neuen.",
                403,
            )
        name = _shown(given.get("name", "")) or "ein Gerät"
        today = date.today().isoformat()
        token = await run_in_threadpool(self._desk.devices.add, name, today)
        response = Response(status_code=204)
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_DAYS * 24 * 3600,
            httponly=True,
            samesite="strict",
            secure=request.headers["origin"].startswith("https:"),
        )
        _log.info("A device was paired: %s", name)
        return response

    async def _knows(self, request: Request) -> bool:
        desk = self._desk
        return await run_in_threadpool(is_let_in, request, desk.devices, desk.is_behind_proxy)


async def _sse(pages: Pages, is_known: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
    """Yield messages as a browser's EventSource reads them; an empty one is a sign of life.

    It ends once the page's device ``is_known`` no longer.
    """
    asked = time.monotonic()
    async with aclosing(pages.messages()) as messages:
        async for text in messages:
            if time.monotonic() - asked > _ASKED_AGAIN_SECONDS:
                if not await is_known():
                    return
                asked = time.monotonic()
            yield f"data: {text}\n\n" if text else "event: pulse\ndata: \n\n"


async def _with_first(first: str, rest: AsyncIterator[str]) -> AsyncIterator[str]:
    yield f"retry: 2000\n{first}"
    async for text in rest:
        yield text


async def _fields(request: Request) -> Mapping[str, str]:
    """Return the texts of a JSON object; empty for anything else."""
    try:
        given = json.loads(await request.body())
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, dict):
        return {}
    return {name: value for name, value in given.items() if isinstance(value, str)}


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    kind = _STATIC.get(name)
    if kind is None:
        return PlainTextResponse("Das gibt es hier nicht.", 404)
    return Response(static_text(name), media_type=kind)


def _shown(name: str) -> str:
    """Return a device's name as a terminal may show it: signs that steer one are left out."""
    return "".join(filter(str.isprintable, name)).strip()[:_LONGEST_NAME]


def static_text(name: str) -> str:
    """Return a file of the page."""
    return (files("rueckgrat.page") / "static" / name).read_text(encoding="utf-8")


def _refused() -> Response:
    return PlainTextResponse("Dieses Gerät ist nicht verbunden.", 401)


async def _say_error(_request: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 400)
