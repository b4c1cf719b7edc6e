"""A recorded session drives the page: what a browser has shown on the way."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("uvicorn")

from rueckgrat.page.companion import Companion
from rueckgrat.replay.play import play_dialog
from skill.messages.events import Event, StateEntered
from skill.session import Session
from skill.settings import Settings
from tests.browsers import until
from tests.programs import CHECKOUT

if TYPE_CHECKING:
    from playwright.sync_api import Page

DIALOG = CHECKOUT / "tests" / "dialogs" / "pain-over-the-coach.dialog.yaml"
REMEMBER = """() => {
  window.seen = [];
  const note = () => {
    const text = (id) => document.getElementById(id).textContent;
    window.seen.push([document.body.dataset.mode, text("main"), text("title"), text("heard")]);
  };
  const all = { childList: true, characterData: true, subtree: true, attributes: true };
  new MutationObserver(note).observe(document.body, all);
}"""


def test_a_recorded_session_is_seen_in_a_browser(
    browse: Callable[..., "Page"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At full speed: two seconds of the browser are a minute of the session."""
    monkeypatch.setattr("rueckgrat.page.companion.devices_file", lambda: tmp_path / "devices.json")
    settings = Settings(page=True)
    object.__setattr__(settings, "page_port", 0)  # any that is free
    late: list[Page] = []
    said: list[str] = []

    with ExitStack() as stack:

        def onlooker(session: Session) -> None:
            port = stack.enter_context(Companion(settings, said.append).shown(session))
            url.append(f"http://127.0.0.1:{port}/")
            early.append(browse(url[0], reduced_motion=True))
            until(early[0], "document.body.dataset.link === 'open'")
            early[0].evaluate(REMEMBER)

        def show(event: Event) -> None:
            if isinstance(event, StateEntered) and event.state == "pain.ask" and not late:
                late.append(browse(url[0], reduced_motion=True))
                until(late[0], "document.body.dataset.mode === 'pain'")

        url: list[str] = []
        early: list[Page] = []
        assert play_dialog(DIALOG, settings, None, show, onlooker).passed
        for page in (*early, *late):
            until(page, "document.getElementById('main').textContent === 'Was möchtest du machen?'")
        seen = early[0].evaluate("() => window.seen")
    assert said == [f"Die Seite zum Mitschauen: http://127.0.0.1:{url[0].split(':')[-1][:-1]}"]
    shown = {tuple(one) for one in seen}
    assert ("talk", "Bevor es losgeht") in {one[:2] for one in shown}
    assert ("Gleich geht es los", "Bein anheben") in {one[1:3] for one in shown}
    assert ("pain", "Halt inne") in {one[:2] for one in shown}
    assert "verstanden: aua" in {one[3] for one in shown}
