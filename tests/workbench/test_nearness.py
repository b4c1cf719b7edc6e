import shutil

import pytest

from skill.content.loader import load_content
from workbench.nearness import NEAR, all_neighbours, nearest, phonemes

needs_espeak = pytest.mark.skipif(
    not shutil.which("espeak-ng"), reason="espeak-ng is not installed"
)
LONELY = {"okay", "ja", "nee", "tschüss", "langsamer", "rückenschmerzen"}
"""Short words, or words like no other: even the nearest decoy differs in half of the sounds."""


def test_the_most_similar_sounds_come_first() -> None:
    sounds = {"neun": "nOYn", "neu": "nOY", "haus": "haUs", "nein": "naIn"}
    found = nearest("neun", ["haus", "nein", "neu"], sounds)
    assert [decoy for decoy, _ in found.nearest] == ["neu", "nein", "haus"]
    assert found.similarity == pytest.approx(0.75)
    assert nearest("neun", [], sounds).similarity == 0.0


@needs_espeak
def test_sounds_are_those_of_german() -> None:
    assert phonemes(["halt", "alle drei"]) == {"halt": "halt", "alle drei": "al@draI"}


@needs_espeak
def test_every_single_word_but_numbers_has_a_decoy_that_sounds_like_it() -> None:
    vocabulary = load_content().vocabulary
    lonely = {
        one.phrase
        for one in all_neighbours()
        if " " not in one.phrase
        and vocabulary[one.phrase].name not in ("number", "exercise", "programme")
        and one.similarity < NEAR
    }
    assert lonely <= LONELY, "add neighbours to decoys.yaml"


@needs_espeak
def test_no_decoy_is_so_near_a_safety_word_that_it_may_take_its_place() -> None:
    content = load_content()
    near = {
        one.phrase: one.nearest[0]
        for one in all_neighbours()
        if content.vocabulary[one.phrase].name in content.safety_commands and one.similarity > 0.8
    }
    assert near == {}
