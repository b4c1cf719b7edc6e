"""Dialogs with people's voices; none of their clips has trained the built-in model."""

import shutil
from pathlib import Path

import pytest

from rueckgrat.replay.report import report
from rueckgrat.replay.run import Result, run_dialog
from rueckgrat.replay.sessions import session_maker
from skill.settings import load_settings

ANNA = Path(__file__).parents[1] / "recordings" / "anna"

pytestmark = pytest.mark.recordings


def run(folder: Path, recordings: dict[str, Path], text: str) -> Result:
    """Run a dialog test whose recordings are picked from several places."""
    for name, path in recordings.items():
        shutil.copy(path, folder / f"{name}{path.suffix}")
    path = folder / "human.dialog.yaml"
    path.write_text(text, encoding="utf-8")
    return run_dialog(path, session_maker(load_settings()))


PEOPLE = """
title: Menschen nennen Zahlen, machen Pause und hören auf
steps:
  - when: {said: safety.ask, after: 0.5 s}
    user: ja
  - when: {said: menu.ask, after: 0.5 s}
    user: bruecke
  - when: {said: menu.count, after: 0.5 s}
    user: zwei
    expect: [heard: number(2), coach: count.set]
  - when: {said: position.ready, after: 0.5 s}
    user: sechs
    expect: [heard: number(6), coach: count.set]
  - when: {said: count.set, after: 2 s}
    user: pause
    expect: [heard: pause, state: paused]
  - when: {said: paused.asked, after: 1 s}
    user: beenden
    expect: [heard: quit, state: goodbye]
never:
  - rejected: any
"""


def test_people_are_understood(tmp_path: Path, human_recordings: Path) -> None:
    words, keys = (human_recordings / name for name in ("wikimedia_words", "gcompris_words"))
    result = run(
        tmp_path,
        {
            "ja": ANNA / "ja.ogg",
            "bruecke": ANNA / "bruecke.ogg",
            "zwei": keys / "alphabet_U0032.ogg",
            "sechs": words / "joni__sechs.ogg",
            "pause": words / "Jeuwre__pause.ogg",
            "beenden": words / "Jeuwre__beenden.ogg",
        },
        PEOPLE,
    )
    assert result.passed, report(result)


SENTENCES = """
title: Vorgelesene Sätze sind keine Befehle
steps:
  - when: {said: safety.ask, after: 0.5 s}
    user: sentence0
  - when: {after: 4 s}
    user: sentence1
  - when: {after: 4 s}
    user: sentence2
never:
  - heard: any
end:
  state: safety.ask
"""


def test_acted_sentences_are_no_commands(tmp_path: Path, human_recordings: Path) -> None:
    clips = sorted((human_recordings / "emodb").glob("*.ogg"))[::130]
    picked = {f"sentence{number}": clip for number, clip in enumerate(clips)}
    result = run(tmp_path, picked, SENTENCES)
    assert result.passed, report(result)
