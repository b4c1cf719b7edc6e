"""What is known of a person: all their notes, taken in one after the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from skill.content.schema import Exercise
from skill.progress.notes import Entry, Feeling, Load, Note, Outcome, PlanAt

Exercises = Callable[[str], Exercise | None]
"""Looks an exercise up by its id; None for one that is no longer there."""


@dataclass(frozen=True)
class Practice:
    """How far a person has come with one exercise.

    ``load`` is what the next round gets, before a long break is taken into account; None: as the
    exercise begins. ``good_rounds`` counts rounds in a row that were easy or good at this load.
    ``times`` counts sets that ended in anything but pain; ``pains`` those that did.
    """

    load: Load | None = None
    good_rounds: int = 0
    times: int = 0
    pains: int = 0
    left_out: bool = False
    last_at: datetime | None = None
    awaits_feeling: bool = False


@dataclass(frozen=True)
class SetRecord:
    """One set as it was trained, for weeks and pictures."""

    exercise: str
    at: datetime
    completed: tuple[int, ...]
    load: Load
    outcome: Outcome
    feeling: Feeling | None = None


@dataclass(frozen=True)
class Profile:
    """One person's progress. Nothing changes in place: `after` returns the next profile."""

    practices: Mapping[str, Practice] = field(default_factory=lambda: MappingProxyType({}))
    sets: tuple[SetRecord, ...] = ()
    age_group: str = ""
    tempo: float = 1.0
    sessions: int = 0
    plan: PlanAt | None = None
    plan_at: datetime | None = None

    def practice(self, exercise_id: str) -> Practice:
        """Return how far this exercise has come; an empty practice where it never was trained."""
        return self.practices.get(exercise_id, Practice())

    def after(self, note: Note, at: datetime, exercises: Exercises) -> "Profile":
        """Return the profile with one more note taken in."""
        raise NotImplementedError

    def load(self, exercise: Exercise, now: datetime) -> Load:
        """Return what this person gets of an exercise now: lower again after a long break."""
        raise NotImplementedError

    def resumable(self, now: datetime) -> PlanAt | None:
        """Return the plan that was broken off a short while ago, if there is one."""
        raise NotImplementedError


def profile_of(entries: Iterable[Entry], exercises: Exercises) -> Profile:
    """Return the profile that these entries (of one person, oldest first) add up to."""
    profile = Profile()
    for entry in entries:
        profile = profile.after(entry.note, entry.at, exercises)
    return profile
