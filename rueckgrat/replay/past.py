"""What was trained before a replayed session: written in the dialog test, turned into notes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Annotated

from pydantic import Field, model_validator

from rueckgrat.replay.clock import TimeOfDay
from skill.content.exercise import AgeGroup
from skill.messages.notes import (
    AgeTold,
    Feeling,
    HistoryEntry,
    Hurt,
    Level,
    LevelChosen,
    Load,
    Note,
    Outcome,
    PlanAt,
    Rated,
    SessionBegan,
    SessionEnded,
    SetDone,
    TempoChosen,
)
from skill.written.mistakes import RuleError
from skill.written.shapes import Shape

_BEFORE_NOW = timedelta(hours=1)
"""A session in the past was at this distance from the time of day at which the replay begins."""


class Past(Shape):
    """One thing of an earlier session, ``day`` days from the day of the replay (0, -1, ...).

    Exactly one of: a set of an ``exercise``; a ``plan`` that was broken off ``at`` one of its
    exercises; what the person said of their ``age`` or ``tempo``, or the ``level`` they chose of
    an exercise (without ``repetitions``). At ``time``, or an hour before the replay's time of day.
    """

    day: Annotated[int, Field(le=0)]
    time: TimeOfDay | None = None
    person: str = ""
    exercise: str = ""
    repetitions: Annotated[int, Field(ge=0)] | None = None
    sides: Annotated[int, Field(ge=1, le=2)] = 1
    hold_steps: Annotated[int, Field(ge=0)] = 0
    level: Level = Level.NORMAL
    outcome: Outcome = Outcome.COMPLETE
    felt: Feeling | None = None
    plan: tuple[str, ...] = ()
    programme: str = ""
    at: str = ""
    age: AgeGroup | None = None
    tempo: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> "Past":
        things = (self.exercise, self.plan, self.age, self.tempo)
        if sum(map(bool, things)) != 1:
            raise RuleError(
                "erzählt nicht genau eine Sache",
                "Schreib genau eines von exercise, plan, age und tempo.",
            )
        if self.plan and self.at not in self.plan:
            raise RuleError(
                f"bricht bei „{self.at}“ ab, und das steht nicht in plan"
                if self.at
                else "sagt nicht, wo der Plan abgebrochen wurde",
                f"Schreib „at:“ und eines von {', '.join(self.plan)}.",
            )
        if self.exercise and self.repetitions is None and "level" not in self.model_fields_set:
            raise RuleError("sagt nicht, wie oft", "Schreib „repetitions:“ und eine Zahl.")
        return self

    def when(self, now: datetime) -> datetime:
        """Return when this was, for a replay that begins at ``now``."""
        earlier = now - _BEFORE_NOW if self.time is None else datetime.combine(now, self.time)
        return earlier + timedelta(days=self.day)

    def notes(self) -> Iterator[Note]:
        """Yield what the coach would have noted."""
        if self.plan:
            yield PlanAt(self.plan, self.plan.index(self.at), self.programme)
        elif self.age:
            yield AgeTold(self.age)
        elif self.tempo:
            yield TempoChosen(self.tempo)
        elif self.repetitions is None:
            yield LevelChosen(self.exercise, self.level)
        else:
            yield from self._notes_of_a_set(self.repetitions)

    def _notes_of_a_set(self, repetitions: int) -> Iterator[Note]:
        load = Load(repetitions, self.hold_steps, self.level)
        yield SetDone(self.exercise, (repetitions,) * self.sides, load, self.outcome)
        if self.outcome is Outcome.PAIN:
            yield Hurt(self.exercise)
        if self.felt:
            yield Rated(self.exercise, self.felt)


def entries(past: Sequence[Past], now: datetime) -> list[HistoryEntry]:
    """Return the past as a history would hold it, oldest first.

    What one person did at the same time is one session, in the order in which it is written.
    """

    def session(one: Past) -> tuple[datetime, str]:
        return one.when(now), one.person.lower()

    made: list[HistoryEntry] = []
    for (at, person), parts in groupby(sorted(past, key=session), key=session):
        notes = [note for part in parts for note in part.notes()]
        made += [
            HistoryEntry(person, at, note) for note in (SessionBegan(), *notes, SessionEnded())
        ]
    return made


class PastHistory:
    """A history in memory: the past of a replay, and what comes to it. No file is touched."""

    def __init__(self, past: Iterable[HistoryEntry] = ()) -> None:
        self._entries = list(past)

    def add(self, entry: HistoryEntry) -> None:
        """Take in one more entry."""
        self._entries.append(entry)

    def entries(self, person: str) -> list[HistoryEntry]:
        """Return a person's entries, oldest first."""
        return [entry for entry in self._entries if entry.person == person]
