"""The first time of all, answered in whole sentences: a file of a dialog test can't begin there."""

from pathlib import Path

from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.report import report
from rueckgrat.replay.run import run_dialog
from skill.observers import Observers
from skill.session import Session
from skill.settings import load_settings
from skill.trainer import open_session

RECORDINGS = Path(__file__).parents[1] / "recordings" / "bernd"

HELLO = f"""
title: Kennenlernen in ganzen Sätzen
recordings: {RECORDINGS}
steps:
  - when: {{saying: hello.intro, after: 1.5 s}}
    user: los-gehts
    expect: [heard: next, state: hello.hear]
  - when: {{saying: hello.hear, after: 1.5 s}}
    user: ja-ich-hoere-dich-gut
    expect: [heard: hear_you, state: hello.volume]
  - when: {{said: hello.volume, after: 0.5 s}}
    user: etwas-leiser-bitte
    expect: [heard: quieter, coach: hello.volume_again]
  - when: {{said: hello.volume_again, after: 0.5 s}}
    user: die-lautstaerke-passt
    expect: [heard: next, state: hello.word]
  - when: {{said: hello.word, after: 0.5 s}}
    user: also-hallo-trainer
    expect: [heard: wake, state: hello.done]
  - when: {{saying: hello.done, after: 0.5 s}}
    user: los-gehts
    expect: [heard: next, state: welcome]
never:
  - rejected: any
end: {{after: 1 s}}
"""


def make_first_session(setup: Setup, observers: Observers) -> Session:
    return open_session(
        load_settings(), observers, seed=setup.seed, household=setup, first_time=True
    )


def test_hello_is_understood_in_whole_sentences(tmp_path: Path) -> None:
    path = tmp_path / "hello.dialog.yaml"
    path.write_text(HELLO, encoding="utf-8")
    result = run_dialog(path, make_first_session)
    assert result.passed, report(result)
