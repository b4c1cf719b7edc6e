"""The page in a real Chromium: what a person sees, from the mat and by touch."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("starlette")

from rueckgrat.page import app as app_module
from rueckgrat.page import follower as follower_module
from skill.messages.events import CommandHeard, Said, Snapshot, StateEntered
from skill.messages.heard import Command
from tests.page.test_scene import BEGAN, PHASE, TRAINING

if TYPE_CHECKING:
    from playwright.sync_api import Page

from tests.page.shown import Shown, text_of, until


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    with Shown(tmp_path).served() as one:
        yield one


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
