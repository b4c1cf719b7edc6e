import pytest

from skill.content.schema import CommandRow
from skill.ear.phrasebook import Phrasebook, make_grammar, unknown_words
from skill.heard import Command


def row(*phrases: str, safety: bool = False, **slots: str) -> CommandRow:
    return CommandRow(means="-", phrases=phrases, slots=slots, where=("everywhere",), safety=safety)


COMMANDS = {
    "next": row("weiter"),
    "resume": row("weiter machen"),
    "stop": row("stopp", safety=True),
    "pain": row("das tut weh", "tut weh", safety=True),
    "number": row(acht="8", dreißig="30"),
}
BOOK = Phrasebook(COMMANDS)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("weiter", Command("next")),
        ("Weiter  machen", Command("resume")),
        ("acht", Command("number", "8")),
        ("weiter bitte", None),
        ("dreissig", None),
        ("weite", None),
        ("", None),
    ],
)
def test_only_a_whole_phrase_is_a_command(text: str, command: Command | None) -> None:
    assert BOOK.match(text) == command


def test_a_phrase_goes_on_only_where_the_longer_command_is_live() -> None:
    assert BOOK.goes_on("weiter", {"next", "resume"})
    assert not BOOK.goes_on("weiter", {"next"})
    assert not BOOK.goes_on("weiter machen", {"next", "resume"})


def test_finds_the_last_and_longest_safety_phrase_among_other_words() -> None:
    assert BOOK.safety_span(["heb", "das", "becken", "stopp", "haus"]) == (3, 4)
    assert BOOK.safety_span(["stopp", "ja", "das", "tut", "weh"]) == (2, 5)
    assert BOOK.safety_span(["weiter"]) is None


def test_grammar_leaves_out_phrases_with_a_word_the_model_lacks() -> None:
    known = {"weiter", "stopp", "haus", "das", "tut"}
    grammar = make_grammar(BOOK.phrases, ["Haus", "boot", "weiter"], known.__contains__)
    assert grammar == ["weiter", "stopp", "haus"]


def test_grammar_has_the_unknown_word_only_if_the_model_has_it() -> None:
    assert make_grammar(["ja"], [], {"ja", "[unk]"}.__contains__) == ["ja", "[unk]"]


def test_names_every_unknown_word_once_and_its_command() -> None:
    known = {"weiter", "machen", "stopp", "acht", "das"}
    assert unknown_words(COMMANDS, known.__contains__) == {
        "pain": ["tut", "weh"],
        "number": ["dreißig"],
    }


def test_the_first_words_of_a_live_phrase_are_unfinished() -> None:
    assert BOOK.unfinished("das tut", {"pain"})
    assert not BOOK.unfinished("das tut", {"next"})
    assert not BOOK.unfinished("weiter", {"next", "resume"})  # a phrase of its own


def test_what_is_expected_stands_in_the_grammar_three_times() -> None:
    grammar = make_grammar(["ja", "acht"], ["haus"], lambda _: True, expected=["Acht"])
    assert [grammar.count(phrase) for phrase in ("ja", "acht", "haus")] == [1, 3, 1]
