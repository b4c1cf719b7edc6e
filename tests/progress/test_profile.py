from datetime import datetime, timedelta
from time import process_time

import pytest

from skill.messages.notes import (
    AgeTold,
    Feeling,
    HistoryEntry,
    Hurt,
    Level,
    Outcome,
    PlanAt,
    PlanOver,
    Rated,
    SessionBegan,
    SessionEnded,
    SetDone,
    TempoChosen,
    Wanted,
)
from skill.progress.profile import Practice, Profile, pain_recurs, profile_of
from tests.progress.exercises import a_ladder, an_exercise
from tests.progress.person import Person, load

PLAN = PlanAt(("bruecke", "hebe"), 1, "ruecken")


@pytest.fixture
def person() -> Person:
    return Person(a_ladder())


def practice(person: Person) -> Practice:
    return person.profile.practice("hebe")


# --- what the next round gets ------------------------------------------------------------------


def test_an_age_group_begins_with_its_own_repetitions() -> None:
    person = Person(an_exercise(ages={"older": {"repetitions": 4}}))
    person.note(AgeTold("middle"))
    assert person.load == load("6")
    person.note(AgeTold("older"))
    assert person.load == load("4")


def test_what_was_trained_after_a_break_is_where_it_goes_on(person: Person) -> None:
    person.train("-", load("12 +2"))
    person.wait(days=20)
    assert person.load == load("8 +1")
    assert practice(person).load == load("12 +2")  # a break is not stored
    person.train("good good")
    assert person.load == load("9 +1")


def test_good_rounds_on_both_sides_of_a_break_are_not_in_a_row(person: Person) -> None:
    person.train("good", load("2"))
    person.wait(days=20)
    person.train("good")
    assert person.load == load("2")


def test_more_than_planned_is_kept_once_it_was_made(person: Person) -> None:
    person.train("good", load("10"))
    assert person.load == load("10")


def test_more_than_planned_that_was_not_made_is_not_asked_again(person: Person) -> None:
    person.train("good")
    person.train("short-good", load("12"))
    assert person.load == load("6")


def test_fewer_than_planned_is_where_the_next_round_begins(person: Person) -> None:
    person.train("short-good", load("3"))
    assert person.load == load("3")


def test_a_level_counts_at_once_and_its_rounds_anew(person: Person) -> None:
    person.train("good", load("9"))
    person.choose(Level.HARDER)
    assert person.load == load("6 harder")
    person.train("good")
    assert person.load == load("6 harder")
    person.train("good")
    assert person.load == load("7 harder")


def test_a_level_counts_after_a_long_break_as_well(person: Person) -> None:
    person.train("good", load("12"))
    person.wait(days=30)
    person.choose(Level.HARDER)
    assert person.load == load("6 harder")
    person.wait(days=14)
    assert person.load == load("4")


@pytest.mark.parametrize("feeling", list(Feeling))
def test_a_level_chosen_during_a_set_is_for_the_next_one(person: Person, feeling: Feeling) -> None:
    person.train("good")
    person.choose(Level.EASIER)
    person.do(3, load("6"), Outcome.ENOUGH)
    person.note(Rated("hebe", feeling))
    assert person.load == load("6 easier")
    assert practice(person).good_rounds == 0
    assert person.profile.sets[-1].feeling is feeling


def test_a_level_that_the_exercise_lacks_changes_nothing() -> None:
    person = Person(an_exercise())
    person.train("good", load("9"))
    before = practice(person)
    person.choose(Level.HARDER)
    assert practice(person) == before


def test_an_exercise_that_lost_its_variant_goes_on_without(person: Person) -> None:
    person.choose(Level.HARDER)
    person.train("good")
    person.exercise = an_exercise()
    assert person.load == load("6")
    person.train("good good")
    assert person.load.level is Level.NORMAL


def test_a_set_without_a_repetition_was_not_trained(person: Person) -> None:
    person.train("-", load("9"))
    before = person.profile
    person.do(0, load("3"), Outcome.OPEN)
    assert person.profile.sets == before.sets
    assert practice(person).times == 1
    person.note(Rated("hebe", Feeling.HARD))  # of nothing
    assert person.load == load("9")


def test_a_set_is_rated_once(person: Person) -> None:
    person.train("hard")
    person.note(Rated("hebe", Feeling.HARD))
    assert person.load == load("4")


def test_a_rating_without_a_set_changes_nothing(person: Person) -> None:
    person.note(Rated("hebe", Feeling.HARD))
    assert person.load == load("6")
    assert person.profile.sets == ()


def test_a_rating_belongs_to_the_last_set_of_its_exercise(person: Person) -> None:
    person.train("- -")
    person.note(SetDone("bruecke", (6,), load("6"), Outcome.COMPLETE))
    person.note(Rated("hebe", Feeling.EASY))
    feelings = [(one.exercise, one.feeling) for one in person.profile.sets]
    assert feelings == [("hebe", None), ("hebe", Feeling.EASY), ("bruecke", None)]


# --- pain --------------------------------------------------------------------------------------


def test_pain_leaves_an_exercise_out_until_it_is_asked_for(person: Person) -> None:
    person.train("good pain", load("12 +1"))
    assert person.profile.is_left_out("hebe")
    assert not person.profile.is_left_out("bruecke")
    person.note(Wanted("hebe"))
    assert not person.profile.is_left_out("hebe")
    assert person.load == load("2 easier")


def test_an_exercise_that_is_asked_for_without_pain_goes_on_as_it_was(person: Person) -> None:
    person.train("good", load("12 +1"))
    before = practice(person)
    person.note(Wanted("hebe"))
    assert practice(person) == before


def test_one_pain_counts_once_however_it_is_noted(person: Person) -> None:
    person.note(Hurt("hebe"))
    person.do(3, load("6"), Outcome.PAIN)
    person.note(Hurt("hebe"))
    assert practice(person).pains == 1
    assert practice(person).times == 0


def test_pain_outside_of_a_set_leaves_out_as_well(person: Person) -> None:
    person.note(Hurt("hebe"))
    assert person.profile.is_left_out("hebe")
    assert person.profile.sets == ()


def test_the_second_pain_is_one_that_recurs(person: Person) -> None:
    person.train("pain")
    assert not pain_recurs(practice(person))
    person.note(Wanted("hebe"))
    person.train("good pain")
    assert pain_recurs(practice(person))


def test_a_set_that_ended_in_pain_is_not_rated(person: Person) -> None:
    person.train("pain")
    assert not practice(person).awaits_feeling
    person.note(Rated("hebe", Feeling.EASY))
    assert person.profile.sets[-1].feeling is None


# --- what else is known ------------------------------------------------------------------------


def test_an_exercise_is_known_after_three_sets(person: Person) -> None:
    person.train("good pain -")
    assert not person.profile.knows("hebe")
    person.train("short-good")
    assert person.profile.knows("hebe")


def test_sessions_age_and_tempo_are_remembered(person: Person) -> None:
    for note in (SessionBegan(), AgeTold("older"), TempoChosen(1.25), SessionEnded()):
        person.note(note)
    person.note(SessionBegan())
    profile = person.profile
    assert (profile.sessions, profile.age_group, profile.tempo) == (2, "older", 1.25)


def test_the_last_two_sets_are_compared(person: Person) -> None:
    person.train("easy easy good")
    assert person.profile.compared("hebe") == 2
    assert person.profile.compared("bruecke") is None


def test_a_week_is_summed_up(person: Person) -> None:
    person.train("-")
    person.wait(days=7)
    person.train("- -")
    week = person.profile.week(person.now)
    assert (week.days, week.sets, week.repetitions) == (1, 2, 12)
    assert (week.before.days, week.before.sets, week.before.repetitions) == (1, 1, 6)


@pytest.mark.parametrize(
    ("hours", "plan"), [(0, PLAN), (12, PLAN), (12.1, None), (-1, PLAN), (-13, None)]
)
def test_a_plan_is_resumed_on_the_same_day(
    person: Person, hours: float, plan: PlanAt | None
) -> None:
    person.note(PLAN)
    person.note(SessionEnded())
    person.note(SessionBegan())
    person.wait(hours=hours)
    assert person.profile.resumable(person.now) == plan


def test_only_a_plan_with_something_left_is_resumed(person: Person) -> None:
    assert person.profile.resumable(person.now) is None
    person.note(PlanAt(("hebe",), 1))
    assert person.profile.resumable(person.now) is None
    person.note(PLAN)
    person.note(Hurt("hebe"))
    assert person.profile.resumable(person.now) is None
    person.note(Wanted("hebe"))
    assert person.profile.resumable(person.now) == PLAN
    person.note(PlanOver())
    assert person.profile.resumable(person.now) is None


def test_exercises_that_no_longer_exist_are_remembered(person: Person) -> None:
    gone = Person(an_exercise(id="fort"), look_up=lambda exercise_id: None)
    gone.train("good good hard", load("6"))
    gone.choose(Level.HARDER)
    gone.train("pain", load("6"))
    assert gone.profile.is_left_out("fort")
    gone.note(Wanted("fort"))
    assert not gone.profile.is_left_out("fort")
    assert gone.profile.knows("fort")
    assert gone.profile.week(gone.now).sets == 4
    assert gone.profile.load(gone.exercise, gone.now) == load("6")  # back again


# --- taking notes in ---------------------------------------------------------------------------


def test_nothing_changes_in_place(person: Person) -> None:
    before = person.profile
    person.train("good")
    assert before == Profile()
    with pytest.raises(TypeError):
        person.profile.practices["hebe"] = Practice()  # type: ignore[index]


def test_years_of_training_are_read_in_a_moment() -> None:
    exercises = {f"hebe-{index}": a_ladder(id=f"hebe-{index}") for index in range(10)}
    began = datetime(2016, 1, 1)
    entries = [
        HistoryEntry("", began + timedelta(hours=4 * index), note)
        for index in range(10_000)
        for name in [f"hebe-{index % 10}"]
        for note in (
            SetDone(name, (6,), load("6"), Outcome.COMPLETE),
            Rated(name, list(Feeling)[index % 3]),
        )
    ]
    start = process_time()
    profile = profile_of(entries, exercises.get)
    assert process_time() - start < 3  # about 0.4 s on a small machine
    assert len(profile.sets) == 10_000
    assert all(one.feeling for one in profile.sets)
