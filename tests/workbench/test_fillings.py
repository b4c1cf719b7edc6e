"""All that the coach can say, with its placeholders filled in."""

from skill.coach.prompts import Line
from skill.content.loader import load_content
from skill.written.spoken import placeholders
from workbench.fillings import all_sentences, filled, fillings

CONTENT = load_content()


def test_every_placeholder_of_the_coach_has_something_to_stand_in_it() -> None:
    wanted = {name for line in Line for name in line.placeholders}
    values = fillings(CONTENT)
    assert values.keys() == wanted
    assert all(values.values())


def test_all_placeholders_of_a_line_are_filled_in_turn() -> None:
    values = {"exercise": ["Rudern", "Brett"], "number": ["Drei"]}
    assert list(filled("{exercise}, {number}.", values)) == ["Rudern, Drei.", "Brett, Drei."]
    assert list(filled("Gut.", values)) == ["Gut."]


def test_what_has_nothing_to_stand_in_it_is_never_said() -> None:
    assert list(filled("{station}.", {"station": []})) == []


def test_the_whole_corpus_is_said_with_nothing_left_to_fill_in() -> None:
    lines = all_sentences(CONTENT, people=["Xaver"])
    assert not any(placeholders(line) for line in lines)
    assert len(lines) == len(set(lines)) > 1_000
    spoken = " ".join(lines)
    assert all(exercise.title in spoken for exercise in CONTENT.exercises)
    assert all(one.title in spoken for one in CONTENT.programmes if one.offered)
    for word in ("Hallo Xaver.", "zwölf", "ein Gummiband", "Muskelgruppe", "Mund und Kiefer."):
        assert word.lower() in spoken.lower()


def test_what_only_fills_others_is_not_said_alone() -> None:
    assert "Muskelgruppe" not in all_sentences(CONTENT)
    assert "ein Gummiband" not in all_sentences(CONTENT)
