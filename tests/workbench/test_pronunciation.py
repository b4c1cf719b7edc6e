import numpy as np
import pytest

from skill.content.loader import load_content
from skill.ear import SpeechModel
from skill.messages.blocks import VOICE_RATE_HZ
from skill.models import choose_model
from skill.models.catalogue import BUILT_IN
from skill.settings import Settings
from skill.trainer import voice_for
from workbench.pronunciation import (
    Dictation,
    aligned,
    as_dict,
    came_through,
    dictated,
    rendered,
    tallies,
    worst_lines,
)

SOUNDS = {"ein": "aIn", "eis": "aIs", "ihn": "in", "in": "in", "matte": "mat@", "latte": "lat@"}


def dictation(said: str, heard: str) -> Dictation:
    return Dictation(said, tuple(aligned(said.split(), heard.split())))


def test_each_word_gets_what_was_heard_in_its_place() -> None:
    assert list(
        aligned(["das", "band", "liegt", "hier"], ["das", "bad", "lieb", "gut", "hier"])
    ) == [
        *(("das", "das"), ("band", "bad"), ("liegt", "lieb gut"), ("hier", "hier")),
    ]
    assert list(aligned(["unterarmstütz"], ["unter", "arm"])) == [("unterarmstütz", "unter arm")]
    assert list(aligned(["das", "band"], ["band"])) == [("das", ""), ("band", "band")]
    assert list(aligned(["band"], [])) == [("band", "")]


def test_what_sounds_the_same_is_heard() -> None:
    (found,) = tallies([dictation("ihn", "in"), dictation("ihn", "eis")], {"ihn"}, SOUNDS)
    assert (found.said, found.heard, dict(found.instead)) == (2, 1, {"eis": 1})


def test_a_word_is_compared_with_words_of_as_many_sounds() -> None:
    """Short words are missed often: the one that stands out is the one unlike its like."""
    heard = [("ein eis", "ein eis")] * 5 + [("ein eis", "ein")] * 5
    heard += [("matte latte", "matte")] * 5 + [("matte latte", "matte latte")] * 5
    known = {"ein", "eis", "matte", "latte"}
    found = tallies([dictation(*one) for one in heard], known, SOUNDS)
    assert {one.word for one in found[:2]} == {"eis", "latte"}
    assert found[0].surprise > 0 > found[-1].surprise


def test_words_that_the_model_does_not_know_do_not_count() -> None:
    dictations = [dictation("das rumpfbeugen", "das rum")]
    found = tallies(dictations, {"das"}, {})
    figures = as_dict(dictations, found)
    assert (figures["words_said"], figures["words_counted"], figures["words_heard"]) == (2, 1, 1)
    assert worst_lines(dictations, found) == [("das rumpfbeugen", 1, [])]


def test_a_word_came_through_that_was_heard_at_least_as_often_as_missed() -> None:
    heard = [("ein", "ein"), ("ein", "eis"), ("eis", "eis"), ("matte", "latte")]
    found = tallies([dictation(*one) for one in heard], {"ein", "eis", "matte"}, SOUNDS)
    assert came_through(found) == {"ein", "eis"}


def test_lines_come_worst_first() -> None:
    dictations = [dictation("ein eis", "ein"), dictation("ein", "eis"), dictation("eis", "eis")]
    rows = worst_lines(dictations, tallies(dictations, {"ein", "eis"}, SOUNDS))
    assert [line for line, *_ in rows] == ["ein", "ein eis", "eis"]


@pytest.mark.slow
def test_a_clear_line_is_written_down_as_it_was_said() -> None:
    voice, model = voice_for(Settings(), load_content()), SpeechModel(choose_model(BUILT_IN))
    words = ["drei", "runden", "gut", "pause", "schön"]
    recogniser = model.open_recogniser(words)
    first, second = (rendered(voice, line) for line in ("Drei Runden, gut.", "Schön."))
    assert dictated(recogniser, first) == ["drei", "runden", "gut"]
    assert dictated(recogniser, second) == ["schön"], "nothing is left of the line before"
    silent = np.zeros(VOICE_RATE_HZ, dtype=np.int16)
    assert dictated(recogniser, silent) == []
