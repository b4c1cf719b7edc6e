"""The companion page in a real browser: how soon it shows what is told, and what it costs.

    python -m workbench.companion [--json] [--seconds 20]     the figures
    python -m workbench.companion --pictures FOLDER           a picture of ten states

Needs Chromium and the extras ``web`` and ``dev``. The cost is the processor time of the process in
which the trainer runs, with ten open pages and with none, in the same run; events come as often
as in a training, and a figure moves in every page.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rueckgrat.page.app import Desk, page_app
from rueckgrat.page.companion import figures_of, may_press
from rueckgrat.page.follower import PageFollower, Pages
from rueckgrat.page.guard import Guard
from rueckgrat.page.pairing import PairedDevices, Pairing
from rueckgrat.page.scene import Stage
from rueckgrat.page.server import served
from skill.content.loader import load_content
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, Exchange, silence
from skill.messages.events import (
    CommandHeard,
    Event,
    ExerciseBegan,
    PhaseBegan,
    RepetitionBegan,
    Said,
    Snapshot,
    StateEntered,
)
from skill.messages.heard import Command
from skill.observers.whereabouts import after

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = 10
_TELLINGS = 40
_CHROMIUM = "/usr/bin/chromium"
_OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

BEGAN = ExerciseBegan(
    60.0, "bruecke", "Die Brücke", 8, (), "normal", 96.0, 2, 5, "rueckentraining", "Bein anheben"
)
REPETITION = RepetitionBegan(99.0, "bruecke", "", 3, 8, 14.0)
LIFT = PhaseBegan(
    100.0, "bruecke", "", 3, 8, 1, 4, "heben", "move", "Ausatmen und heben.", "out", 4.0
)


@dataclass
class Show:
    """A page that is served, and the session that it follows, played by hand."""

    pages: Pages
    port: int
    stage: Stage
    follower: PageFollower
    now: Snapshot

    @property
    def url(self) -> str:
        """Where to see it."""
        return f"http://127.0.0.1:{self.port}/"

    def tell(self, *events: Event, seconds: float) -> None:
        """Let this happen in one block."""
        for event in events:
            self.now = replace(after(self.now, event), seconds=seconds)
            self.follower.add(event)
        block = silence(EAR_BLOCK_SAMPLES)
        self.follower.after_block(Exchange(seconds, block, block))


@contextmanager
def show(invitation: str = "") -> Iterator[Show]:
    """Serve the page of a session that is played by hand."""
    content, pages = load_content(), Pages()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(
            pages=pages,
            press=lambda _: None,
            may_press=lambda text: may_press(text, content),
            figure=figures_of(content),
            pairing=Pairing(),
            devices=PairedDevices(Path(folder) / "devices.json"),
            clock=time.monotonic,
        )
        with served(Guard(page_app(desk), []), pages, "127.0.0.1", 0) as port:
            stage = Stage(content, lambda: invitation)
            follower = PageFollower(stage, pages, lambda: made.now)
            made = Show(pages, port, stage, follower, Snapshot())
            yield made


@contextmanager
def chromium() -> "Iterator[Browser]":
    """Start a browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_OPTIONS)
        yield browser
        browser.close()


# --- figures ------------------------------------------------------------------------------------


def delays_ms(browser: "Browser") -> list[float]:
    """Return how long it takes from telling to the words on the page, in milliseconds."""
    with show() as made:
        page = browser.new_page()
        page.goto(made.url)
        page.wait_for_selector("#main:not(:empty)")
        page.evaluate("""() => {
          window.seen = [];
          new MutationObserver(() => window.seen.push(Date.now())).observe(
            document.getElementById("main"), {childList: true, characterData: true, subtree: true});
        }""")
        told = []
        for number in range(_TELLINGS):
            time.sleep(0.15)
            told.append(time.time() * 1000)
            made.tell(
                StateEntered(100.0 + number, "paused" if number % 2 else "summary"),
                seconds=100.0 + number,
            )
        page.wait_for_timeout(500)
        seen: list[float] = page.evaluate("() => window.seen")
        page.close()
    return [there - then for there, then in zip(seen, told, strict=True)]


def cores(browser: "Browser | None", pages: int, seconds: float) -> float:
    """Return the share of a core that the process needs, with so many pages open."""
    with show() as made:
        opened = [browser.new_page() for _ in range(pages)] if browser else []
        for page in opened:
            page.goto(made.url)
        made.tell(StateEntered(100.0, "exercise.repeat"), BEGAN, REPETITION, seconds=100.0)
        time.sleep(1.0)
        began, used = time.monotonic(), time.process_time()
        for block in range(round(seconds / BLOCK_SECONDS)):
            now = 100.0 + block * BLOCK_SECONDS
            made.tell(*_due(block, now), seconds=now)
            time.sleep(max(0.0, began + (block + 1) * BLOCK_SECONDS - time.monotonic()))
        share = (time.process_time() - used) / (time.monotonic() - began)
        for page in opened:
            page.close()
    return share


def _due(block: int, now: float) -> Iterator[Event]:
    """Yield what happens in a block of a training: a phase each four seconds, words, a command."""
    if block % 40 == 0:
        yield replace(LIFT, seconds=now)
        yield Said(now, now + 1.5, "Ausatmen und heben.", "bruecke.heben")
    if block % 100 == 50:
        yield CommandHeard(now - 0.5, now - 0.1, now, "langsamer", Command("slower"))


def measure(seconds: float) -> dict[str, Any]:
    """Return all figures."""
    alone = cores(None, 0, seconds)
    with chromium() as browser:
        with_pages = cores(browser, PAGES, seconds)
        delays = sorted(delays_ms(browser))
    return {
        "cores_without_pages": round(alone, 4),
        f"cores_with_{PAGES}_pages": round(with_pages, 4),
        "cores_of_the_pages": round(with_pages - alone, 4),
        "delay_ms_median": round(statistics.median(delays), 1),
        "delay_ms_worst": round(delays[-1], 1),
    }


# --- pictures -----------------------------------------------------------------------------------

_TRAINING = (StateEntered(99.0, "exercise.repeat"), BEGAN, REPETITION)
_STATES: dict[str, tuple[Event, ...]] = {
    "standby": (StateEntered(1.0, "standby"),),
    "safety": (StateEntered(1.0, "safety.ask"), Said(99.0, 120.0, "Darfst du trainieren?", "")),
    "menu": (StateEntered(1.0, "menu.ask"), Said(99.0, 120.0, "Was möchtest du machen?", "")),
    "introduce": (BEGAN, StateEntered(60.0, "exercise.introduce")),
    "training": (*_TRAINING, replace(LIFT, seconds=98.0), Said(98.0, 120.0, LIFT.text, "")),
    "understood": (
        *_TRAINING,
        replace(LIFT, seconds=97.0),
        CommandHeard(98.0, 99.0, 99.5, "langsamer", Command("slower")),
    ),
    "paused": (*_TRAINING, StateEntered(99.0, "paused")),
    "pain": (
        *_TRAINING,
        StateEntered(99.0, "pain.where"),
        Said(99.0, 120.0, "Leg den Rücken sachte ab. Wo tut es weh?", ""),
    ),
    "feedback": (BEGAN, StateEntered(99.0, "exercise.feedback")),
    "summary": (
        StateEntered(99.0, "summary"),
        Said(99.0, 120.0, "Das hast du heute geschafft. Die Brücke, acht Wiederholungen.", ""),
    ),
}


def draw(folder: Path) -> None:
    """Take a picture of each state, dark and light in turn, as a tablet shows it."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for number, (name, events) in enumerate(_STATES.items()):
            with show("Nächste Einladung: Freitag, 18:00 Uhr") as made:
                made.tell(*events, seconds=100.0)
                page = browser.new_page(
                    viewport={"width": 1024, "height": 640},
                    color_scheme="light" if number % 2 else "dark",
                    locale="de-DE",
                )
                _photograph(page, made.url, folder / f"{name}.png")


def _photograph(page: "Page", url: str, file: Path) -> None:
    page.goto(url)
    page.wait_for_function(
        "() => !document.getElementById('figure').hasAttribute('hidden')"
        " ? document.querySelector('#figure path') : document.getElementById('clock').textContent"
    )
    page.wait_for_timeout(700)
    page.screenshot(path=str(file))
    page.close()


def main(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    seconds: Annotated[float, typer.Option(min=5, help="How long the cost is measured.")] = 20.0,
    pictures: Annotated[Path | None, typer.Option(help="Draw ten states into a folder.")] = None,
) -> None:
    """Measure the companion page in a real browser, or draw its pictures."""
    if pictures:
        draw(pictures)
        return
    figures = measure(seconds)
    if as_json:
        typer.echo(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        typer.echo(f"{name:<24} {value}")


if __name__ == "__main__":
    typer.run(main)
