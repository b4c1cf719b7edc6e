"""The worked example of docs/adding-an-exercise.md is a real exercise, and its words are true."""

import re
from pathlib import Path

from skill.content.loader import load_content
from skill.content.spoken import LONGEST_CUE_LETTERS
from tests.content.dialogs_copy import DialogsCopy

PAGE = Path(__file__).parents[2] / "docs" / "adding-an-exercise.md"
FILE = "exercises/arm-und-bein.yaml"


def example() -> str:
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_can_be_added_as_it_stands(dialogs: DialogsCopy) -> None:
    dialogs.write(FILE, example().encode())
    content = load_content(dialogs.folder)
    exercise = content.exercise("arm-und-bein")
    assert content.exercises[-1] is exercise
    assert [side.name for side in exercise.sides] == ["rechts", "links"]
    assert content.vocabulary["arm und bein"].slot == "arm-und-bein"


def test_the_error_on_the_page_is_the_one_that_comes(dialogs: DialogsCopy) -> None:
    dialogs.write(FILE, example().replace("breath: out  ", "breth: out  ").encode())
    assert f"`dialogs/{dialogs.complaint()}`" in PAGE.read_text(encoding="utf-8")


def test_the_page_names_the_limits_that_hold() -> None:
    assert f"at most {LONGEST_CUE_LETTERS} letters" in PAGE.read_text(encoding="utf-8")
