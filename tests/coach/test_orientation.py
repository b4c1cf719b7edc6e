"""Somebody asks what there is, what comes, how long it takes and what it is good for."""

import pytest

from skill.understanding import Understanding
from tests.coach.stage import stage_in

ASKING_STATES = (
    *("safety.ask", "menu.ask", "menu.count", "exercise.introduce", "exercise.position"),
    *("exercise.rest", "paused"),
)


def answer(stage, name, slot=""):
    count = len(stage.texts)
    stage.say(name, slot)
    stage.until_quiet()
    return " ".join(stage.texts[count:])


def portions(stage, name):
    said = [answer(stage, name)]
    while "alles" not in said[-1] and "nicht noch etwas" not in said[-1] and len(said) < 12:
        said.append(answer(stage, "more"))
    return said[:-1]


@pytest.mark.parametrize(
    ("name", "kind"), [("exercises", "exercises"), ("programmes", "programmes")]
)
def test_all_there_is_comes_in_small_portions(content, name, kind):
    titles = [one.title for one in getattr(content, kind)]
    said = portions(stage_in("menu.ask", content), name)
    assert all(title in " ".join(said) for title in titles)
    assert all(sum(title in portion for title in titles) <= 5 for portion in said)


def test_before_a_choice_it_says_how_long_the_programmes_take(content):
    said = answer(stage_in("menu.ask", content), "how_many")
    assert said.count("Minuten") == 3
    assert all(one.title in said for one in content.programmes[:3])


def test_with_a_programme_chosen_it_says_how_long_that_takes(content):
    stage = stage_in("menu.ask", content)
    stage.say("programme", "rueckentraining")
    stage.until("exercise.position").until_quiet()
    said = answer(stage, "how_many")
    assert "Rückentraining, etwa" in said
    assert "geplant sind" in said


def test_before_a_choice_it_says_what_to_do_today(content):
    said = answer(stage_in("menu.ask", content), "which_exercise")
    assert content.programmes[0].title in said


def test_it_says_what_an_exercise_is_good_for(content):
    assert content.exercise("bruecke").purpose in answer(
        stage_in("exercise.position", content), "purpose"
    )
    assert content.programmes[0].purpose in answer(stage_in("menu.ask", content), "purpose")
    resting = stage_in("exercise.rest", content)
    assert content.exercise("roll-up").purpose in answer(resting, "purpose")


@pytest.mark.parametrize(
    ("state", "back"),
    [
        ("safety.ask", "hint.yes_no"),
        ("exercise.position", "hint.next"),
        ("pain.ask", "hint.yes_no"),
    ],
)
def test_a_question_is_answered_where_it_arises_and_leads_back(content, state, back):
    stage = stage_in(state, content)
    stage.say("question", "was-hilft")
    stage.until_quiet()
    assert "knowledge.was-hilft" in stage.line_ids
    assert stage.line_ids[-1] == back
    assert stage.state == state


@pytest.mark.parametrize("state", ["safety.ask", "menu.ask", "exercise.position", "exercise.rest"])
@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("was hilft gegen rückenschmerzen", "was-hilft"),
        ("was hilft bei rückenschmerzen", "was-hilft"),
        ("warum habe ich rückenschmerzen", "ursachen"),
        ("woher kommen meine rückenschmerzen", "ursachen"),
        ("wie häufig sind rückenschmerzen", "haeufigkeit"),
    ],
)
def test_the_headline_question_works_in_its_own_words(content, state, asked, topic):
    meaning = Understanding(content).text(asked, content.live_commands(state))
    assert str(meaning.command) == f"question({topic})"


@pytest.mark.parametrize("said", ["rückenschmerzen", "ich habe rückenschmerzen"])
def test_pain_stays_pain(content, said):
    for state in ("menu.ask", "exercise.position", "exercise.repeat"):
        meaning = Understanding(content).text(said, content.live_commands(state))
        assert str(meaning.command) == "pain"


@pytest.mark.parametrize(
    "said",
    [
        *("ja hat er gesagt", "ja hat sie gesagt", "hat er", "ja der hat gesagt ich darf"),
        *("ja mein arzt hat es erlaubt", "ja darf ich", "ja ist abgeklärt", "ja da war ich"),
        *("der arzt hat ja gesagt", "ja hat der doktor gesagt", "ja die hat gesagt ich darf"),
    ],
)
def test_a_beginner_gets_through_the_doctor_s_question(content, said):
    meaning = Understanding(content).text(said, content.live_commands("safety.ask"))
    assert str(meaning.command) == "yes"


@pytest.mark.parametrize("state", ASKING_STATES)
@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ("welche übungen gibt es", "exercises"),
        ("welche programme gibt es", "programmes"),
        ("wie lange dauert das", "how_many"),
        ("was machen wir heute", "which_exercise"),
    ],
)
def test_who_does_not_know_their_way_may_ask_anywhere(content, state, asked, command):
    live = content.live_commands(state)
    assert command in live
    assert str(Understanding(content).text(asked, live).command) == command
