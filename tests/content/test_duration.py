import pytest

from skill.content.duration import exercise_seconds, minutes, programme_seconds
from skill.content.exercise import (
    AgeScale,
    Exercise,
    Introduction,
    Phase,
    Repetitions,
    Side,
    Station,
)
from skill.content.loader import load_content
from skill.content.schema import Content, Programme

LINE = "a" * 13  # said in a second
CONTENT = load_content()


def phase(name: str, seconds: float, say: str = LINE) -> Phase:
    return Phase(name=name, seconds=seconds, say=(say,))


def exercise(**changed: object) -> Exercise:
    plain = Exercise(
        id="a",
        title=LINE,
        spoken_names=("a",),
        purpose=LINE,
        muscles=("a",),
        introduction=Introduction(full=(LINE,), short=(LINE,)),
        position=(LINE,),
        phases=(phase("auf", 4.0), phase("ab", 3.0)),
        repetitions=Repetitions(start=5, most=9),
        reminders=(LINE,),
        cautions=(LINE,),
        leave=(LINE,),
        rest_seconds=20.0,
    )
    return plain.model_copy(update=changed)


TOLD_SECONDS = 3.0 + 10.0  # introduction, caution, position; then getting ready


def test_repetitions_are_counted() -> None:
    assert exercise_seconds(exercise()) == TOLD_SECONDS + 5 * (4 + 3 + 1)


def test_each_side_is_announced_and_trained() -> None:
    sides = tuple(Side(name=name, title=name, announce=(LINE,)) for name in ("rechts", "links"))
    assert exercise_seconds(exercise(sides=sides)) == TOLD_SECONDS + 2 * (1 + 5 * 8)


def test_opening_and_closing_come_once() -> None:
    framed = exercise(opening=(phase("an", 30.0),), closing=(phase("aus", 20.0),))
    assert exercise_seconds(framed) == exercise_seconds(exercise()) + 50


def test_every_station_comes_once() -> None:
    stations = tuple(Station(title=LINE, phases=(phase(name, 9.0),)) for name in ("a", "b"))
    assert exercise_seconds(exercise(phases=(), stations=stations)) == TOLD_SECONDS + 2 * 10


def test_an_age_group_has_its_own_figures() -> None:
    scaled = exercise(ages={"older": AgeScale(repetitions=2, seconds={"auf": 10.0})})
    assert exercise_seconds(scaled, "older") == TOLD_SECONDS + 2 * (10 + 3 + 1)
    assert exercise_seconds(scaled, "young") == exercise_seconds(scaled)


def test_a_cue_that_is_longer_stretches_its_phase() -> None:
    slow = exercise(phases=(phase("auf", 1.0, LINE + LINE),))
    assert exercise_seconds(slow) == TOLD_SECONDS + 5 * (2 + 1)


def test_a_programme_rests_between_its_exercises_only() -> None:
    content = Content.model_construct(exercises=(exercise(), exercise(id="b", rest_seconds=7.0)))
    programme = Programme(
        id="p",
        title="P",
        spoken_names=("p",),
        purpose=LINE,
        introduction=(LINE,),
        exercises=("a", "b"),
        rounds=2,
    )
    expected = 1 + 4 * exercise_seconds(exercise()) + 20 + 7 + 20
    assert programme_seconds(content, programme) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(5, 1), (89, 1), (91, 2), (600, 10)])
def test_minutes_are_whole(seconds: float, expected: int) -> None:
    assert minutes(seconds) == expected


def test_the_older_are_done_sooner() -> None:
    intervals = CONTENT.programme("intervalltraining")
    young, older = (programme_seconds(CONTENT, intervals, age) for age in ("young", "older"))
    assert young > older
