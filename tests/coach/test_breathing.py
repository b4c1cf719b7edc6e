from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.breathing import InTurn, breathings, breaths
from skill.coach.dial import TEMPOS
from skill.coach.score import at_tempo, movement, with_breath_in
from skill.content.exercise import BREATHED_FROM_SECONDS, Exercise, Phase
from skill.messages.cues import Direction
from skill.messages.notes import Level, Load
from skill.progress.adapting import adapted
from tests.coach.parts import hold, lift, lower, seconds, spoken
from tests.coach.stage import speech_seconds, stage_in
from tests.content.every_exercise import of_every_exercise

IN, OUT = Direction.IN, Direction.OUT


def phase(kind="move", breath=None, seconds=8.0):
    return Phase(name="x", say=("Los.",), seconds=seconds, kind=kind, breath=breath)


def test_a_phase_with_a_breath_is_one_breath():
    assert breaths(OUT, 4.0) == (OUT,)
    assert breaths(None, 30.0) == ()


@pytest.mark.parametrize(
    ("held_seconds", "paired", "expected"),
    [
        (3.0, True, ()),
        (3.5, True, (IN, OUT)),
        (8.0, True, (IN, OUT)),
        (12.0, True, (IN, OUT) * 2),
        (4.0, False, (IN,)),
        (9.0, False, (IN, OUT, IN)),
    ],
)
def test_a_long_hold_is_breathed_through(held_seconds, paired, expected):
    assert breaths(InTurn(IN, paired), held_seconds) == expected


@given(st.floats(3.1, 120.0), st.booleans(), st.sampled_from([IN, OUT]))
def test_breaths_in_turn_are_calm_and_end_where_the_next_one_is_due(length, paired, first):
    made = breaths(InTurn(first, paired), length)
    assert made[0] is first
    assert all(a is not b for a, b in pairwise(made))
    assert (len(made) % 2 == 0) is paired
    assert 1.5 <= length / len(made) <= 6.1


def test_a_hold_goes_on_with_the_breath_that_is_due():
    lifted = [phase(breath="out"), phase("hold"), phase(breath="in"), phase("hold", "both")]
    assert breathings(lifted) == (OUT, InTurn(IN, True), IN, InTurn(OUT, True))


def test_a_hold_between_two_breaths_out_breathes_in_once_more():
    row = [phase(breath="out"), phase("hold"), phase(breath="out"), phase(breath="in")]
    assert breathings(row)[1] == InTurn(IN, paired=False)


def test_a_hold_alone_is_begun_with_a_breath_in():
    assert breathings([phase("hold", "both"), phase()]) == (InTurn(IN, True), None)


def test_who_begins_on_a_breath_out_breathes_in_first():
    parts = with_breath_in([hold(2.0), lift(), lower()], spoken(1.0, "ein"))
    assert [part.breath for part in parts] == [None, IN, OUT, IN]
    assert seconds(at_tempo(parts, 1.0)) == [2.0, 3.0, 4.0, 4.0]


def test_who_begins_on_a_breath_in_just_begins():
    assert with_breath_in([lower(), lift()], spoken(1.0)) == (lower(), lift())
    assert with_breath_in([hold(9.0)], spoken(1.0)) == (hold(9.0),)


@of_every_exercise
@pytest.mark.parametrize("level", list(Level))
def test_nobody_holds_the_breath_at_any_level_or_tempo(exercise: Exercise, level: Level) -> None:
    """In every hold grown to its longest, and over the whole repetition in and out in turn."""
    made = adapted(exercise, Load(2, hold_steps=20, level=level), "")
    for phases in (made.phases, *(station.phases for station in made.stations)):
        for tempo in TEMPOS:
            parts = [
                (one, movement(one, spoken(speech_seconds(one.say[0])), breathing=breathing))
                for one, breathing in zip(phases, breathings(phases), strict=True)
            ]
            beats = at_tempo([part for _, part in parts], tempo)
            for (one, _), beat in zip(parts, beats, strict=True):
                if one.kind == "hold" and beat.seconds > BREATHED_FROM_SECONDS:
                    assert beat.breaths, one.name
            made_breaths = [breath for beat in beats for breath in beat.breaths]
            assert all(a is not b for a, b in pairwise(made_breaths))


def test_a_grown_hold_says_that_the_breath_goes_on(content):
    """The harder squat, with its hold at its longest."""
    stage = stage_in("exercise.repeat", content)
    stage.coach._training.plan.set((held(content, 8.0),))
    stage.say("repeat")
    stage.until_said("repeat.breathe")
    stage.until_said("repeat.count")
    four = [one for one in stage.breaths if one.seconds == pytest.approx(4.0)]
    assert [one.direction for one in four[-3:]] == [IN, OUT, IN]


def held(content, seconds):
    exercise = content.exercise("kniebeuge")
    phases = tuple(
        one.model_copy(update={"seconds": seconds}) if one.name == "unten" else one
        for one in exercise.harder.phases
    )
    return exercise.model_copy(update={"phases": phases})


def test_a_short_hold_says_nothing_of_it(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.until("exercise.feedback")
    assert "repeat.breathe" not in stage.line_ids


def test_every_beginning_of_a_set_has_a_breath_in_before_the_breath_out(content):
    stage = stage_in("exercise.repeat", content)
    stage.until_said("repeat.count").wait(0.5)
    assert stage.line_ids.count("repeat.breathe_in") == 1
    stage.say("pause")
    stage.until_quiet().say("next")
    stage.until_said("repeat.breathe_in")


def test_a_set_says_once_in_a_session_how_often_is_often_enough(content):
    stage = stage_in("exercise.repeat", content, quiet=False)
    stage.until("exercise.rest").until("exercise.position").until_quiet().say("next")
    stage.until_said("repeat.count")
    assert sum("fertig" in text for text in stage.texts) == 1
