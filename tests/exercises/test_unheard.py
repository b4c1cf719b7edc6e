from pathlib import Path

import pytest

from rueckgrat.exercises.unheard import (
    checked_words,
    keep_checked,
    lines_of,
    unheard,
    unheard_of,
    words_of,
)
from skill.content.loader import load_content
from skill.voice.choice import VoiceChoice

SHIPPED = load_content()
ESPEAK = VoiceChoice("gmw/de")
THORSTEN = VoiceChoice("thorsten", Path("de_DE-thorsten-medium.onnx"))
KERSTIN = VoiceChoice("kerstin", Path("de_DE-kerstin-low.onnx"))

MOIN = "Moin, dein Rückentrainer ist da."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUECKGRAT_HOME", str(tmp_path))


def test_words_of_shipped_lines_were_heard_in_the_built_in_voice() -> None:
    assert unheard_of(lines_of(SHIPPED), ESPEAK, SHIPPED, SHIPPED).words == ()


def test_lines_of_ones_own_are_named_with_the_words_that_are_new() -> None:
    assert unheard([MOIN, "Atme."], {"atme", *words_of([MOIN])} - {"moin"}) == {MOIN: ["moin"]}
    found = unheard_of([MOIN, "Atme."], ESPEAK, SHIPPED, SHIPPED)
    assert (found.lines, found.words) == ((MOIN,), ("moin",))


def test_of_a_natural_voice_nothing_is_known_and_rare_words_come_first() -> None:
    found = unheard_of(["Atme.", MOIN], THORSTEN, SHIPPED, SHIPPED)
    assert found.lines == (MOIN, "Atme.")
    assert found.words[0] == "moin"
    assert {"atme", "rückentrainer"} <= set(found.words)


def test_whoever_writes_down_how_a_word_is_read_has_heard_it() -> None:
    own = SHIPPED.model_copy(update={"natural_respellings": {"Moin": "Moin"}})
    assert "moin" not in unheard_of([MOIN], THORSTEN, own, SHIPPED).words
    assert "moin" in unheard_of([MOIN], ESPEAK, own, SHIPPED).words


def test_what_somebody_listened_to_is_kept_voice_by_voice() -> None:
    assert checked_words(THORSTEN) == set()
    keep_checked(THORSTEN, {"moin"})
    keep_checked(THORSTEN, {"rücken"})
    keep_checked(ESPEAK, {"dein"})
    assert checked_words(THORSTEN) == {"moin", "rücken"}
    assert checked_words(ESPEAK) == {"dein"}
    assert checked_words(KERSTIN) == set()
    assert "moin" not in unheard_of([MOIN], THORSTEN, SHIPPED, SHIPPED).words


def test_each_speaker_of_a_voice_speaks_in_their_own_way() -> None:
    fourth = VoiceChoice("mls", Path("de_DE-mls-medium.onnx"), speaker="4")
    keep_checked(fourth, {"moin"})
    assert checked_words(VoiceChoice("mls", fourth.natural)) == set()
    assert checked_words(fourth) == {"moin"}


def test_placeholders_are_no_words() -> None:
    assert words_of(["Hallo {name}, mach 3 Übungen."]) == {"hallo", "mach", "übungen"}
