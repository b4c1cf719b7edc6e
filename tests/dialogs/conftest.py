import os
from pathlib import Path

import pytest

from rueckgrat.replay.pytest_plugin import SUFFIX, DialogItem

ROOT = Path(__file__).parents[2]

LONG = frozenset(
    (
        *(
            "feedback",
            "one-exercise",
            "questions-menu",
            "questions-rest",
            "invited-yes",
            "invited-no",
        ),
        *("programme-intervals", "programme-long", "programme-mobility", "programme-relaxation"),
        *("programme-resistance", "position-kitchen", "repeat-wishes-noise", "programme-basics"),
        *("asleep-in-a-pause", "between-exercises", "guest", "pain-as-an-answer", "variants"),
        *("questions-pause", "resume-no", "resume-yesterday", "progress-to-the-limits"),
        *("pain-words-anna", "pain-words-bernd", "pain-words-emil", "stop-words-bernd"),
        *("stop-words-clara", "stop-words-emil", "feedback-and-rest", "repeat-faster", "sick"),
        *("repeat-talk", "menu-age", "menu-resume", "position", "change", "two-people"),
        *("while-training", "pain-words-clara", "repeat-wishes", "rejected-sentences"),
        *("own-voice", "pain-recurs", "silence", "known-exercise"),
        *("resume-yes", "programme-short", "everyday-noises", "dizzy", "numb"),
    )
)
"""Dialogs of minutes, of whose kind another one is in make test: these are in make test-long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, DialogItem) and item.path.name.removesuffix(SUFFIX) in LONG:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def human_recordings() -> Path:
    """The shared recordings of people: beside the checkout, or where the environment says."""
    beside = ROOT.parent / "shared" / "recordings"
    folder = Path(os.environ.get("RUECKGRAT_RECORDINGS", beside))
    if not folder.is_dir():
        pytest.skip(f"there are no human recordings in {folder} (set RUECKGRAT_RECORDINGS)")
    return folder
