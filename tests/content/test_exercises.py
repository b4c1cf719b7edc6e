"""The exercises and programmes that come with the trainer, as a whole: nothing is left out."""

from typing import get_args

import pytest

from skill.content.duration import SPOKEN_LETTERS_PER_SECOND, minutes, programme_seconds
from skill.content.exercise import AgeGroup, Exercise, Phase
from skill.content.schema import Programme
from skill.written.spoken import contains_phrase
from tests.content.every_exercise import CONTENT, of_every_exercise, phases_of

AGES = get_args(AgeGroup)

of_every_programme = pytest.mark.parametrize(
    "programme", CONTENT.programmes, ids=lambda one: one.id
)


@of_every_exercise
def test_there_is_an_easier_and_a_harder_way(exercise: Exercise) -> None:
    assert exercise.easier
    assert exercise.harder
    for variant in (exercise.easier, exercise.harder):
        assert len(set(variant.say)) >= 2
        assert len(variant.position) != 1
    assert exercise.easier.title != exercise.harder.title


@of_every_exercise
def test_it_says_who_should_leave_it_out(exercise: Exercise) -> None:
    assert exercise.not_for
    assert len(exercise.cautions) >= 2


@of_every_exercise
def test_it_breathes_out_somewhere(exercise: Exercise) -> None:
    assert any(phase.breath == "out" for phase in exercise.all_phases)


@of_every_exercise
def test_hints_are_for_long_phases(exercise: Exercise) -> None:
    """Cue and hints fill at most half of it, for every age."""
    for phase in phases_of(exercise):
        scaled = [scale.seconds.get(phase.name, phase.seconds) for scale in exercise.ages.values()]
        letters = max(len(cue) for cue in phase.say) + sum(len(hint) for hint in phase.hints)
        if phase.hints:
            spoken_seconds = letters / SPOKEN_LETTERS_PER_SECOND
            assert spoken_seconds <= 0.5 * min([phase.seconds, *scaled]), phase.name


@of_every_exercise
def test_hints_hold_no_command_of_a_repetition(exercise: Exercise) -> None:
    """The coach would mask its own listener; numbers and names do not count there."""
    hints = [hint for phase in phases_of(exercise) for hint in phase.hints]
    live = CONTENT.live_commands("exercise.repeat") - {"exercise", "programme"}
    for phrase, command in CONTENT.vocabulary.items():
        if command.name in live:
            assert not [hint for hint in hints if contains_phrase(hint, phrase)], phrase


@of_every_exercise
def test_a_harder_hold_is_not_shorter_than_an_easier_one(exercise: Exercise) -> None:
    def longest(phases: tuple[Phase, ...]) -> float:
        return max((phase.longest or 0.0 for phase in phases), default=0.0)

    assert exercise.easier
    assert exercise.harder
    if exercise.easier.phases:
        own = exercise.harder.phases or exercise.phases
        assert longest(exercise.easier.phases) <= longest(own)


def test_only_walking_and_letting_go_differ_from_repetition_to_repetition() -> None:
    assert [one.id for one in CONTENT.exercises if one.ages] == ["intervalle"]
    assert [one.id for one in CONTENT.exercises if one.stations] == ["muskelentspannung"]


def test_tension_is_gentle_and_short() -> None:
    for station in CONTENT.exercise("muskelentspannung").stations:
        _, tense, stay, let_go, feel = station.phases
        assert (tense.breath, let_go.breath) == ("in", "out")
        assert 5 <= tense.seconds + stay.seconds <= 7
        assert 15 <= feel.seconds <= 25
        assert feel.kind == "move", "in a hold the coach says when half of it is over"


def test_the_older_get_fewer_and_calmer_rounds() -> None:
    ages = CONTENT.exercise("intervalle").ages
    young, middle, older = (ages[group] for group in AGES)
    assert young.repetitions > middle.repetitions > older.repetitions
    brisk = [scale.seconds["kräftig"] for scale in (young, middle, older)]
    calm = [scale.seconds["ruhig"] for scale in (young, middle, older)]
    assert brisk == sorted(brisk, reverse=True)
    assert calm == sorted(calm)


def test_the_programmes_are_there_in_their_order() -> None:
    assert [one.id for one in CONTENT.programmes] == [
        *("rueckentraining", "rueckentraining-kurz", "rueckentraining-lang"),
        *("intervalltraining", "widerstand", "beweglichkeit", "entspannung"),
    ]
    assert CONTENT.programme("rueckentraining").exercises == ("bruecke", "roll-up", "bein-anheben")
    assert len(CONTENT.programme("rueckentraining-lang").exercises) >= 6


@of_every_programme
def test_programmes_vary_and_are_asked_for_in_several_ways(programme: Programme) -> None:
    assert len(set(programme.introduction)) >= 2
    assert 2 <= len(programme.spoken_names) <= 3


@of_every_programme
def test_without_the_material_nothing_needs_it(programme: Programme) -> None:
    for exercise_id in programme.exercises:
        exercise = CONTENT.exercise(exercise_id)
        if "Gummiband" in exercise.material:
            assert "Gummiband" in programme.material
            assert not CONTENT.exercise(programme.instead[exercise_id]).material


@of_every_programme
@pytest.mark.parametrize("age", AGES)
def test_programmes_take_a_sensible_time(programme: Programme, age: AgeGroup) -> None:
    least, most = {
        "rueckentraining": (5, 15),
        "rueckentraining-kurz": (3, 10),
        "rueckentraining-lang": (15, 30),
        "intervalltraining": (8, 25),
        "widerstand": (10, 25),
        "beweglichkeit": (4, 12),
        "entspannung": (8, 20),
    }[programme.id]
    assert least <= minutes(programme_seconds(CONTENT, programme, age)) <= most


def test_all_exercises_are_trained_in_a_programme() -> None:
    trained = {one for programme in CONTENT.programmes for one in programme.exercises}
    assert trained == {exercise.id for exercise in CONTENT.exercises}
