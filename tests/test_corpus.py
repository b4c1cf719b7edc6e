"""All that the coach can say, with the placeholders of its lines filled in."""

import pytest

from rueckgrat.corpus import PEOPLE, all_sentences, filled
from skill.coach.prompts import Line
from skill.content.loader import load_content
from skill.written.spoken import placeholders, sentences
from tests.coach.stage import Stage, stage_for

CONTENT = load_content()
CORPUS = all_sentences(CONTENT)
UNEQUAL = Line.SUMMARY_ITEM_UNEQUAL


@pytest.mark.parametrize("line", sorted(set(Line) - {UNEQUAL}))
def test_every_placeholder_of_the_coach_has_something_to_stand_in_it(line: Line) -> None:
    for variant in CONTENT.phrases[line]:
        said = list(filled(line, variant, CONTENT, PEOPLE))
        assert said
        assert not any(placeholders(one) for one in said)


def test_an_exercise_is_told_of_as_often_as_it_may_be_made() -> None:
    rounds = [f"Runde {word}." for word in ("eins", "zwei", "zehn", "elf")]
    assert [one in CORPUS for one in rounds] == [True, True, True, False]
    assert "Wiederholung zwei." not in CORPUS
    assert "Fünfzehn." in CORPUS
    assert "Sechzehn." not in CORPUS
    assert "Die Brücke, fünfzehn Wiederholungen." in CORPUS
    assert "Die Brücke, fünfzehn Wiederholungen auf jeder Seite." not in CORPUS
    assert "Zwölf?" in CORPUS


def test_the_whole_corpus_is_said_with_nothing_left_to_fill_in() -> None:
    lines = all_sentences(CONTENT, people=["Xaver"])
    assert not any(placeholders(line) for line in lines)
    assert 2_000 < len(lines) == len(set(lines)) < 2_600
    spoken = " ".join(lines)
    assert all(exercise.title in spoken for exercise in CONTENT.exercises)
    assert all(one.title in spoken for one in CONTENT.programmes if one.offered)
    for word in ("Hallo Xaver.", "zwölf", "ein Gummiband", "Muskelgruppe", "Mund und Kiefer."):
        assert word.lower() in spoken.lower()


def test_what_only_fills_others_is_not_said_alone() -> None:
    assert "Muskelgruppe" not in CORPUS
    assert "ein Gummiband" not in CORPUS


def trained(programme: str) -> Stage:
    stage = stage_for(CONTENT, people=PEOPLE)
    stage.until("who").until_quiet().say("person", "anna")
    answers = {
        **{"safety.ask": ("yes",), "menu.ask": ("programme", programme)},
        **{"menu.age": ("age", "middle"), "menu.material": ("no",)},
        **{"exercise.position": ("next",), "exercise.feedback": ("feeling", "good")},
    }
    while stage.state != "finished":
        if stage.state in answers:
            stage.until_quiet().say(*answers[stage.state])
        stage.wait(2.0)
    return stage


@pytest.mark.parametrize("programme", [one.id for one in CONTENT.programmes])
def test_whatever_a_training_says_is_in_it(programme: str) -> None:
    said = {sentence for text in trained(programme).texts for sentence in sentences(text)}
    missing = said.difference(CORPUS)
    assert not missing
