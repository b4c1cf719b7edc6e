from collections import defaultdict

from rueckgrat.calibration.prompts import PromptKind, Split, minutes, plan
from rueckgrat.calibration.script import InterviewScript, load_script
from skill.content.schema import Content
from skill.files import slug


def test_rounds_with_the_sentences_between(small: InterviewScript) -> None:
    asked = [(prompt.text or "–").split()[0] for prompt in plan(small)]
    round_1 = ["stopp", "weiter", "ja"]
    assert asked == ["–", *round_1, "Heute", "Der", *round_1, "stopp", "weiter"]


def test_only_the_last_take_of_a_word_tests(small: InterviewScript) -> None:
    parts = defaultdict(list)
    for prompt in plan(small):
        if prompt.kind is PromptKind.WORD:
            parts[prompt.text].append(prompt.part)
    tune, test = Split.TUNE, Split.TEST
    assert parts == {"stopp": [tune, tune, test], "weiter": [tune, tune, test], "ja": [tune, test]}


def test_every_other_sentence_tests(small: InterviewScript) -> None:
    parts = [prompt.part for prompt in plan(small) if prompt.kind is PromptKind.SENTENCE]
    assert parts == [Split.TUNE, Split.TEST]


def test_every_take_has_a_file_of_its_own(content: Content) -> None:
    files = [prompt.file for prompt in plan(load_script(content.vocabulary))]
    assert len(set(files)) == len(files)
    assert "zurueck_2.wav" in files
    assert all(file.isascii() for file in files)


def test_the_time_is_announced_in_whole_minutes(content: Content, small: InterviewScript) -> None:
    assert minutes(small) == 1
    assert minutes(load_script(content.vocabulary)) == 5


def test_a_slug_is_plain() -> None:
    assert slug("Überspringen, große  Übung!") == "ueberspringen-grosse-uebung"
