"""The page in a real Chromium: on every screen, for every eye, by keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette")

from skill.content.states import STATES
from skill.messages.events import CommandHeard
from skill.messages.heard import Command
from tests.page.test_scene import BEGAN, PHASE, REPETITION, TRAINING

if TYPE_CHECKING:
    from playwright.sync_api import Page

from tests.page.shown import (
    CONTRASTS,
    CUT,
    FITS,
    LONG,
    LOW,
    MAIN_SHARE,
    SIZES,
    Shown,
    text_of,
    until,
)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    with Shown(tmp_path).served() as one:
        yield one


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


def test_who_wants_no_motion_gets_none(shown: Shown, browse: Callable[..., "Page"]) -> None:
    page = browse(shown.url, reduced_motion=True)
    phase = replace(PHASE, breath="in", seconds=100.0, planned_seconds=3.0)
    shown.tell(phase, replace(TRAINING, seconds=100.0, phase=phase))
    until(page, "document.getElementById('breath-word').textContent === 'einatmen'")
    drawn = "document.getElementById('picture').innerHTML"
    first = page.evaluate(drawn)
    page.wait_for_timeout(400)
    assert page.evaluate(drawn) == first
