import pytest

from skill.content.exercise import Exercise
from skill.messages.notes import Level
from skill.progress.adapting import adapted, limits_of
from skill.progress.rules import Limits
from tests.content.every_exercise import CONTENT
from tests.progress.exercises import a_ladder, an_exercise
from tests.progress.person import load

AGES = {
    "young": {"repetitions": 8, "seconds": {"heben": 2, "oben": 14}},
    "older": {"repetitions": 2, "seconds": {"oben": 20}},
}


def seconds(exercise: Exercise) -> dict[str, float]:
    return {phase.name: phase.seconds for phase in exercise.all_phases}


@pytest.mark.parametrize(
    ("exercise", "text", "age_group"),
    [
        (an_exercise(), "9", ""),
        (an_exercise(), "9 harder", ""),
        (an_exercise(), "9", "middle"),
        (an_exercise(ages=AGES), "9", "middle"),
        (a_ladder(), "9", "young"),
        (an_exercise(ages={"young": {"repetitions": 8}}), "9", "young"),
    ],
)
def test_where_nothing_is_different_it_is_the_very_same(
    exercise: Exercise, text: str, age_group: str
) -> None:
    assert adapted(exercise, load(text), age_group) is exercise


@pytest.mark.parametrize(("text", "hold_seconds"), [("6 +1", 15), ("6 +2", 18), ("6 +9", 18)])
def test_holds_grow_by_steps_up_to_their_longest(text: str, hold_seconds: float) -> None:
    assert seconds(adapted(an_exercise(), load(text), "")) == {"heben": 4, "oben": hold_seconds}


def test_a_variant_takes_the_place_of_position_or_phases_and_keeps_the_title() -> None:
    exercise = a_ladder()
    easier = adapted(exercise, load("6 easier"), "")
    assert easier == exercise.model_copy(update={"position": ("Stell die Füße auf.",)})
    harder = adapted(exercise, load("6 +2 harder"), "")
    assert seconds(harder) == {"heben": 5, "oben": 15}
    assert (harder.title, harder.position) == (exercise.title, exercise.position)


@pytest.mark.parametrize(
    ("text", "age_group", "expected"),
    [
        ("6", "young", {"heben": 2, "oben": 14}),
        ("6 +1", "young", {"heben": 2, "oben": 18}),
        ("6 +1", "older", {"heben": 4, "oben": 20}),  # above the longest: neither more nor less
        ("6 harder", "young", {"heben": 2, "oben": 14}),
    ],
)
def test_an_age_group_has_its_own_seconds(
    text: str, age_group: str, expected: dict[str, float]
) -> None:
    assert seconds(adapted(a_ladder(ages=AGES), load(text), age_group)) == expected


def test_stations_opening_and_closing_are_adapted_as_well() -> None:
    hold = {"kind": "hold", "say": ["Fest."], "seconds": 5, "longest": 10}
    exercise = an_exercise(
        phases=(),
        opening=[hold | {"name": "ankommen"}],
        stations=[
            {"title": "Hände", "phases": [hold | {"name": "hände"}]},
            {"title": "Füße", "phases": [{"name": "füße", "say": ["Fest."], "seconds": 5}]},
        ],
        closing=[hold | {"name": "lösen"}],
        repetitions={"start": 2, "least": 2, "most": 2},
    )
    longer = adapted(exercise, load("2 +1"), "")
    assert seconds(longer) == {"ankommen": 10, "hände": 10, "füße": 5, "lösen": 10}
    assert [station.title for station in longer.stations] == ["Hände", "Füße"]
    assert limits_of(exercise, "") == Limits(2, 2, 2, {Level.NORMAL: 1})


@pytest.mark.parametrize(
    ("exercise", "age_group", "expected"),
    [
        (an_exercise(), "", Limits(2, 6, 15, {Level.NORMAL: 2})),
        (
            a_ladder(),
            "",
            Limits(2, 6, 15, {Level.EASIER: 2, Level.NORMAL: 2, Level.HARDER: 1}),
        ),
        (an_exercise(ages=AGES), "young", Limits(2, 8, 15, {Level.NORMAL: 1})),
        (an_exercise(ages=AGES), "older", Limits(2, 2, 15, {Level.NORMAL: 0})),
        (an_exercise(ages=AGES), "middle", Limits(2, 6, 15, {Level.NORMAL: 2})),
    ],
)
def test_how_far_an_exercise_goes(exercise: Exercise, age_group: str, expected: Limits) -> None:
    assert limits_of(exercise, age_group) == expected


def test_a_variant_may_turn_sides_that_alternate_into_one_after_the_other() -> None:
    legs = CONTENT.exercise("bein-anheben")
    easier = adapted(legs, load("6 easier"), "")
    assert legs.alternating
    assert legs.easier
    assert (easier.sides, easier.alternating) == (legs.easier.sides, False)
    harder = adapted(legs, load("6 harder"), "")
    assert (harder.sides, harder.alternating) == (legs.sides, True)
