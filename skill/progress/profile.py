"""What is known of a person: all their notes, taken in one after the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from skill.content.exercise import Exercise
from skill.messages.notes import (
    AgeTold,
    HistoryEntry,
    Hurt,
    LevelChosen,
    Load,
    Note,
    PlanAt,
    PlanOver,
    Rated,
    SessionBegan,
    SessionEnded,
    SetDone,
    TempoChosen,
    Wanted,
)
from skill.progress import practice as practising
from skill.progress import rules
from skill.progress.adapting import limits_of
from skill.progress.practice import Practice, pain_recurs
from skill.progress.rules import Limits
from skill.progress.set_records import SetRecord, Week, more_repetitions, week_of

__all__ = ["Exercises", "Practice", "Profile", "SetRecord", "Week", "pain_recurs", "profile_of"]

Exercises = Callable[[str], Exercise | None]
"""Looks an exercise up by its id; None for one that is no longer there."""


@dataclass(frozen=True)
class Profile:
    """One person's progress. Nothing changes in place: `after` returns the next profile.

    ``notes`` counts what it was made of, but for the ends of sessions.
    """

    practices: Mapping[str, Practice] = field(default_factory=lambda: MappingProxyType({}))
    sets: tuple[SetRecord, ...] = ()
    age_group: str = ""
    tempo: float = 1.0
    sessions: int = 0
    plan: PlanAt | None = None
    plan_at: datetime | None = None
    notes: int = 0

    def practice(self, exercise_id: str) -> Practice:
        """Return how far this exercise has come; an empty practice where it never was trained."""
        return self.practices.get(exercise_id, Practice())

    def after(self, note: Note, at: datetime, exercises: Exercises) -> "Profile":
        """Return the profile with one more note taken in."""
        return _after(self, [(note, at)], exercises)

    def load(self, exercise: Exercise, now: datetime) -> Load:
        """Return what this person gets of an exercise now: lower again after a long break.

        The exercise is the one that was loaded, not one that is adapted to a person already.
        """
        limits = limits_of(exercise, self.age_group)
        return practising.load_now(self.practice(exercise.id), now, limits)

    def is_left_out(self, exercise_id: str) -> bool:
        """Tell whether the exercise has hurt and was not asked for since."""
        return self.practice(exercise_id).left_out

    def knows(self, exercise_id: str) -> bool:
        """Tell whether the person has trained the exercise so often that few words will do."""
        return self.practice(exercise_id).times >= rules.SETS_TO_KNOW

    def resumable(self, now: datetime) -> PlanAt | None:
        """Return the plan that was broken off a short while ago, if there is one.

        Something must be left of it that is not left out because of pain. The plan is as it was
        noted: exercises that no longer exist may be among it.
        """
        if self.plan is None or self.plan_at is None:
            return None
        # The clock may have been set back since, by an hour every autumn.
        is_recent = abs(now - self.plan_at) <= rules.RESUMABLE
        to_come = self.plan.exercises[self.plan.index :]
        is_left = any(not self.is_left_out(exercise_id) for exercise_id in to_come)
        return self.plan if is_recent and is_left else None

    def week(self, now: datetime) -> Week:
        """Return what was trained in the last seven days, today included, and in those before."""
        return week_of(self.sets, now.date())

    def compared(self, exercise_id: str) -> int | None:
        """Return how many repetitions more the last set had than the one before it (see `sets`).

        To be asked once the set is noted. None where the two cannot be compared.
        """
        return more_repetitions(reversed(self.sets), exercise_id)


def profile_of(entries: Iterable[HistoryEntry], exercises: Exercises) -> Profile:
    """Return the profile that these entries (of one person, oldest first) add up to."""
    return _after(Profile(), ((entry.note, entry.at) for entry in entries), exercises)


def _after(
    profile: Profile, notes: Iterable[tuple[Note, datetime]], exercises: Exercises
) -> Profile:
    folding = _Folding(profile, exercises)
    for note, at in notes:
        folding.take(note, at)
    return folding.profile()


class _Folding:
    """A profile under construction. Lists that grow, since years of notes are read at once."""

    def __init__(self, profile: Profile, exercises: Exercises) -> None:
        self._rest = profile  # all but practices, sets and the number of notes
        self._notes = profile.notes
        self._practices = dict(profile.practices)
        self._sets = list(profile.sets)
        self._exercises = exercises
        self._known_limits: dict[tuple[str, str], Limits | None] = {}

    def profile(self) -> Profile:
        return replace(
            self._rest,
            practices=MappingProxyType(self._practices),
            sets=tuple(self._sets),
            notes=self._notes,
        )

    def take(self, note: Note, at: datetime) -> None:
        self._notes += not isinstance(note, SessionEnded)
        match note:
            case SetDone() | Rated() | Hurt() | Wanted() | LevelChosen():
                before = self._practices.get(note.exercise, Practice())
                self._practices[note.exercise] = self._practised(before, note, at)
            case AgeTold(group):
                self._rest = replace(self._rest, age_group=group)
            case TempoChosen(tempo):
                self._rest = replace(self._rest, tempo=tempo)
            case PlanAt():
                self._rest = replace(self._rest, plan=note, plan_at=at)
            case PlanOver():
                self._rest = replace(self._rest, plan=None, plan_at=None)
            case SessionBegan():
                self._rest = replace(self._rest, sessions=self._rest.sessions + 1)

    def _practised(
        self, before: Practice, note: SetDone | Rated | Hurt | Wanted | LevelChosen, at: datetime
    ) -> Practice:
        match note:
            case SetDone():
                if sum(note.completed):
                    self._sets.append(SetRecord.of(note, at))
                return practising.trained(before, note, at, self._limits(note.exercise))
            case Rated():
                return self._rated(before, note)
            case Hurt():
                return practising.hurt(before)
            case Wanted():
                return practising.wanted(before, at, self._limits(note.exercise))
            case LevelChosen():
                limits = self._limits(note.exercise)
                return practising.level_chosen(before, note.level, at, limits)

    def _rated(self, before: Practice, note: Rated) -> Practice:
        sets = self._sets
        newest_first = range(len(sets) - 1, -1, -1)
        index = next((one for one in newest_first if sets[one].exercise == note.exercise), None)
        if index is None or not before.awaits_feeling:
            return before
        sets[index] = replace(sets[index], feeling=note.feeling)
        return practising.rated(before, sets[index], note.feeling, self._limits(note.exercise))

    def _limits(self, exercise_id: str) -> Limits | None:
        key = (exercise_id, self._rest.age_group)
        if key not in self._known_limits:
            exercise = self._exercises(exercise_id)
            limits = limits_of(exercise, self._rest.age_group) if exercise else None
            self._known_limits[key] = limits
        return self._known_limits[key]
