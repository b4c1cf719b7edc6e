"""Names and wake phrases of one household, joined with all that can be said."""

import pytest

from skill.content.lint import lint
from skill.content.loader import load_content
from skill.content.personal import personal, unknown_words, without
from skill.content.schema import Content
from skill.errors import SettingsError
from skill.messages.heard import Command
from skill.written.names import spoken_name


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.mark.parametrize("said", ["anna", "ich bin anna", "hier ist anna"])
def test_a_name_chooses_its_person(content: Content, said: str) -> None:
    assert said not in content.vocabulary
    made = personal(content, people=["Bernd", "Anna"])
    assert made.vocabulary[said] == Command("person", "anna")
    assert made.vocabulary[said.replace("anna", "bernd")] == Command("person", "bernd")
    assert lint(made) == []


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("Anna-Zoë", "anna zoe"), ("Jürgen", "jürgen"), ("D'Arcy", "d arcy"), ("José", "jose")],
)
def test_a_name_is_heard_in_german_letters(content: Content, name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken
    made = personal(content, people=[name])
    assert made.vocabulary[spoken] == Command("person", name.lower())


def test_wake_phrases_take_the_place_of_the_usual_one(content: Content) -> None:
    made = personal(content, wake=["guten morgen", "hey coach"])
    assert made.commands["wake"].phrases == ("guten morgen", "hey coach")
    assert "hallo trainer" not in made.vocabulary
    assert lint(made) == []


def test_nothing_personal_changes_nothing(content: Content) -> None:
    assert personal(content) is content


def test_a_word_that_is_wanted_now_is_no_decoy_any_more(content: Content) -> None:
    assert "computer" in content.decoys
    made = personal(content, wake=["computer"])
    assert "computer" not in made.decoys
    assert len(made.decoys) == len(content.decoys) - 1
    assert all("computer" not in words for words in made.guards.values())


@pytest.mark.parametrize("name", ["Weiter", "Brücke", "Gast", "Mehr"])
def test_a_name_that_means_something_else_is_named(content: Content, name: str) -> None:
    with pytest.raises(SettingsError, match="gehört schon") as caught:
        personal(content, people=["Anna", name])
    assert f"Mit dem Namen „{name}“ aus der Einstellung people" in caught.value.problem
    assert caught.value.mend


def test_a_name_that_begins_like_another_one_is_named(content: Content) -> None:
    with pytest.raises(SettingsError, match=r"„Anna Lena“ .* beginnt wie „anna“"):
        personal(content, people=["Anna", "Anna Lena"])


def test_a_name_that_would_halt_the_trainer_is_named(content: Content) -> None:
    with pytest.raises(SettingsError, match="würde ich „halt“ hören"):
        personal(content, people=["Anna Halt"])


@pytest.mark.parametrize("phrase", ["stopp", "aua", "halt trainer"])
def test_a_wake_phrase_that_is_a_safety_word_is_named(content: Content, phrase: str) -> None:
    with pytest.raises(SettingsError, match=f"Mit dem Satz „{phrase}“ aus der Einstellung wake"):
        personal(content, wake=["hallo trainer", phrase])


def test_the_loader_joins_them(content: Content) -> None:
    made = load_content(people=["Anna"], wake=["guten morgen"])
    assert made.vocabulary["anna"] == Command("person", "anna")
    assert made.vocabulary["guten morgen"] == Command("wake")


def test_words_that_a_model_does_not_know() -> None:
    assert unknown_words("Anna-Xaver", {"anna"}.__contains__) == ["xaver"]


def test_exercises_are_left_out_by_any_of_their_names(content: Content) -> None:
    bridge, side = content.exercise("bruecke"), content.exercise("seitstuetz")
    left = without(content, [bridge.title.upper(), side.spoken_names[0]])
    assert not {"bruecke", "seitstuetz"} & {one.id for one in left.exercises}
    assert not any({"bruecke", "seitstuetz"} & set(one.exercises) for one in left.programmes)
    assert "bruecke" not in left.commands["exercise"].slots.values()
    assert lint(left) == []


def test_a_programme_of_which_nothing_is_left_is_gone(content: Content) -> None:
    relaxing = next(one for one in content.programmes if one.id == "entspannung")
    left = without(content, relaxing.exercises)
    assert "entspannung" not in {one.id for one in left.programmes}
    assert "entspannung" not in left.commands["programme"].slots.values()
    assert lint(left) == []


def test_what_is_left_out_must_be_there_and_something_must_be_left(content: Content) -> None:
    with pytest.raises(SettingsError, match="gibt es nicht") as found:
        without(content, ["brükke"])
    assert "Meinst du" in str(found.value)
    with pytest.raises(SettingsError, match="keine einzige"):
        without(content, [one.id for one in content.exercises])


def test_without_a_wish_everything_stays(content: Content) -> None:
    assert without(content, ()) is content
