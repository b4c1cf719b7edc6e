"""The worked examples of the pages are real, and what the pages say is true."""

import re
from pathlib import Path

from skill.content.loader import load_content
from skill.written.spoken import (
    CUE_LETTERS_PER_SECOND,
    LONGEST_CUE_LETTERS,
    LONGEST_LONG_CUE_LETTERS,
)
from tests.content.dialogs_copy import DialogsCopy

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "adding-an-exercise.md"
FILE = "exercises/knie-zur-brust.yaml"


def example(page: Path = PAGE) -> str:
    found = re.search(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_can_be_added_as_it_stands(dialogs: DialogsCopy) -> None:
    dialogs.write(FILE, example().encode())
    content = load_content(dialogs.folder)
    exercise = content.exercise("knie-zur-brust")
    assert content.exercises[-1] is exercise
    assert [side.name for side in exercise.sides] == ["rechts", "links"]
    assert content.vocabulary["knie zur brust"].slot == "knie-zur-brust"


def test_the_error_on_the_page_is_the_one_that_comes(dialogs: DialogsCopy) -> None:
    dialogs.write(FILE, example().replace("breath: out  ", "breth: out  ").encode())
    assert f"`dialogs/{dialogs.complaint()}`" in PAGE.read_text(encoding="utf-8")


def test_the_page_names_the_limits_that_hold() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"at most {LONGEST_CUE_LETTERS} letters" in page
    assert f"room for {CUE_LETTERS_PER_SECOND} letters a second" in page
    full_at = LONGEST_LONG_CUE_LETTERS // CUE_LETTERS_PER_SECOND
    assert f"from {full_at} seconds on for {LONGEST_LONG_CUE_LETTERS}" in page


def test_the_programme_on_its_page_can_be_added_as_it_stands(dialogs: DialogsCopy) -> None:
    dialogs.write("programmes/feierabend.yaml", example(DOCS / "programmes.md").encode())
    content = load_content(dialogs.folder)
    assert content.programmes[-1].id == "feierabend"
    assert content.vocabulary["nach der arbeit"].name == "programme"
