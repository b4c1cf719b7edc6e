"""A person who trains one exercise as the coach would let them: every note as it would come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from skill.content.exercise import Exercise
from skill.messages.notes import (
    Feeling,
    Hurt,
    Level,
    LevelChosen,
    Load,
    Note,
    Outcome,
    Rated,
    SetDone,
)
from skill.progress.profile import Exercises, Profile


def load(text: str) -> Load:
    """Read a load: "8", "15 +2" (with two steps of longer holds), "4 harder"."""
    repetitions, *rest = text.split()
    steps = [int(one) for one in rest if one.startswith("+")]
    levels = [Level(one) for one in rest if not one.startswith("+")]
    return Load(int(repetitions), *(steps or [0]), *(levels or [Level.NORMAL]))


@dataclass
class Person:
    """``rounds`` are words: how it felt (with "short-" before it: ended early), or "-" unrated."""

    exercise: Exercise
    now: datetime = datetime(2026, 1, 5, 18)
    profile: Profile = field(default_factory=Profile)
    look_up: Exercises | None = None

    @property
    def load(self) -> Load:
        return self.profile.load(self.exercise, self.now)

    def note(self, note: Note) -> None:
        self.profile = self.profile.after(note, self.now, self.look_up or self._own)

    def _own(self, exercise_id: str) -> Exercise | None:
        return self.exercise if exercise_id == self.exercise.id else None

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def train(self, rounds: str, load: Load | None = None) -> None:
        for word in rounds.split():
            self._round(word, load or self.load)

    def _round(self, word: str, load: Load) -> None:
        self.wait(minutes=2)
        feeling = word.removeprefix("short-")
        if feeling == "pain":
            self.do(load.repetitions - 1, load, Outcome.PAIN)
            self.note(Hurt(self.exercise.id))
        elif feeling == word:
            self.do(load.repetitions, load, Outcome.COMPLETE)
        else:
            self.do(load.repetitions - 1, load, Outcome.ENOUGH)
        if feeling in list(Feeling):
            self.note(Rated(self.exercise.id, Feeling(feeling)))

    def do(self, repetitions: int, load: Load, outcome: Outcome) -> None:
        sides = max(1, len(self.exercise.sides))
        self.note(SetDone(self.exercise.id, (repetitions,) * sides, load, outcome))

    def choose(self, level: Level) -> None:
        self.note(LevelChosen(self.exercise.id, level))
