"""History and settings in a real Chromium: on a phone, on a television, and filled in by hand."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("uvicorn")

from rueckgrat.history import open_history
from rueckgrat.page.app import page_app
from rueckgrat.page.follower import Pages
from rueckgrat.page.guard import Guard
from rueckgrat.page.server import served
from rueckgrat.page.settings_form import SettingsForm
from rueckgrat.page.sheets import sheet_routes
from skill.content.loader import load_content
from skill.messages.notes import HistoryEntry, Load, Outcome, SessionBegan, SetDone
from skill.settings import load_settings
from tests.page.house import House
from tests.page.shown import CONTRASTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE = "() => document.documentElement.scrollWidth > innerWidth"
UNNAMED = """() => [...document.querySelectorAll("input, select, button, a, img")].filter((one) =>
  !(one.labels && one.labels.length) && !one.textContent.trim() && !one.alt).length"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def url(home: Path) -> Iterator[str]:
    form = SettingsForm(load_content(), lambda: ["gmw/de"], home / "settings.toml")
    house, pages = House(home), Pages()
    house.desk = house.desk.__class__(
        **{**vars(house.desk), "further": sheet_routes(lambda _: True, form)}
    )
    with served(Guard(page_app(house.desk), []), pages, "127.0.0.1", 0) as port:
        yield f"http://127.0.0.1:{port}"


def test_settings_are_filled_in_by_hand(
    url: str, home: Path, browse: Callable[..., "Page"]
) -> None:
    page = browse(f"{url}/einstellungen")
    page.get_by_label("Wer trainiert hier?").fill("Anna, Bernd")
    page.get_by_label("Der Seitstütz").check()
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_selector("text=Gespeichert.")
    settings = load_settings(environment={}, file=home / "settings.toml")
    assert settings.people == ("Anna", "Bernd")
    assert settings.leave_out == ("seitstuetz",)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_sheets_fit_every_screen_and_can_be_read(
    url: str, browse: Callable[..., "Page"], dark: bool
) -> None:
    with open_history() as history:
        for name in ("maximiliane-charlotte", "a & b=ä#1"):
            now = datetime.now() - timedelta(hours=1)
            done = SetDone("bruecke", (8,), Load(repetitions=8), Outcome.COMPLETE)
            history.add(HistoryEntry(name, now, SessionBegan()))
            history.add(HistoryEntry(name, now, done))
    page = browse(f"{url}/verlauf", dark=dark)
    for sheet in ("verlauf", "einstellungen"):
        page.goto(f"{url}/{sheet}")
        for width, height in ((320, 568), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            assert not page.evaluate(WIDE), (sheet, width)
        assert page.evaluate(UNNAMED) == 0
        assert min(page.evaluate(CONTRASTS).values()) >= 4.5
        pictures = "() => [...document.images].every((one) => one.complete && one.naturalWidth)"
        assert page.evaluate(pictures)
        assert page.evaluate("document.documentElement.lang") == "de"
