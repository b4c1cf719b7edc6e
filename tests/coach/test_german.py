import pytest

from skill.coach.german import (
    counted,
    listed,
    more_word,
    number_word,
    repetitions,
    sentence_case,
    version_words,
)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "null"),
        (1, "eins"),
        (7, "sieben"),
        (12, "zwölf"),
        (16, "sechzehn"),
        (17, "siebzehn"),
        (20, "zwanzig"),
        (21, "einundzwanzig"),
        (30, "dreißig"),
        (37, "siebenunddreißig"),
        (100, "100"),
    ],
)
def test_numbers_are_said_in_words(number, word):
    assert number_word(number) == word


def test_one_is_singular_and_all_else_plural():
    assert repetitions(1) == "eine Wiederholung"
    assert repetitions(3) == "drei Wiederholungen"
    assert repetitions(0) == "null Wiederholungen"
    assert counted(1, "Übung", "Übungen") == "eine Übung"


def test_one_more_is_feminine_like_what_is_counted():
    assert [more_word(1), more_word(2)] == ["eine", "zwei"]


def test_lists_end_in_a_word():
    assert listed([]) == ""
    assert listed(["die Brücke"]) == "die Brücke"
    assert listed(["a", "b", "c"]) == "a, b und c"


def test_sentences_begin_with_a_capital_and_keep_their_names():
    assert sentence_case("drei Mal Roll Up") == "Drei Mal Roll Up"
    assert sentence_case("") == ""


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("0.1.0", "null Punkt eins"),
        ("0.1.2", "null Punkt eins Punkt zwei"),
        ("0.20.0", "null Punkt zwanzig"),
        ("1.0.0", "eins"),
        ("2.1.0rc1", "zwei Punkt eins"),
    ],
)
def test_a_version_is_said_in_words(version, words):
    assert version_words(version) == words
