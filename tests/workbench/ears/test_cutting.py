"""Words are cut only where the recogniser heard the sentence as it is written."""

from pathlib import Path

import numpy as np
import pytest

from skill.ear import SpeechModel
from skill.ear.recogniser import Word
from skill.messages.blocks import EAR_RATE_HZ
from skill.models.catalogue import BUILT_IN
from skill.paths import models_dir
from workbench.ears.corpora import Recording
from workbench.ears.cutting import Place, WordCutter, certain, piece, words_of

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings"


def _said(text: str) -> list[Word]:
    return [Word(word, 1.0, n * 0.3, n * 0.3 + 0.25) for n, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("das will sie am mittwoch", "das will sie am mittwoch"),
        ("das will sie am", "das will sie"),  # the last may be cut off
        ("will sie am mittwoch", "sie am mittwoch"),  # before "will" something was not understood
        ("das will am mittwoch", "das mittwoch"),
        ("das sie will am mittwoch", "mittwoch"),
        ("", ""),
        ("ganz etwas anderes", ""),
    ],
)
def test_a_word_needs_both_neighbours(said: str, taken: str) -> None:
    found = certain(_said(said), ["das", "will", "sie", "am", "mittwoch"])
    assert " ".join(word.text for word in found) == taken


def test_words_of_a_transcript() -> None:
    assert words_of('"Über 40 Jahre", sagt er - wirklich?') == [
        "über",
        "jahre",
        "sagt",
        "er",
        "wirklich",
    ]


def test_a_piece_keeps_its_margins_and_begins_without_a_click() -> None:
    pcm = np.full(EAR_RATE_HZ, 10_000, dtype=np.int16)
    cut = piece(pcm, Place("a.ogg", "ja", 0.5, 0.7))
    assert len(cut) / EAR_RATE_HZ == pytest.approx(0.2 + 2 * 0.06, abs=0.001)
    assert cut[0] == cut[-1] == 0
    assert cut[len(cut) // 2] == 10_000
    assert len(piece(pcm, Place("a.ogg", "ja", 0.0, 0.1))) == round(0.16 * EAR_RATE_HZ)


def test_a_real_sentence_is_cut_where_its_words_are() -> None:
    path = RECORDINGS / "anna" / "heute-ist-das-wetter-wirklich-schoen.ogg"
    text = "Heute ist das Wetter wirklich schön."
    sentence = Recording("kerstin", path, text, "anna", "test", False)
    cutter = WordCutter(SpeechModel(models_dir() / BUILT_IN), [])
    places = cutter.places([sentence])
    assert {"heute", "ist", "das", "wetter", "wirklich", "schön"} >= {one.text for one in places}
    assert len(places) >= 3
    starts = [one.start_seconds for one in places]
    assert starts == sorted(starts)
    assert all(0 < one.end_seconds - one.start_seconds < 1 for one in places)
