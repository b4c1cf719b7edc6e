"""How words sound, where espeak-ng alone would have it wrong."""

from __future__ import annotations

import ctypes.util

import pytest

from models.training.pronounce import pronunciations
from models.training.words import FIRST_NAMES

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("espeak-ng") is None, reason="needs the library espeak-ng"
)


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("anna", "a n A:"),
        ("hans", "h a n s"),
        ("ayse", "aI1 aI2 S @"),
        ("giovanni", "t S o: v a n i:"),
        ("marcel", "m a 3 s E l"),
        ("qi", "t S i:"),
        ("tiefenmuskulatur", "t i: f @ n m U s k u: l a t u: 3"),
    ],
)
def test_the_first_way_to_say_it(word: str, phones: str) -> None:
    assert " ".join(pronunciations(word)[0]) == phones


def test_some_words_are_said_in_two_ways() -> None:
    assert {"".join(one) for one in pronunciations("jan")} == {"jan", "jA:n"}


def test_every_first_name_can_be_said() -> None:
    assert not [name for name in FIRST_NAMES if not pronunciations(name)]
