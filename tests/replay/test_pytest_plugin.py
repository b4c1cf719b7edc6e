"""The plugin as an outside user meets it: pytest is run on a folder of dialog tests."""

from pathlib import Path

import pytest

from rueckgrat.recordings.wav import write_wav
from rueckgrat.replay import pytest_plugin, sessions
from skill.messages.blocks import EAR_RATE_HZ
from tests.replay.fakes import make_session, recording

pytest_plugins = ["pytester"]

GOOD = """
title: Weiter
steps:
  - when: {said: menu.ask}
    user: next
    expect: [heard: next]
"""


class Installed:
    """Does what the package's entry point does, unless it has done so."""

    @staticmethod
    def pytest_configure(config: pytest.Config) -> None:
        if not config.pluginmanager.is_registered(pytest_plugin):
            config.pluginmanager.register(pytest_plugin)


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sessions, "session_maker", lambda _: make_session)
    write_wav(pytester.path / "next.wav", EAR_RATE_HZ, recording("next"))
    return pytester.path


def run(pytester: pytest.Pytester, text: str) -> pytest.RunResult:
    (pytester.path / "try.dialog.yaml").write_text(text, encoding="utf-8")
    (pytester.path / "other.yaml").write_text("no: test", encoding="utf-8")
    return pytester.runpytest_inprocess(plugins=[Installed()])


def test_a_dialog_is_one_test(pytester: pytest.Pytester, folder: Path) -> None:
    run(pytester, GOOD).assert_outcomes(passed=1)


def test_a_failure_names_the_line_the_expectation_and_the_takes_folder(
    pytester: pytest.Pytester, folder: Path
) -> None:
    result = run(pytester, GOOD.replace("heard: next", "heard: stop"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*try.dialog.yaml:6: heard: stop: Das ist nicht passiert.",
            "*said     menu.ask „Womit?“*",
            "Zum Anhören und Mitlesen: *dialogs/try/session.html",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    takes = next(folder.glob(".pytest_cache/d/dialogs/try"))
    assert (takes / "timeline.svg").exists()
    page = (takes / "session.html").read_text(encoding="utf-8")
    assert "erwartet: <code>heard: stop</code>" in page
    assert "<small>try.dialog.yaml:6</small>" in page


def test_a_wrong_file_is_one_sentence(pytester: pytest.Pytester, folder: Path) -> None:
    result = run(pytester, GOOD.replace("user:", "usre:"))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*Zeile 5: *„usre“ kenne ich nicht*„user“?"])
