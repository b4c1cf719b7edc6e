"""Chromium for tests that look at a page as a person does: at its words, its keys, its sound.

A plugin of the tests (see ``conftest.py``). ``browse(url)`` opens a window and returns Playwright's
``Page``. A script of a page that fails, fails the test; no window reaches beyond this machine.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_NAMES = ("chromium", "chromium-browser")
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
_HERE = {"", "localhost", "127.0.0.1", "::1"}


def missing() -> str:
    """Return what these tests lack on this machine; empty if nothing."""
    if not _chromium():
        return "Chromium (apt-get install chromium)"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright (make setup)"
    return ""


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """A Chromium without a window and with a profile of its own, for all tests of a file.

    Not longer: while it is there, Playwright's event loop counts as running in this thread.
    """
    if missing():
        pytest.skip(f"no browser: {missing()} is missing")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Browse:
    """Opens windows, each a visitor of its own, and notes what their pages do.

    ``errors`` are uncaught errors of scripts and what the console calls an error (a refused
    ``Content-Security-Policy`` too), ``elsewhere`` requests to other machines.
    """

    browser: "Browser"
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    contexts: "list[BrowserContext]" = field(default_factory=list)

    def __call__(
        self,
        url: str,
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        reduced_motion: bool = False,
    ) -> "Page":
        """Open a page in a window of such a size (px), in German."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if reduced_motion else "no-preference",
            locale="de-DE",
            timezone_id="Europe/Berlin",
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda line: self.errors.append(line.text) if line.type == "error" else None,
        )
        page.goto(url)
        return page

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and (parts.hostname or "") not in _HERE:
            self.elsewhere.append(url)


@pytest.fixture
def browse(chromium: "Browser") -> Iterator[Browse]:
    """Opens windows for one test; afterwards no script may have failed.

    A test in which errors of the console belong to the matter clears ``browse.errors`` itself.
    """
    opened = Browse(chromium)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.errors == []
    assert opened.elsewhere == []


def until(page: "Page", expression: str, seconds: float = 30.0) -> None:
    """Wait until a JavaScript expression holds; AssertionError if it doesn't within the time.

    Playwright's own ``wait_for_function`` needs ``eval``, which a page's policy may forbid.
    """
    for _ in range(round(seconds / 0.02)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"not within {seconds} s: {expression}")
