from pathlib import Path

import pytest

from rueckgrat.calibration.script import InterviewScript, load_script
from skill.content.loader import load_content
from skill.content.schema import Content
from tests.homes import move_into

SMALL = """
words:
  - takes: 3
    say: [stopp, weiter]
  - takes: 2
    say: [ja]
sentences:
  - Heute ist das Wetter wirklich schön.
  - Der Hund liegt schon wieder vor der Tür.
"""


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test alone; rendered lines are kept from test to test."""
    home = tmp_path / "home"
    move_into(home, monkeypatch)
    return home


@pytest.fixture
def small_folder(tmp_path: Path, content: Content) -> Path:
    """A folder of dialogs that asks for three words and two sentences only."""
    shipped = load_script(content.vocabulary).model_dump()
    lines = "\n".join(
        f"  {name}: {text!r}" for part in ("lines",) for name, text in shipped[part].items()
    )
    advice = "\n".join(f"  {name}: {text!r}" for name, text in shipped["advice"].items())
    folder = tmp_path / "small"
    folder.mkdir()
    text = f"lines:\n{lines}\n{SMALL}\nadvice:\n{advice}\n"
    (folder / "calibration.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(small_folder: Path, content: Content) -> InterviewScript:
    return load_script(content.vocabulary, [small_folder])
