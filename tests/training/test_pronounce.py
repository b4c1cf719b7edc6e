"""How words sound, where espeak-ng alone would have it wrong."""

from __future__ import annotations

import ctypes.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.training.words import FIRST_NAMES

pytestmark = pytest.mark.skipif(
    ctypes.util.find_library("espeak-ng") is None, reason="needs the library espeak-ng"
)

ROOT = Path(__file__).parents[2]
WORDS = ("hans", "marcel", "qi", "tiefenmuskulatur", "jan", *FIRST_NAMES)

_ASK = """
import json, sys
from models.training.pronounce import pronunciations
print(json.dumps({word: pronunciations(word) for word in json.load(sys.stdin)}))
"""


@pytest.fixture(scope="module")
def said() -> dict[str, list[list[str]]]:
    """Return the ways to say each word, found out in another process.

    A process has one espeak-ng. In this one it is the voice's, which would wait for ever.
    """
    answer = subprocess.run(
        [sys.executable, "-c", _ASK],
        input=json.dumps(WORDS),
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    found: dict[str, list[list[str]]] = json.loads(answer.stdout)
    return found


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
def test_the_first_way_to_say_it(said: dict[str, list[list[str]]], word: str, phones: str) -> None:
    assert " ".join(said[word][0]) == phones


def test_some_words_are_said_in_two_ways(said: dict[str, list[list[str]]]) -> None:
    assert {"".join(one) for one in said["jan"]} == {"jan", "jA:n"}


def test_every_first_name_can_be_said(said: dict[str, list[list[str]]]) -> None:
    assert not [name for name in FIRST_NAMES if not said[name]]
