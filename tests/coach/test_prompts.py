from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from skill.coach.prompts import Line, Prompts, lines_with_placeholders
from skill.errors import ContentError
from skill.paths import dialogs_dir


@pytest.fixture
def phrases(content):
    return dict(content.phrases)


def test_a_line_is_filled_in(phrases):
    phrases["rest.next"] = ("Gleich: {exercise}.",)
    words = Prompts(phrases).say(Line.REST_NEXT, exercise="Roll Up")
    assert (words.text, words.line) == ("Gleich: Roll Up.", "rest.next")


def test_no_variant_is_said_twice_running(phrases):
    prompts = Prompts(phrases)
    said = [prompts.pick("x", ("a", "b", "c")).text for _ in range(200)]
    assert all(one != two for one, two in pairwise(said))
    assert set(said) == {"a", "b", "c"}


def test_a_single_variant_may_be_repeated(phrases):
    prompts = Prompts(phrases)
    assert [prompts.pick("x", ("a",)).text for _ in range(2)] == ["a", "a"]


def test_the_same_seed_makes_the_same_choices(phrases):
    def choices(seed):
        prompts = Prompts(phrases, seed)
        return [prompts.pick("x", ("a", "b", "c", "d")).text for _ in range(20)]

    assert choices(1) == choices(1)
    assert choices(1) != choices(2)


def test_a_missing_line_is_named(phrases):
    del phrases["menu.ask"]
    with pytest.raises(ContentError, match=r"fehlt der Satz „menu\.ask“"):
        Prompts(phrases)


@pytest.mark.parametrize(
    "variant", ["Sag {exercises} oder {repetitions}.", "Ohne Platz.", "Sag {exercise}."]
)
def test_wrong_placeholders_are_named(phrases, variant):
    phrases["menu.ask"] = (variant,)
    with pytest.raises(ContentError, match=r"Hierher gehört \{choices\}"):
        Prompts(phrases)


def test_a_line_without_placeholders_says_so(phrases):
    phrases["paused.asked"] = ("Pause, {exercise}.",)
    with pytest.raises(ContentError, match="Hierher gehört keiner"):
        Prompts(phrases)


def test_every_phrase_of_the_file_is_said_somewhere():
    path: Path = dialogs_dir() / "phrases.yaml"
    ids = yaml.safe_load(path.read_text(encoding="utf-8"))["phrases"]
    assert set(ids) == set(lines_with_placeholders())


def test_lines_said_again_and_again_have_variants(content):
    often = (Line.REPEAT_LAST, Line.REPEAT_BEGIN, Line.DONE_ALL, Line.REST_NEXT, Line.PAUSED)
    assert all(len(content.phrases[line]) > 1 for line in often)
