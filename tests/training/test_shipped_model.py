"""What the shipped model promises, checked without training anything."""

from __future__ import annotations

import pytest

from models.training import words
from models.training.config import DEFAULT_DIALOGS, DEFAULT_MODEL
from rueckgrat.adaptation.acoustic_model import read_acoustic_model
from rueckgrat.adaptation.pronunciations import Pronunciations

vosk = pytest.importorskip("vosk", reason="vosk is not installed")

MAXIMUM_BYTES = 6_000_000


@pytest.fixture(scope="module")
def model() -> vosk.Model:
    vosk.SetLogLevel(-1)
    return vosk.Model(str(DEFAULT_MODEL))


def test_it_is_small() -> None:
    sizes = [path.stat().st_size for path in DEFAULT_MODEL.rglob("*") if path.is_file()]
    assert sum(sizes) <= MAXIMUM_BYTES


def test_it_knows_every_word_of_commands_and_exercises(model: vosk.Model) -> None:
    spoken = words.command_words(DEFAULT_DIALOGS)
    unknown = [word for word in spoken if model.vosk_model_find_word(word) < 0]
    assert not unknown, "rebuild the graph: python -m models.training graph"


def test_it_knows_every_decoy(model: vosk.Model) -> None:
    decoys = [word for phrase in words.decoys(DEFAULT_DIALOGS) for word in phrase.split()]
    assert not [word for word in decoys if model.vosk_model_find_word(word) < 0]


def test_it_knows_first_names(model: vosk.Model) -> None:
    assert not [name for name in words.FIRST_NAMES if model.vosk_model_find_word(name) < 0]


def test_it_has_an_unknown_word(model: vosk.Model) -> None:
    assert model.vosk_model_find_word(words.UNKNOWN) > 0
    assert model.vosk_model_find_word(words.OTHER) > 0


def test_it_says_how_every_word_sounds(model: vosk.Model) -> None:
    known = Pronunciations(DEFAULT_MODEL, read_acoustic_model(DEFAULT_MODEL).outputs_of)
    spoken = [*words.command_words(DEFAULT_DIALOGS), *words.FIRST_NAMES]
    assert not [word for word in spoken if known.of(word) is None], "rebuild the graph"
    assert known.silence
