"""Whatever a person does, in whatever order: what always holds of their progress."""

from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skill.content.exercise import Exercise
from skill.messages.notes import (
    AgeTold,
    Feeling,
    HistoryEntry,
    Hurt,
    Level,
    LevelChosen,
    Load,
    Outcome,
    PlanAt,
    PlanOver,
    Rated,
    SessionBegan,
    SetDone,
    TempoChosen,
    Wanted,
)
from skill.progress.adapting import adapted, limits_of
from skill.progress.profile import Profile, profile_of
from tests.progress.exercises import EASIER, HARDER, an_exercise
from tests.progress.person import Person

AGES: dict[str, dict[str, Any]] = {
    "young": {"repetitions": 8},
    "older": {"repetitions": 4, "seconds": {"oben": 13}},
}
NAMES = st.sampled_from(["hebe", "bruecke", "fort"])
LEVELS = st.sampled_from(Level)
LOADS = st.builds(Load, st.integers(-1, 40), st.integers(-1, 5), LEVELS)
COMPLETED = st.lists(st.integers(0, 20), max_size=2).map(tuple)
NOTES = st.one_of(
    st.builds(SetDone, NAMES, COMPLETED, LOADS, st.sampled_from(Outcome)),
    st.builds(Rated, NAMES, st.sampled_from(Feeling)),
    st.builds(Hurt, NAMES),
    st.builds(Wanted, NAMES),
    st.builds(LevelChosen, NAMES, LEVELS),
    st.builds(AgeTold, st.sampled_from(["young", "middle", "older", "nosuch"])),
    st.builds(TempoChosen, st.floats(0.5, 2)),
    st.builds(PlanAt, st.lists(NAMES).map(tuple), st.integers(0, 5)),
    st.just(PlanOver()),
    st.just(SessionBegan()),
)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))
ENTRIES = st.lists(st.builds(HistoryEntry, st.just(""), TIMES, NOTES), max_size=40)
ROUNDS = st.sampled_from(["easy", "good", "hard", "-", "short-easy", "short-good", "short-hard"])
RANK = [Level.EASIER, Level.NORMAL, Level.HARDER]


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    # At least 2, so that a set ended one early was a set.
    least, start, most = sorted(draw(st.tuples(*[st.integers(2, 15)] * 3)))
    return an_exercise(
        repetitions={"least": least, "start": start, "most": most},
        easier=draw(st.sampled_from([None, EASIER])),
        harder=draw(st.sampled_from([None, HARDER])),
        ages=draw(st.sampled_from([{}, _scaled(least, most)])),
    )


def _scaled(least: int, most: int) -> dict[str, dict[str, object]]:
    return {
        group: {**scale, "repetitions": min(max(scale["repetitions"], least), most)}
        for group, scale in AGES.items()
    }


def is_more(load: Load, than: Load) -> bool:
    """Tell whether anything of a load has risen."""
    if load.level is not than.level:
        return RANK.index(load.level) > RANK.index(than.level)
    return load.repetitions > than.repetitions or load.hold_steps > than.hold_steps


@given(exercises(), ENTRIES, TIMES)
def test_a_load_is_always_one_that_the_exercise_allows(
    exercise: Exercise, entries: list[HistoryEntry], now: datetime
) -> None:
    profile = profile_of(entries, {"hebe": exercise}.get)
    limits = limits_of(exercise, profile.age_group)
    load = profile.load(exercise, now)
    assert limits.least <= load.repetitions <= limits.most
    assert load.level in limits.hold_steps
    assert 0 <= load.hold_steps <= limits.hold_steps[load.level]
    for phase in adapted(exercise, load, profile.age_group).all_phases:
        assert phase.longest is None or phase.seconds <= phase.longest


@given(exercises(), ENTRIES)
def test_notes_one_by_one_give_the_same_as_all_at_once(
    exercise: Exercise, entries: list[HistoryEntry]
) -> None:
    look_up = {"hebe": exercise}.get
    profile = Profile()
    for entry in entries:
        profile = profile.after(entry.note, entry.at, look_up)
    assert profile == profile_of(entries, look_up)


@given(exercises(), st.lists(st.tuples(ROUNDS, st.integers(0, 90)), max_size=30))
def test_nothing_rises_without_two_good_rounds(
    exercise: Exercise, rounds: list[tuple[str, int]]
) -> None:
    person = Person(exercise)
    good_in_a_row = 0
    for felt, days in rounds:
        before = person.load
        person.wait(days=days)
        assert not is_more(person.load, before), "nothing rises by waiting"
        given_load = person.load
        person.train(felt)
        if felt in ("easy", "good"):
            good_in_a_row += 1
        elif felt != "-":
            good_in_a_row = 0
        if is_more(person.load, given_load):
            assert good_in_a_row >= 2
            good_in_a_row = 0
        if "hard" in felt:
            least = limits_of(exercise, "").least
            can_fall = given_load.repetitions > least or given_load.hold_steps
            assert not can_fall or is_more(given_load, person.load), "hard falls at once"


@given(
    exercises(), ENTRIES, st.lists(st.builds(HistoryEntry, st.just(""), TIMES, NOTES), max_size=20)
)
def test_pain_leaves_out_until_the_exercise_is_wanted(
    exercise: Exercise, entries: list[HistoryEntry], later: list[HistoryEntry]
) -> None:
    look_up = {"hebe": exercise}.get
    hurt = HistoryEntry("", datetime(2025, 1, 1), Hurt("hebe"))
    unwanted = [one for one in later if one.note != Wanted("hebe")]
    profile = profile_of([*entries, hurt, *unwanted], look_up)
    assert profile.is_left_out("hebe")
    before = profile_of(entries, look_up).practice("hebe")
    assert profile.practice("hebe").pains == before.pains + (not before.left_out)
    again = profile.after(Wanted("hebe"), hurt.at, look_up)
    assert not again.is_left_out("hebe")
    assert again.load(exercise, hurt.at).repetitions == exercise.repetitions.least
