from pathlib import Path

import pytest

from rueckgrat.exercises.unheard import (
    checked_words,
    keep_checked,
    lines_of,
    unheard,
    words_of,
)
from skill.content.loader import load_content

SHIPPED = load_content()


def test_shipped_lines_hold_no_word_that_nobody_has_heard() -> None:
    assert unheard(SHIPPED, SHIPPED, ()) == {}


def test_lines_of_ones_own_are_named_with_the_words_that_are_new() -> None:
    phrases = SHIPPED.phrases | {"welcome": ("Moin, dein Rückentrainer ist da.",)}
    own = SHIPPED.model_copy(update={"phrases": phrases})
    found = unheard(own, SHIPPED, words_of(lines_of(SHIPPED)))
    assert found == {"Moin, dein Rückentrainer ist da.": ["moin"]}


def test_a_natural_voice_has_said_nothing_before_somebody_listened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))
    assert checked_words("thorsten") == set()
    keep_checked("thorsten", {"moin"})
    keep_checked("thorsten", {"rücken"})
    assert checked_words("thorsten") == {"moin", "rücken"}
    assert checked_words("kerstin") == set()


def test_placeholders_are_no_words() -> None:
    assert words_of(["Hallo {name}, mach 3 Übungen."]) == {"hallo", "mach", "übungen"}
