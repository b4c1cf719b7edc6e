"""How far a person has come with one exercise, and what each note makes of it.

The figures are those of `skill.progress.rules`. ``limits`` is None everywhere for an exercise that
no longer exists: it is remembered, but nothing rises or falls.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from skill.messages.notes import Feeling, Level, Load, Outcome, SetDone
from skill.progress import rules
from skill.progress.rules import Limits
from skill.progress.set_records import SetRecord


@dataclass(frozen=True)
class Practice:
    """How far a person has come with one exercise.

    ``load`` is what the next round gets, before a long break is taken into account; None: as the
    exercise begins. ``good_rounds`` counts rounds in a row that were easy or good at this load,
    ``easy_rounds`` those of them that were easy. ``times`` counts sets that ended in anything but
    pain; ``pains`` how often it hurt, each time until it was asked for again. ``load_at`` is when
    its load was last trained, or asked for: a break is counted from there.
    """

    load: Load | None = None
    good_rounds: int = 0
    times: int = 0
    pains: int = 0
    left_out: bool = False
    awaits_feeling: bool = False
    easy_rounds: int = 0
    load_at: datetime | None = None


def pain_recurs(practice: Practice) -> bool:
    """Tell whether the exercise has hurt before as well, so that the coach asks about it."""
    return practice.pains >= rules.PAINS_TO_ASK


def load_now(practice: Practice, now: datetime, limits: Limits) -> Load:
    """Return what the next round gets if it begins now."""
    if practice.load is None:
        return rules.first_load(limits)
    load = rules.within(practice.load, limits)
    return rules.after_break(load, _pause(practice, now), limits)


def trained(practice: Practice, done: SetDone, at: datetime, limits: Limits | None) -> Practice:
    """Return the practice after a set. Without a single repetition nothing was trained."""
    if done.outcome is Outcome.PAIN:
        return hurt(practice)
    if not sum(done.completed):
        return replace(practice, awaits_feeling=False)
    load = _load_after(practice, SetRecord.of(done, at), limits)
    goes_on = load == practice.load and _pause(practice, at) < rules.LONG_BREAK
    return replace(
        practice if goes_on else _anew(practice),
        load=load,
        load_at=at,
        times=practice.times + 1,
        awaits_feeling=True,
    )


def rated(
    practice: Practice, last_set: SetRecord, feeling: Feeling, limits: Limits | None
) -> Practice:
    """Return the practice after its last set was rated: the load falls, stays or rises."""
    practice = replace(practice, awaits_feeling=False)
    load = practice.load
    if limits is None or load is None or last_set.load.level is not load.level:
        return practice  # it was about another level than the next round is to have
    if feeling is Feeling.HARD:
        return replace(_anew(practice), load=rules.fallen(load, limits))
    if not last_set.is_whole:
        return _anew(practice)
    good = practice.good_rounds + 1
    easy = practice.easy_rounds + (feeling is Feeling.EASY)
    if good < rules.ROUNDS_TO_RISE:
        return replace(practice, good_rounds=good, easy_rounds=easy)
    return replace(_anew(practice), load=rules.risen(load, limits, all_easy=easy == good))


def hurt(practice: Practice) -> Practice:
    """Return the practice left out. A pain noted twice (as a set, and by itself) counts once."""
    pains = practice.pains + (not practice.left_out)
    return replace(_anew(practice), pains=pains, left_out=True, awaits_feeling=False)


def wanted(practice: Practice, at: datetime, limits: Limits | None) -> Practice:
    """Return the practice once it is asked for by name: what was left out begins again, lower."""
    if not practice.left_out:
        return practice
    load = rules.after_pain(limits) if limits else None
    return replace(_anew(practice), load=load, load_at=at, left_out=False)


def level_chosen(practice: Practice, level: Level, at: datetime, limits: Limits | None) -> Practice:
    """Return the practice with a level for the next round, if the exercise has that level.

    It counts after a long break as well: who asks for it gets it.
    """
    if limits is None or level not in limits.hold_steps:
        return practice
    load = practice.load or rules.first_load(limits)
    return replace(_anew(practice), load=rules.at_level(load, level, limits), load_at=at)


def _load_after(practice: Practice, done: SetRecord, limits: Limits | None) -> Load | None:
    """Return what the next round gets, before this one is rated: as much as this one.

    A level chosen during the set counts for the next one, not for this. And repetitions that were
    asked for, but not made, are not asked of anybody again.
    """
    if limits is None:
        return practice.load
    planned = load_now(practice, done.at, limits)
    if done.load.level is not planned.level:
        return practice.load
    load = rules.within(done.load, limits)
    if not done.is_whole:
        load = replace(load, repetitions=min(load.repetitions, planned.repetitions))
    return load


def _pause(practice: Practice, now: datetime) -> timedelta:
    return now - (practice.load_at or now)


def _anew(practice: Practice) -> Practice:
    return replace(practice, good_rounds=0, easy_rounds=0)
