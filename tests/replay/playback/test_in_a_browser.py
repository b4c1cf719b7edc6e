"""The page as a person uses it, in a real Chromium: from a file, with keys and with clicks."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rueckgrat.replay.checks import Failure
from rueckgrat.replay.overview import SessionOverview
from rueckgrat.replay.playback import write_playback
from tests.browsers import Browse, until
from tests.replay.playback.made_up import FAILURES, SECONDS, take, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("session")).as_uri()


@pytest.fixture(scope="module")
def failed_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("failed"), *FAILURES).as_uri()


def ready(page: "Page") -> "Page":
    until(page, "audio.readyState >= 2")
    return page


def at(page: "Page") -> float:
    """Return where the sound is, s."""
    return float(page.evaluate("audio.currentTime"))


def current(page: "Page") -> str:
    return page.inner_text(".line[aria-current] .what")


def test_it_plays_from_a_file_and_the_words_keep_step(browse: Browse, url: str) -> None:
    page = ready(browse(url))
    assert url.startswith("file://")
    assert page.evaluate("audio.duration") == pytest.approx(SECONDS, abs=0.11)
    page.get_by_role("button", name="Abspielen").click()
    until(page, "audio.currentTime > 0.3")
    assert current(page) == "Hallo & <b>willkommen</b>."
    page.get_by_role("button", name="Anhalten").click()
    assert page.evaluate("audio.paused")
    page.evaluate("audio.currentTime = 6.5")
    until(page, "document.querySelector('.line[aria-current]').dataset.at === '6.10'")
    assert page.inner_text("#clock") == "0:06 / 1:30"


def test_a_click_on_a_line_or_the_picture_plays_from_there(browse: Browse, url: str) -> None:
    page = ready(browse(url))
    page.get_by_role("button", name="Wiederholung 3.").click()
    assert at(page) == pytest.approx(34.0, abs=0.5)
    assert not page.evaluate("audio.paused")
    assert current(page) == "Wiederholung 3."
    row = page.locator("#rows svg").nth(2)  # at this width a row is half a minute
    page.evaluate("audio.pause()")
    row.click(position={"x": row.bounding_box()["width"] / 2, "y": 40})
    assert at(page) == pytest.approx(75.0, abs=0.5)
    assert not page.evaluate("audio.paused")


def test_keys(browse: Browse, url: str) -> None:
    page = ready(browse(url))
    keys = page.keyboard
    keys.press(" ")
    until(page, "!audio.paused")
    keys.press(" ")
    assert page.evaluate("audio.paused")
    keys.press("Home")
    for key, seconds in (
        ("ArrowRight", 5.0),
        ("j", 6.1),
        ("j", 20.0),
        ("k", 6.1),
        ("ArrowLeft", 1.1),
        ("End", SECONDS),
        ("Home", 0.0),
    ):
        keys.press(key)
        assert at(page) == pytest.approx(seconds, abs=0.15), key
    page.locator(".line").first.focus()
    keys.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.at") == "5.00"
    keys.press("Enter")
    until(page, "!audio.paused")
    assert at(page) == pytest.approx(5.0, abs=0.5)
    page.evaluate("audio.pause()")
    page.get_by_text("Tasten", exact=True).click()
    page.get_by_label("Tasten gelten").uncheck()
    keys.press("Home")
    assert at(page) > 4


def test_failures_are_marked_with_what_was_expected(browse: Browse, failed_url: str) -> None:
    page = ready(browse(failed_url))
    assert page.get_by_role("heading", name="Nicht wie erwartet: 2").is_visible()
    first = page.get_by_role("button", name="Fehler 1 00:40.0 erwartet: heard: <stop>")
    assert first.count() == 2  # at the top, and where it happened
    assert at(page) == pytest.approx(37.0, abs=0.05)  # the page opens shortly before the first
    assert page.locator("#rows .failure-sign").all_text_contents() == ["✗1", "✗2"]
    page.keyboard.press("f")
    assert at(page) == pytest.approx(57.0, abs=0.5)
    first.first.click()
    assert at(page) == pytest.approx(37.0, abs=0.5)


@pytest.mark.parametrize("width", [320, 1920])
def test_it_fits_the_window(browse: Browse, failed_url: str, width: int) -> None:
    page = ready(browse(failed_url, width=width, height=640))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('button, #rows svg')]"
        ".map((one) => one.getBoundingClientRect().right))"
    )
    assert right <= width
    assert page.locator("#rows svg").count() == {320: 5, 1920: 2}[width]
    page.set_viewport_size({"width": 640, "height": 640})
    until(page, "document.querySelectorAll('#rows svg').length === 3")


CONTRASTS = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (rgb) => rgb.slice(0, 3)
        .map((one) => one / 255)
        .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
    const ground = (element) => {
        for (let one = element; one; one = one.parentElement) {
            const rgba = channels(getComputedStyle(one).backgroundColor);
            if (rgba.length === 3 || rgba[3] === 1) return rgba;
        }
    };
    const poor = [];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const element = nodes.currentNode.parentElement;
        if (!nodes.currentNode.data.trim() || element.closest('script, svg title')) continue;
        const style = getComputedStyle(element);
        const colour = element.closest('svg') ? style.fill : style.color;
        const pair = [light(channels(colour)), light(ground(element))].sort((a, b) => b - a);
        const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (ratio < 4.5) poor.push(`${nodes.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
    }
    return poor;
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_word_stands_out_from_its_ground(browse: Browse, failed_url: str, dark: bool) -> None:
    page = ready(browse(failed_url, dark=dark))
    page.locator("summary").click()
    assert page.evaluate(CONTRASTS) == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(18, 24, 30)") == dark


@pytest.mark.parametrize("reduced", [False, True])
def test_it_moves_softly_unless_less_motion_is_wanted(
    browse: Browse, url: str, reduced: bool
) -> None:
    page = ready(browse(url, height=400, reduced_motion=reduced))
    moved_at_once = page.evaluate("(seek(86), scrollY > 0)")
    assert moved_at_once == reduced
    until(page, "scrollY > 0")


def test_everything_has_a_name_for_who_cannot_see_it(browse: Browse, url: str) -> None:
    page = ready(browse(url))
    for role, name in (
        ("group", "Wiedergabe"),
        ("button", "5 Sekunden zurück"),
        ("button", "5 Sekunden vor"),
        ("slider", "Stelle im Training"),
        ("combobox", "Tempo"),
        ("checkbox", "mitlaufen"),
        ("region", "Verlauf"),
        ("img", "Zeitleiste mit Ton"),
    ):
        assert page.get_by_role(role, name=name).count() >= 1, name
    assert page.get_attribute("#position", "aria-valuetext") == "0:00 von 1:30"
    assert page.get_attribute("html", "lang") == "de"
    in_order = page.locator(".line[tabindex='0']")
    assert in_order.count() == 1  # one stop for all lines: arrow keys lead from there


def test_without_sound_it_says_so(browse: Browse, url: str, tmp_path: Path) -> None:
    write_playback(tmp_path / "session.html", SessionOverview.of(take(), "Still"), None)
    page = browse((tmp_path / "session.html").as_uri())
    assert page.inner_text("#trouble") == "Zu diesem Training gibt es hier keinen Ton."
    assert page.locator("#play").is_disabled()
    page.get_by_role("button", name="Wiederholung 3.").click()
    assert current(page) == "Wiederholung 3."


def test_failures_of_one_moment_stand_side_by_side(browse: Browse, tmp_path: Path) -> None:
    at_the_edge = [Failure((), f"Nummer {n}", 59.95) for n in (1, 2, 3)]
    overview = SessionOverview.of(take(), "Am Rand", tuple(at_the_edge))
    write_playback(tmp_path / "session.html", overview, None)
    page = browse((tmp_path / "session.html").as_uri(), width=320)
    edges = page.evaluate(
        "[...document.querySelectorAll('.failure-sign')]"
        ".map((sign) => sign.getBoundingClientRect())"
        ".map((box) => [box.left, box.right]).sort((a, b) => a[0] - b[0])"
    )
    assert len(edges) == 3
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(edges))
    assert edges[-1][1] <= 320


def test_what_failed_is_seen_first(browse: Browse, failed_url: str) -> None:
    page = ready(browse(failed_url, width=320, height=500))
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == 0
    assert page.get_by_role("heading", name="Nicht wie erwartet: 2").is_visible()
