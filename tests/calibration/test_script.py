from pathlib import Path

import pytest

from rueckgrat.calibration.script import InterviewScript, load_script
from skill.content.schema import Content
from skill.errors import ContentError
from skill.written.spoken import words


@pytest.fixture
def shipped(content: Content) -> InterviewScript:
    return load_script(content.vocabulary)


def test_safety_words_are_asked_for_most_often(shipped: InterviewScript, content: Content) -> None:
    most = max(shipped.words, key=lambda group: group.takes)
    named = {content.vocabulary[word].name for word in most.say}
    assert content.safety_commands <= named


def test_no_sentence_is_a_command_or_ends_as_the_coach_would_stop(
    shipped: InterviewScript, content: Content
) -> None:
    assert not [text for text in shipped.sentences if words(text) in content.vocabulary]


def test_the_question_for_consent_ends_in_no_answer(
    shipped: InterviewScript, content: Content
) -> None:
    for line in (shipped.lines.consent, shipped.lines.consent_again):
        assert words(line).split()[-1] not in content.vocabulary


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("stopp, weiter", "stopp, weitter", "ist kein Satz für einen Befehl: „weitter“"),
        ("stopp, weiter", "stopp, stopp", "steht zweimal da: „stopp“"),
        ("takes: 3", "takes: 1", "takes"),
        ("{minutes}", "fünf", "Platzhalter"),
        ("sentences:\n", "sentence:\n", "sentence"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    small_folder: Path, content: Content, good: str, bad: str, message: str
) -> None:
    path = small_folder / "calibration.yaml"
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"calibration\.yaml, Zeile \d+") as failure:
        load_script(content.vocabulary, [small_folder])
    assert message in str(failure.value)
