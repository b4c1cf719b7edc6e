"""The recogniser's grammar: what it holds, what it leaves out, what it expects."""

from skill.content.command_row import CommandRow
from skill.ear.grammar import (
    OTHER_WORD,
    UNKNOWN_WORD,
    beside,
    make_grammar,
    sayable,
    unknown_words,
    without_unknown,
)
from tests.ear.fakes import content_of, row

COMMANDS = {
    "next": row("weiter"),
    "resume": row("weiter machen"),
    "stop": row("stopp", safety=True),
    "pain": row("das tut weh", "tut weh", safety=True),
    "number": row(acht="8", dreißig="30"),
    "pause": CommandRow(
        means="-",
        phrases=("pause",),
        sentences=("[eine] (kurze|kleine) pause [machen]",),
        where=("everywhere",),
    ),
}
CONTENT = content_of(COMMANDS, fillers=["bitte"], negations=["nicht"], decoys=["haus", "macht"])


def test_can_be_said_what_is_listed_and_a_few_whole_sentences_of_each_template() -> None:
    said, listed = sayable(CONTENT), [*CONTENT.vocabulary]
    assert said[: len(listed)] == listed
    assert len(said) == len(set(said))
    examples = said[len(listed) :]
    assert all(CONTENT.sentences.whole(one.split()) for one in examples)
    assert {word for one in examples for word in one.split()} == {
        *("eine", "kurze", "kleine", "pause", "machen")
    }


def test_beside_commands_stand_fillers_negations_and_decoys() -> None:
    assert beside(CONTENT) == ["bitte", "nicht", "haus", "macht"]
    assert beside(CONTENT, near=["haus"]) == ["bitte", "nicht", "macht"]


def test_grammar_leaves_out_phrases_with_a_word_the_model_lacks() -> None:
    known = {"weiter", "stopp", "haus", "das", "tut"}
    said = [*CONTENT.vocabulary]
    grammar = make_grammar(said, ["haus", "boot", "weiter"], known.__contains__)
    assert grammar == ["weiter", "stopp", "haus"]


def test_grammar_has_a_word_for_any_other_one_only_if_the_model_has_it() -> None:
    assert make_grammar(["ja"], [], {"ja"}.__contains__) == ["ja"]
    assert make_grammar(["ja"], [], {"ja", UNKNOWN_WORD}.__contains__) == ["ja", UNKNOWN_WORD]
    both = {"ja", UNKNOWN_WORD, OTHER_WORD}
    assert make_grammar(["ja"], [], both.__contains__) == ["ja", OTHER_WORD]


def test_without_unknown_leaves_the_rest_as_it_was() -> None:
    assert without_unknown(["ja", OTHER_WORD, "nein", UNKNOWN_WORD, "ja"]) == ["ja", "nein", "ja"]


def test_what_is_expected_stands_in_the_grammar_several_times() -> None:
    grammar = make_grammar(["ja", "acht"], ["haus"], lambda _: True, expected=["acht"])
    assert (grammar.count("ja"), grammar.count("haus")) == (1, 1)
    assert grammar.count("acht") >= 3


def test_names_every_unknown_word_once_and_its_command() -> None:
    known = {"weiter", "machen", "stopp", "acht", "das", "eine", "kurze", "pause"}
    assert unknown_words(CONTENT, known.__contains__) == {
        "pain": ["tut", "weh"],
        "number": ["dreißig"],
        "pause": ["kleine"],
    }
