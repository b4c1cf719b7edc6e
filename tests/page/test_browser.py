"""The page in a real Chromium: what a person sees, from the mat and by touch."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("starlette")

from rueckgrat.page import app as app_module
from rueckgrat.page import follower as follower_module
from rueckgrat.page.app import Desk, page_app
from rueckgrat.page.companion import figures_of, may_press
from rueckgrat.page.follower import Pages, message
from rueckgrat.page.guard import Guard
from rueckgrat.page.pairing import PairedDevices, Pairing
from rueckgrat.page.scene import Stage
from rueckgrat.page.server import served
from skill.content.loader import load_content
from skill.content.states import STATES
from skill.messages.events import CommandHeard, Event, Said, Snapshot, StateEntered
from skill.messages.heard import Command
from tests.page.test_scene import BEGAN, PHASE, REPETITION, TRAINING

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


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    with Shown(tmp_path).served() as one:
        yield one


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


def test_a_training_is_seen_from_the_mat(shown: Shown, browse: Callable[..., "Page"]) -> None:
    shown.tell(PHASE, TRAINING)
    page = browse(shown.url)
    until(page, "document.getElementById('main').textContent === '3 von 8'")
    assert text_of(page, "#title") == "Die Brücke"
    assert text_of(page, "#coming") == "Danach: Rudern"
    assert text_of(page, "#position") == "Übung 2 von 5"
    assert text_of(page, "#breath-word") == "ausatmen"
    assert page.locator("#chips button").count() == 3
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(FITS), (width, height)
        assert page.evaluate(MAIN_SHARE) >= 1 / 12, (width, height)
        assert page.locator("#stop").bounding_box()["height"] >= 48


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_stand_out_in_every_mode(
    shown: Shown, browse: Callable[..., "Page"], dark: bool
) -> None:
    page = browse(shown.url, dark=dark, reduced_motion=True)
    for state in ("menu.ask", "exercise.repeat", "paused", "pain.ask", "standby"):
        shown.enter(state, exercise=BEGAN, repetition=TRAINING.repetition, phase=PHASE)
        until(page, f"document.body.dataset.state === '{state}'")
        assert page.evaluate(FITS), state
        assert {
            name: ratio for name, ratio in page.evaluate(CONTRASTS).items() if ratio < 4.5
        } == {}, state


def test_every_state_fits_a_small_phone(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url, width=320, height=568)
    for state in ("menu.ask", "safety.ask", "exercise.position", "pain.where", "summary"):
        shown.enter(state, exercise=BEGAN)
        until(page, f"document.body.dataset.state === '{state}'")
        assert page.evaluate(FITS), state


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


def test_no_word_is_cut_on_a_small_phone(shown: Shown, browse: Callable[..., "Page"]) -> None:
    """Nor with text of twice the size on a tablet, which leaves as many pixels."""
    upright = browse(shown.url, width=320, height=568, reduced_motion=True)
    across = browse(shown.url, width=568, height=320, reduced_motion=True)
    for state in STATES:
        side = replace(REPETITION, side="rechte Seite")
        where = {"repetition": side, "phase": PHASE} if STATES[state].is_training else {}
        shown.enter(state, person="Maximiliane-Charlotte", exercise=LONG, **where)
        for page in (upright, across):
            until(page, f"document.body.dataset.state === '{state}'")
            assert page.evaluate(CUT) == [], state
            assert page.evaluate(LOW) == [], state
            assert page.evaluate(MAIN_SHARE) >= 1 / 12, state


def test_the_screen_stays_on_while_somebody_trains_and_no_longer(
    shown: Shown, browse: Callable[..., "Page"]
) -> None:
    page = browse(shown.url)
    awake = "document.body.dataset.awake"
    page.evaluate("""() => {
      window.locks = [];
      const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
      navigator.wakeLock.request = async (kind) => {
        const lock = await ask(kind);
        window.locks.push(lock);
        return lock;
      };
    }""")
    shown.tell(PHASE, TRAINING)
    until(page, f"['lock', 'video'].includes({awake})")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.locks.length") <= 1
    shown.enter("standby")
    until(page, f"{awake} === ''")
    assert page.evaluate("window.locks.every((lock) => lock.released)")
    assert page.locator("video").count() == 0
    page.evaluate("() => { navigator.wakeLock.request = () => Promise.reject(new Error('no')); }")
    shown.tell(PHASE, TRAINING)
    until(page, f"{awake} === 'video'")
    assert page.locator("video").count() == 1
    shown.enter("standby")
    until(page, f"{awake} === ''")
    page.wait_for_timeout(1200)
    assert page.locator("video").count() == 0


def test_a_closed_microphone_is_seen(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url)
    shown.enter("paused", is_muted=True)
    until(page, "document.getElementById('heard').textContent === 'Das Mikrofon ist zu.'")
    page.get_by_role("button", name="Mikrofon öffnen").click()
    until(page, "!document.querySelector('[aria-busy=true]')")
    assert shown.pressed == ["mute"]


def test_what_is_told_ahead_is_shown_when_it_is_said_and_what_to_do_in_pain_stays(
    shown: Shown, browse: Callable[..., "Page"]
) -> None:
    page = browse(shown.url)
    line = "document.getElementById('line').textContent"
    at_once = replace(TRAINING, seconds=100.0)
    shown.tell(Said(100.0, 101.0, "Jetzt.", "x"), at_once)
    until(page, f"{line} === 'Jetzt.'")
    shown.tell(Said(102.0, 103.0, "Gleich.", "x"), at_once)
    page.wait_for_timeout(300)
    assert page.evaluate(line) == "Jetzt."
    until(page, f"{line} === 'Gleich.'")
    shown.enter("pain.ask")  # a minute later, for the clock of the test
    shown.tell(Said(170.0, 171.0, "Leg den Rücken ab.", "x"), Snapshot(180.0, "pain.ask"))
    until(page, f"{line} === 'Leg den Rücken ab.'")
    assert page.locator("#line").get_attribute("aria-live") == "polite"


def test_keys_reach_everything_and_stay_where_they_were(
    shown: Shown, browse: Callable[..., "Page"]
) -> None:
    page = browse(shown.url)
    shown.tell(PHASE, TRAINING)
    until(page, "document.querySelectorAll('#chips button').length === 3")
    order = []
    for _ in range(7):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.textContent"))
    assert order == [
        *("Verlauf", "Einstellungen", "weiter", "wiederholen", "pause", "mehr", "stopp")
    ]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    shown.enter("paused", exercise=BEGAN)
    until(page, "document.body.dataset.state === 'paused'")
    assert page.evaluate("document.activeElement.dataset.command")


def test_names_and_what_was_heard_are_no_html(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url)
    evil = "<img src=x onerror=alert(1)>"
    named = replace(BEGAN, name=evil, then=evil, level=evil)
    heard = CommandHeard(69.0, 69.5, 70.0, evil, Command("pause"))
    shown.tell(heard, replace(TRAINING, exercise=named, person=evil, seconds=70.0))
    until(page, "document.getElementById('heard').textContent")
    assert text_of(page, "#heard") == f"verstanden: {evil}"
    assert text_of(page, "#title") == text_of(page, "#person") == evil
    assert page.locator("img").count() == 0


def test_text_of_twice_the_size_fits(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url, reduced_motion=True)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    shown.tell(PHASE, TRAINING)
    until(page, "document.getElementById('main').textContent === '3 von 8'")
    assert float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 32
    assert page.evaluate(FITS)
    assert page.evaluate(CUT) == page.evaluate(LOW) == []


def test_the_end_stays_without_an_alarm(tmp_path: Path, browse: Any) -> None:
    one = Shown(tmp_path)
    with one.served():
        page = browse(one.url)
        one.enter("finished")
        until(page, "document.getElementById('main').textContent === 'Bis bald'")
    until(page, "document.body.dataset.link === 'away'")
    assert text_of(page, "#main") == "Bis bald"
    assert page.locator("#away").is_hidden()
    page.close()
    browse.errors[:] = [one for one in browse.errors if "net::ERR_" not in one]


def test_a_tablet_is_connected_by_the_code_until_it_is_forgotten(
    tmp_path: Path, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "_ASKED_AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(follower_module, "PULSE_SECONDS", 0.1)
    one = Shown(tmp_path, is_behind_proxy=True)
    with one.served():
        one.enter("paused", exercise=BEGAN)
        page = browse(one.url)
        page.get_by_label("Vier Ziffern").fill("0000")
        page.get_by_role("button", name="Verbinden").click()
        until(page, "document.getElementById('answer').textContent.includes('nicht der Code')")
        page.get_by_label("Vier Ziffern").fill(one.desk.pairing.new_code(time.monotonic()))
        page.get_by_label("Name des Geräts").fill("Tablet")
        page.get_by_role("button", name="Verbinden").click()
        page.wait_for_selector("#main:text-is('Pause')")
        assert one.desk.devices.forget() == 1
        page.wait_for_selector("#code")
        page.close()
    refusals = ("401", "403", "net::ERR_")
    browse.errors[:] = [told for told in browse.errors if not any(x in told for x in refusals)]


def test_the_breath_fills_and_empties_in_time(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url)
    radius = "Number(document.getElementById('air').getAttribute('r'))"
    for breath, rising in (("in", True), ("out", False)):
        phase = replace(PHASE, breath=breath, seconds=100.0, planned_seconds=2.0)
        shown.tell(phase, replace(TRAINING, seconds=100.0, phase=phase))
        until(
            page,
            f"document.getElementById('breath-word').textContent === '{breath}atmen'".replace(
                "inatmen", "einatmen"
            ).replace("outatmen", "ausatmen"),
        )
        first = page.evaluate(radius)
        page.wait_for_timeout(500)
        assert (page.evaluate(radius) > first) is rising


def test_who_wants_no_motion_gets_none(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url, reduced_motion=True)
    phase = replace(PHASE, breath="in", seconds=100.0, planned_seconds=3.0)
    shown.tell(phase, replace(TRAINING, seconds=100.0, phase=phase))
    until(page, "document.getElementById('breath-word').textContent === 'einatmen'")
    drawn = "document.getElementById('picture').innerHTML"
    first = page.evaluate(drawn)
    page.wait_for_timeout(400)
    assert page.evaluate(drawn) == first


def test_a_touch_acts_like_a_button(shown: Shown, browse: Callable[..., "Page"]) -> None:
    shown.enter("menu.ask")
    page = browse(shown.url)
    page.get_by_role("button", name="stopp").click()
    page.locator("#chips button").first.click()
    page.locator("summary").click()
    page.locator("#more-chips button").first.click()
    until(page, "!document.getElementById('more').open")
    assert shown.pressed[:2] == ["stop", "programme(rueckentraining)"]
    assert len(shown.pressed) == 3


def test_what_was_understood_shows_for_a_while(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url)
    shown.tell(
        CommandHeard(69.0, 69.5, 70.0, "pause", Command("pause")), replace(TRAINING, seconds=70.0)
    )
    until(page, "document.getElementById('heard').textContent === 'verstanden: pause'")
    shown.tell(StateEntered(75.0, "paused"), replace(TRAINING, seconds=75.0, state="paused"))
    until(page, "document.getElementById('heard').textContent === ''")


def test_standby_shows_the_time(shown: Shown, browse: Callable[..., "Page"]) -> None:
    shown.enter("standby")
    page = browse(shown.url)
    until(page, "/^\\d\\d:\\d\\d$/.test(document.getElementById('clock').textContent)")
    assert page.locator("#stop").is_hidden()


def test_a_trainer_that_goes_is_missed_and_found_again(tmp_path: Path, browse: Any) -> None:
    one = Shown(tmp_path)
    with ExitStack() as stack:
        stack.enter_context(one.served())
        one.tell(PHASE, TRAINING)
        page = browse(one.url)
        until(page, "document.getElementById('main').textContent === '3 von 8'")
        stack.close()
        until(page, "!document.getElementById('away').hidden")
        one.enter("paused", exercise=BEGAN)
        stack.enter_context(one.served())
        until(page, "document.getElementById('main').textContent === 'Pause'")
        assert page.locator("#away").is_hidden()
        page.close()
    browse.errors[:] = [one for one in browse.errors if "net::ERR_" not in one]


def test_what_is_told_is_seen_at_once(shown: Shown, browse: Callable[..., "Page"]) -> None:
    """The figure is in the bench; here no more than that nothing waits for anything."""
    page = browse(shown.url)
    shown.enter("paused")
    until(page, "document.getElementById('main').textContent === 'Pause'")
    page.evaluate("""() => {
      const watch = new MutationObserver(() => (window.seen = Date.now()));
      const all = {childList: true, characterData: true, subtree: true};
      watch.observe(document.getElementById("main"), all);
    }""")
    began = time.time()
    shown.enter("standby")
    until(page, "window.seen")
    assert page.evaluate("window.seen") / 1000 - began < 1.0


def test_the_figure_moves_with_the_phase_and_stays_on_its_sheet(
    shown: Shown, browse: Callable[..., "Page"]
) -> None:
    page = browse(shown.url)
    phase = replace(PHASE, seconds=100.0, planned_seconds=2.0)
    shown.tell(phase, replace(TRAINING, seconds=100.0, phase=phase))
    thigh = "document.querySelector('#figure .limb.thighs')?.getAttribute('d')"
    until(page, thigh)
    page.wait_for_timeout(600)
    first = page.evaluate(thigh)
    page.wait_for_timeout(400)
    assert page.evaluate(thigh) != first
    inside = page.evaluate("""() => {
      const sheet = document.getElementById("figure").getBoundingClientRect();
      return [...document.querySelectorAll("#figure .limb:not(.extra)")].every((limb) => {
        const box = limb.getBoundingClientRect();
        return box.left >= sheet.left - 2 && box.right <= sheet.right + 2
          && box.top >= sheet.top - 2 && box.bottom <= sheet.bottom + 2;
      });
    }""")
    assert inside


def test_an_exercise_without_a_figure_shows_one_that_rests(
    shown: Shown, browse: Callable[..., "Page"]
) -> None:
    page = browse(shown.url)
    own = replace(BEGAN, exercise="meine-eigene", name="Meine Übung")
    shown.tell(PHASE, replace(TRAINING, exercise=own))
    until(page, "document.querySelector('#figure .limb.thighs')?.getAttribute('d')")
