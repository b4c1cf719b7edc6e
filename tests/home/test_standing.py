"""Where a session stands, as a home shows it."""

import json
from dataclasses import replace

import pytest

from rueckgrat.home.standing import (
    PROBLEM_SECONDS,
    STATE_WORDS,
    Happening,
    Standing,
    happenings,
    state_word,
)
from skill.content.states import STATES
from skill.messages.events import (
    Event,
    ExerciseBegan,
    ExerciseEnded,
    MuteSet,
    PersonChanged,
    Problem,
    RepetitionBegan,
    StateEntered,
    VolumeSet,
)
from tests.observers.examples import EVENTS

BEGAN = ExerciseBegan(
    1.0, "bruecke", "Brücke", 8, ("rechts", "links"), "normal", 90.0, 1, 3, "kurz"
)
REPETITION = RepetitionBegan(9.0, "bruecke", "rechts", 3, 8, 9.1)
TITLES = {"kurz": "Kurzes Rückentraining"}


def standing(*events: Event) -> Standing:
    now = Standing()
    for event in events:
        now = now.after(event)
    return now


def test_everything_is_shown_of_an_exercise_but_no_name() -> None:
    now = standing(
        PersonChanged(0.0, "Anna"), StateEntered(1.0, "exercise.repeat"), BEGAN, REPETITION
    )
    assert replace(now, week=2).shown(TITLES, with_names=False) == {
        "state": "Übung",
        "person": "jemand",
        "exercise": "Brücke",
        "repetition": 3,
        "repetitions": 8,
        "side": "rechts",
        "programme": "Kurzes Rückentraining",
        "week": 2,
        "listening": True,
        "training": True,
        "problem": False,
        "muted": False,
        "volume": 0.0,
    }
    assert now.shown(TITLES, with_names=True)["person"] == "Anna"


def test_what_is_over_is_not_shown() -> None:
    now = standing(StateEntered(1.0, "exercise.repeat"), BEGAN, REPETITION, ExerciseEnded(20.0, ""))
    shown = now.shown(TITLES, with_names=False)
    assert [shown[name] for name in ("exercise", "repetition", "side", "programme")] == [None] * 4


@pytest.mark.parametrize(
    ("state", "person", "is_guest", "word"),
    [
        ("standby", "Anna", False, "niemand"),
        ("menu.ask", "Anna", False, "Anna"),
        ("menu.ask", "", True, "Gast"),
        ("menu.ask", "", False, "jemand"),
        ("finished", "Anna", False, "niemand"),
    ],
)
def test_who_trains(state: str, person: str, is_guest: bool, word: str) -> None:
    now = standing(PersonChanged(0.0, person, is_guest), StateEntered(0.0, state))
    assert now.shown({}, with_names=True)["person"] == word


def test_a_closed_microphone_and_a_lost_one_do_not_listen() -> None:
    muted = standing(StateEntered(0.0, "standby"), MuteSet(1.0, True), VolumeSet(2.0, -4.0))
    shown = muted.shown({}, with_names=False)
    assert (shown["listening"], shown["muted"], shown["volume"]) == (False, True, -4.0)
    lost = replace(standing(StateEntered(0.0, "paused")), is_hearing=False)
    assert not lost.shown({}, with_names=False)["listening"]


def test_a_problem_shows_for_a_while_and_says_nothing_of_anybody() -> None:
    now = standing(Problem(10.0, "Den Namen Anna kenne ich nicht."))
    assert now.at(10.0 + PROBLEM_SECONDS - 1).shown({}, False)["problem"]
    assert not now.at(10.0 + PROBLEM_SECONDS).shown({}, False)["problem"]
    assert "Anna" not in str(now.shown({}, with_names=False))


def happened(*states: str) -> list[Happening]:
    found, now = [], Standing()
    for state in states:
        after = now.after(StateEntered(0.0, state))
        found += happenings(now, after)
        now = after
    return found


def test_a_training_begins_with_its_first_exercise_and_ends_once() -> None:
    way = ("standby", "welcome", "safety.ask", "menu.ask", "exercise.introduce")
    assert happened(*way) == [Happening.TRAINING_BEGAN]
    way += ("exercise.repeat", "paused", "exercise.repeat", "exercise.rest", "summary", "standby")
    assert happened(*way) == [Happening.TRAINING_BEGAN, Happening.TRAINING_ENDED]
    assert happened("welcome", "menu.ask", "paused", "standby") == []


def test_pain_is_told_once_and_a_warning_sign_as_well() -> None:
    way = ("exercise.repeat", "pain.leave", "pain.ask", "pain.sign", "pain.sign", "standby")
    assert happened(*way) == [
        Happening.TRAINING_BEGAN,
        Happening.PAIN,
        Happening.WARNING_SIGN,
        Happening.TRAINING_ENDED,
    ]


def test_every_state_has_a_word() -> None:
    assert all(state in STATE_WORDS or STATES[state].parent in STATE_WORDS for state in STATES)
    assert {
        name
        for name in STATE_WORDS
        if not any(name in (state.name, state.parent) for state in STATES.values())
    } == set()
    assert state_word("") == "bereit"
    assert state_word("exercise.rest") == "Rast"
    assert state_word("exercise.change") == "Übung"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("with_names", [True, False])
def test_whatever_happens_can_be_shown(event: Event, with_names: bool) -> None:
    now = standing(PersonChanged(0.0, "Zoë"), StateEntered(0.0, "exercise.repeat"), BEGAN, event)
    text = json.dumps(now.shown(TITLES, with_names), allow_nan=False)
    assert json.loads(text)["state"] in STATE_WORDS.values()
    assert with_names or "Zo" not in text
