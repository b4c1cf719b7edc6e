"""Dialogs with people's voices; none of these clips has trained the built-in model."""

import shutil
from pathlib import Path

import pytest

from skill.build import session_maker
from skill.replay.report import report
from skill.replay.run import Result, run_dialog
from skill.settings import load_settings

pytestmark = pytest.mark.recordings


def run(folder: Path, recordings: dict[str, Path], text: str) -> Result:
    """Run a dialog test whose recordings are picked from several places."""
    for name, path in recordings.items():
        shutil.copy(path, folder / f"{name}{path.suffix}")
    path = folder / "human.dialog.yaml"
    path.write_text(text, encoding="utf-8")
    return run_dialog(path, session_maker(load_settings()))


WORDS = """
title: Ein Mann wählt die Brücke und hört wieder auf
steps:
  - when: {said: safety.ask, after: 0.5 s}
    user: ja
    expect: [heard: "yes", state: menu.ask]
  - when: {said: menu.ask, after: 0.5 s}
    user: bruecke
    expect: [heard: exercise(bruecke), state: menu.count]
  - when: {said: menu.count, after: 0.5 s}
    user: sechs
    expect: [heard: number(6), coach: count.set, state: exercise.introduce]
  - when: {said: bruecke.introduction, after: 2 s}
    user: langsamer
    expect: [heard: slower, coach: tempo.slower]
  - when: {said: tempo.slower, after: 1 s}
    user: pause
    expect: [heard: pause, state: paused]
never:
  - rejected: any
"""


def test_a_man_is_led_into_the_bridge(tmp_path: Path, human_recordings: Path) -> None:
    words = human_recordings / "wikimedia_words"
    names = ("ja", "bruecke", "langsamer", "pause")
    picked = {name: words / f"Jeuwre__{name}.ogg" for name in names}
    result = run(tmp_path, picked | {"sechs": words / "joni__sechs.ogg"}, WORDS)
    assert result.passed, report(result)


NUMBERS = """
title: Während jemand sich hinlegt, überlegt er sich die Zahl noch einmal und noch einmal
steps:
  - when: {said: safety.ask, after: 0.5 s}
    user: ja
  - when: {said: menu.ask, after: 0.5 s}
    user: bruecke
  - when: {said: menu.count, after: 0.5 s}
    user: zwei
    expect: [heard: number(2)]
  - when: {said: position.ready, after: 0.5 s}
    user: sechs
    expect: [heard: number(6), coach: count.set]
  - when: {said: count.set, after: 1 s}
    user: vier
    expect: [heard: number(4), coach: count.set]
  - when: {said: count.set, after: 1 s}
    user: zwoelf
    expect: [heard: number(12), coach: count.set]
"""


def test_spoken_numbers_set_the_repetitions(tmp_path: Path, human_recordings: Path) -> None:
    words, keys = (human_recordings / name for name in ("wikimedia_words", "gcompris_words"))
    picked = {name: words / f"Jeuwre__{name}.ogg" for name in ("ja", "bruecke")}
    picked |= {"zwei": keys / "alphabet_U0032.ogg", "vier": keys / "alphabet_U0034.ogg"}
    picked |= {"sechs": keys / "alphabet_U0036.ogg", "zwoelf": keys / "alphabet_12.ogg"}
    result = run(tmp_path, picked, NUMBERS)
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
