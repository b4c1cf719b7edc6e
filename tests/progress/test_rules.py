"""The rules of progression as a table: what was trained, how it felt, what the next round gets.

A load is written as repetitions, steps of longer holds, level: "15 +2", "4 harder". The exercise
goes from 2 to 15 repetitions (6 to begin with); its hold grows in 2 steps, 1 in the harder
variant.
"""

from datetime import timedelta

import pytest

from skill.messages.notes import Level
from skill.progress import rules
from skill.progress.rules import Limits
from tests.progress.exercises import a_ladder, an_exercise
from tests.progress.person import Person, load

LIMITS = Limits(2, 6, 15, {Level.EASIER: 2, Level.NORMAL: 2, Level.HARDER: 1})
PLAIN = Limits(2, 6, 15, {Level.NORMAL: 0})
FIXED = Limits(12, 12, 12, {Level.NORMAL: 0})


@pytest.mark.parametrize(
    ("trained", "felt", "next_round"),
    [
        # Two good rounds in a row make it one more; two easy ones make it two.
        ("6", "good", "6"),
        ("6", "good good", "7"),
        ("6", "easy good", "7"),
        ("6", "good easy", "7"),
        ("6", "easy easy", "8"),
        # After a rise the count of good rounds starts anew.
        ("6", "good good good", "7"),
        ("6", "good good good good", "8"),
        ("6", "good good easy easy", "9"),
        # Not the repetitions any more: then the holds, then the harder variant, which begins low.
        ("14", "easy easy", "15"),
        ("15", "good good", "15 +1"),
        ("15", "easy easy", "15 +1"),
        ("15 +1", "good good", "15 +2"),
        ("15 +2", "good", "15 +2"),
        ("15 +2", "good good", "4 harder"),
        ("15 +1 harder", "easy easy", "15 +1 harder"),
        # A round nobody rated counts neither way.
        ("6", "-", "6"),
        ("6", "- - -", "6"),
        ("6", "good - good", "7"),
        # A round ended early never counts towards a rise.
        ("6", "short-good short-good", "6"),
        ("6", "good short-good", "6"),
        ("6", "good short-easy good", "6"),
        ("6", "good short-easy good good", "7"),
        # Hard: less at once, by two or by a quarter; then shorter holds, then the easier variant.
        ("6", "hard", "4"),
        ("6", "short-hard", "4"),
        ("15", "hard", "11"),
        ("12", "hard", "9"),
        ("4", "hard", "2"),
        ("3", "hard", "2"),
        ("2 +2", "hard", "2 +1"),
        ("2 +1", "hard", "2"),
        ("2", "hard", "2 easier"),
        ("2 easier", "hard", "2 easier"),
        ("4 harder", "hard hard", "2"),
        ("6", "good hard", "4"),
        ("6", "good hard good", "4"),
        ("6", "good hard good good", "5"),
    ],
)
def test_what_the_next_round_gets(trained: str, felt: str, next_round: str) -> None:
    person = Person(a_ladder())
    if (level := load(trained).level) is not Level.NORMAL:
        person.choose(level)
    person.train("-", load(trained))  # so much was asked for
    person.train(felt)
    assert person.load == load(next_round)


@pytest.mark.parametrize(
    ("trained", "days", "next_round"),
    [
        ("12 +2", 13, "12 +2"),
        ("12 +2", 14, "8 +1"),
        ("15 +1", 14, "10"),
        ("8 +1 harder", 30, "5"),
        ("9 +2 easier", 30, "6 +1 easier"),
        ("6", 14, "4"),
        ("2", 14, "2"),
        # After two months as it begins, but never more than after a shorter break.
        ("15 +2", 59, "10 +1"),
        ("15 +2", 60, "6"),
        ("15 +1 harder", 60, "6"),
        ("12 easier", 400, "6 easier"),
        ("6", 400, "4"),
        ("2", 400, "2"),
    ],
)
def test_after_a_break(trained: str, days: int, next_round: str) -> None:
    assert rules.after_break(load(trained), timedelta(days=days), LIMITS) == load(next_round)


@pytest.mark.parametrize(
    ("trained", "next_round"), [("15", "15"), ("14", "15"), ("13", "15"), ("12", "14")]
)
def test_without_holds_and_variants_repetitions_rise_to_the_most(
    trained: str, next_round: str
) -> None:
    assert rules.risen(load(trained), PLAIN, all_easy=True) == load(next_round)


def test_without_variants_a_hard_round_ends_at_the_least() -> None:
    assert rules.fallen(load("2"), PLAIN) == load("2")


def test_from_the_easier_variant_it_goes_back_to_the_normal_one() -> None:
    assert rules.risen(load("15 +2 easier"), LIMITS, all_easy=False) == load("4")


def test_fixed_repetitions_stay_whatever_happens() -> None:
    assert rules.first_load(FIXED) == load("12")
    assert rules.risen(load("12"), FIXED, all_easy=True) == load("12")
    assert rules.fallen(load("12"), FIXED) == load("12")
    assert rules.after_pain(FIXED) == load("12")
    assert rules.after_break(load("12"), timedelta(days=99), FIXED) == load("12")


def test_after_pain_it_begins_with_the_least_there_is() -> None:
    assert rules.after_pain(LIMITS) == load("2 easier")
    assert rules.after_pain(PLAIN) == load("2")


@pytest.mark.parametrize(
    ("trained", "level", "next_round"),
    [
        ("12 +1", Level.HARDER, "6 harder"),
        ("12 +1", Level.EASIER, "6 easier"),
        ("3 harder", Level.NORMAL, "6"),
    ],
)
def test_a_level_that_is_asked_for_starts_anew(trained: str, level: Level, next_round: str) -> None:
    assert rules.at_level(load(trained), level, LIMITS) == load(next_round)


def test_a_level_that_does_not_exist_changes_nothing() -> None:
    assert rules.at_level(load("12"), Level.HARDER, PLAIN) == load("12")


@pytest.mark.parametrize(
    ("noted", "allowed"), [("30 +9", "15"), ("1", "2"), ("5 +1 harder", "5"), ("0 easier", "2")]
)
def test_a_load_is_brought_to_what_the_exercise_allows(noted: str, allowed: str) -> None:
    assert rules.within(load(noted), PLAIN) == load(allowed)


def test_the_first_round_is_as_the_exercise_begins() -> None:
    assert Person(an_exercise()).load == load("6")
