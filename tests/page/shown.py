"""A page's server that shows what a test wants, and how to look at it in a browser."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("starlette")

from rueckgrat.page.app import Desk, page_app
from rueckgrat.page.companion import figures_of, may_press
from rueckgrat.page.follower import Pages, message
from rueckgrat.page.guard import Guard
from rueckgrat.page.pairing import PairedDevices, Pairing
from rueckgrat.page.scene import Stage
from rueckgrat.page.server import served
from skill.content.loader import load_content
from skill.messages.events import Event, Snapshot, StateEntered
from tests.page.test_scene import BEGAN

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONTENT = load_content()
SIZES = [(320, 568), (1280, 800), (1920, 1080)]


class Shown:
    """A page's server that shows what a test wants."""

    def __init__(self, folder: Path, is_behind_proxy: bool = False) -> None:
        self.pressed: list[str] = []
        self.stage = Stage(CONTENT)
        self.pages = Pages()
        self.port = 0
        self.desk = Desk(
            pages=self.pages,
            press=self.pressed.append,
            may_press=lambda text: may_press(text, CONTENT),
            figure=figures_of(CONTENT),
            pairing=Pairing(),
            devices=PairedDevices(folder / "devices.json"),
            clock=time.monotonic,
            is_behind_proxy=is_behind_proxy,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @contextmanager
    def served(self) -> Iterator["Shown"]:
        app = Guard(page_app(self.desk), [])
        with served(app, self.pages, "127.0.0.1", self.port) as self.port:
            yield self

    def tell(self, event: Event, now: Snapshot) -> None:
        self.stage.add(event, now)
        self.pages.publish(message(now.seconds, self.stage.scene.as_dict()))

    def enter(self, state: str, **where: Any) -> None:
        now = replace(Snapshot(seconds=60.0), state=state, **where)
        self.tell(StateEntered(60.0, state), now)


def text_of(page: "Page", selector: str) -> str:
    return page.locator(selector).inner_text()


def until(page: "Page", condition: str) -> None:
    page.wait_for_function(f"() => {condition}")


FITS = """() => {
  const sheet = document.documentElement;
  return sheet.scrollHeight <= innerHeight && sheet.scrollWidth <= innerWidth;
}"""
MAIN_SHARE = (
    "() => parseFloat(getComputedStyle(document.getElementById('main')).fontSize) / innerHeight"
)
CONTRASTS = """() => {
  const light = (rgb) => {
    const [r, g, b] = rgb.match(/[\\d.]+/g).slice(0, 3).map((v) => {
      const c = v / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const under = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/, 0\\)$/.test(colour) && colour !== "transparent") return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const found = {};
  for (const element of document.querySelectorAll("h1, p, span, button, a, summary")) {
    if (!element.checkVisibility() || !element.textContent.trim()) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(under(element))];
    found[element.id || element.tagName] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return found;
}"""


CUT = """() => ["main", "title", "side"].filter((id) => {
  const words = document.getElementById("words").getBoundingClientRect();
  const one = document.getElementById(id);
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && (box.bottom > words.bottom + 1 || box.right > innerWidth + 1
    || box.top < words.top - 1 || one.scrollWidth > one.clientWidth + 1);
})"""
LOW = """() => [...document.querySelectorAll("button, summary")].filter((one) =>
  one.checkVisibility() && (one.getBoundingClientRect().bottom > innerHeight
    || one.getBoundingClientRect().height < 48 || one.getBoundingClientRect().width < 48
    || one.scrollWidth > one.clientWidth + 1)).map((one) => one.textContent)"""
LONG = replace(BEGAN, name="Band auseinanderziehen im Stand", then="Rumpfdrehung mit dem Band")
