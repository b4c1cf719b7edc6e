"""The rules of progression: how much of an exercise the next round gets. All of them are here.

Pure functions from a load to the next one; docs/progression.md shows them as a table. They follow
what any careful teacher does: begin low, raise in small steps and only what felt good, lower at
once, never train into pain. The figures are our own, cautious choices.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from skill.messages.notes import Level, Load

ROUNDS_TO_RISE = 2
"""Rounds in a row that felt easy or good before anything rises: one good day may be luck."""

RISE_REPETITIONS = 1
"""The smallest step there is, so that no round differs much from the one before."""

EASY_RISE_REPETITIONS = 2
"""Where all those rounds were even easy, there is room for one more."""

HOLD_STEP_SECONDS = 5.0
"""A hold grows by about one calm breath."""

FALL_REPETITIONS = 2
"""A fall must be felt as a relief; a single repetition less hardly is."""

FALL_PART = 4
"""Of many repetitions a quarter goes: two of fifteen would be no relief either."""

FALL_HOLD_STEPS = 1
"""A hold gets shorter as it has grown: by one step."""

LONG_BREAK = timedelta(days=14)
"""After about two weeks without training strength begins to fade."""

AFTER_BREAK_KEPT = (2, 3)
"""The part of the repetitions that is left after a long break: enough to feel, not to ache."""

AFTER_BREAK_HOLD_PART = 2
"""Long holds strain more than repetitions: half their steps are left after a long break."""

NEW_START_BREAK = timedelta(days=60)
"""After about two months most of what was gained has gone: it begins anew."""

PAINS_TO_ASK = 2
"""The second pain in an exercise is no accident any more: the coach asks about it."""

SETS_TO_KNOW = 3
"""Who has trained an exercise three times needs a short introduction only."""

RESUMABLE = timedelta(hours=12)
"""A plan is gone on with on the same day; on the next one it begins from its beginning."""

_LADDER = (Level.EASIER, Level.NORMAL, Level.HARDER)


@dataclass(frozen=True)
class Limits:
    """How far an exercise goes for a person: repetitions, and in every level the steps of holds.

    ``hold_steps`` names the levels there are, and how often the holds can grow in each.
    """

    least: int
    start: int
    most: int
    hold_steps: Mapping[Level, int]


def first_load(limits: Limits) -> Load:
    """Return what somebody gets who never trained the exercise."""
    return Load(limits.start)


def within(load: Load, limits: Limits) -> Load:
    """Return the load, brought to what the exercise allows: it may have been edited since."""
    level = load.level if load.level in limits.hold_steps else Level.NORMAL
    return Load(
        min(max(load.repetitions, limits.least), limits.most),
        min(max(load.hold_steps, 0), limits.hold_steps[level]),
        level,
    )


def risen(load: Load, limits: Limits, *, all_easy: bool) -> Load:
    """Return the load after enough good rounds: repetitions rise, then holds, then the level."""
    if load.repetitions < limits.most:
        step = EASY_RISE_REPETITIONS if all_easy else RISE_REPETITIONS
        return replace(load, repetitions=min(load.repetitions + step, limits.most))
    if load.hold_steps < limits.hold_steps[load.level]:
        return replace(load, hold_steps=load.hold_steps + 1)
    harder = _next_level(load.level, 1, limits)
    if harder is None:
        return load
    # What is harder begins low: half way between the least and the usual beginning.
    return Load((limits.least + limits.start) // 2, level=harder)


def fallen(load: Load, limits: Limits) -> Load:
    """Return the load after a hard round: repetitions fall, then holds, then the level."""
    if load.repetitions > limits.least:
        step = max(FALL_REPETITIONS, round(load.repetitions / FALL_PART))
        return replace(load, repetitions=max(load.repetitions - step, limits.least))
    if load.hold_steps:
        return replace(load, hold_steps=max(load.hold_steps - FALL_HOLD_STEPS, 0))
    easier = _next_level(load.level, -1, limits)
    return load if easier is None else replace(load, level=easier)


def after_pain(limits: Limits) -> Load:
    """Return the load of an exercise that had hurt and is asked for again: the least there is."""
    level = Level.EASIER if Level.EASIER in limits.hold_steps else Level.NORMAL
    return Load(limits.least, level=level)


def after_break(load: Load, pause: timedelta, limits: Limits) -> Load:
    """Return the load so long after the exercise was last trained; never more than it was.

    A longer break never leaves more than a shorter one, so that a new start is not above the two
    thirds of what was trained.
    """
    if pause < LONG_BREAK:
        return load
    kept, of = AFTER_BREAK_KEPT
    repetitions = max(load.repetitions * kept // of, limits.least)
    level = Level.NORMAL if load.level is Level.HARDER else load.level
    if pause < NEW_START_BREAK:
        hold_steps = load.hold_steps // AFTER_BREAK_HOLD_PART
        return within(Load(repetitions, hold_steps, level), limits)
    return Load(min(repetitions, limits.start), level=level)


def at_level(load: Load, level: Level, limits: Limits) -> Load:
    """Return the load in the level that was asked for; unchanged where there is no such level."""
    return Load(limits.start, level=level) if level in limits.hold_steps else load


def _next_level(level: Level, step: int, limits: Limits) -> Level | None:
    place = _LADDER.index(level) + step
    if not 0 <= place < len(_LADDER) or _LADDER[place] not in limits.hold_steps:
        return None
    return _LADDER[place]
