"""The shape of everything under ``dialogs/``: typed, checked, immutable.

Shapes, and rules that concern one file only. Rules across files are ``lint``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from skill.content.mistakes import RuleError
from skill.content.spoken import check_cue, check_phrase, check_spoken, check_template
from skill.content.states import STATES, check_state, covers
from skill.cues import Direction
from skill.heard import Command

Seconds = Annotated[float, Field(gt=0, le=120)]
Lines = Annotated[tuple[str, ...], Field(min_length=1)]
Phrase = Annotated[str, AfterValidator(check_phrase)]
"""What a person says: words of small letters, as the recogniser knows them."""

SpokenLines = Annotated[
    tuple[Annotated[str, AfterValidator(check_spoken)], ...], Field(min_length=1)
]
"""Several variants of the same line; the coach never says the same one twice running."""

Templates = Annotated[
    tuple[Annotated[str, AfterValidator(check_template)], ...], Field(min_length=1)
]
"""Spoken lines with ``{placeholders}``, which the coach fills in."""

CueLines = Annotated[tuple[Annotated[str, AfterValidator(check_cue)], ...], Field(min_length=1)]
"""Lines so short that they fit into a movement."""


class Shape(BaseModel):
    """Base of all content: unknown fields are errors, nothing can be changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Introduction(Shape):
    """How an exercise is presented: in full the first time, in one sentence later."""

    full: SpokenLines
    short: SpokenLines


class Phase(Shape):
    """One part of a repetition: a movement or a hold, with its breath and its spoken cue.

    ``seconds`` is the length at normal tempo; a longer cue stretches the phase.
    """

    name: str
    kind: Literal["move", "hold"] = "move"
    say: CueLines
    breath: Direction | None = None
    seconds: Seconds


class Side(Shape):
    """One side of the body, trained with all its repetitions before the next one."""

    name: str
    title: str
    announce: SpokenLines


class Repetitions(Shape):
    """How often: to begin with, and the range a person may ask for."""

    start: Annotated[int, Field(ge=1)]
    least: Annotated[int, Field(ge=1)] = 1
    most: Annotated[int, Field(ge=1, le=30)]

    @model_validator(mode="after")
    def _in_order(self) -> "Repetitions":
        if not self.least <= self.start <= self.most:
            raise RuleError(
                f"starts with {self.start}, outside of {self.least} to {self.most}",
                "Choose least, start and most in rising order.",
            )
        return self


class Exercise(Shape):
    """One exercise, as a physiotherapist would write it down. The id is the file's name.

    ``order`` is its place in the menu and in the whole training, lowest first. ``cautions`` are
    said before it, ``reminders`` during it; ``leave`` guides gently out of the position.
    """

    id: str
    order: Annotated[int, Field(ge=1)] = 99
    title: str
    spoken_names: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    purpose: str
    muscles: Lines
    introduction: Introduction
    position: SpokenLines
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    sides: tuple[Side, ...] = ()
    repetitions: Repetitions
    reminders: CueLines
    cautions: SpokenLines
    leave: SpokenLines
    rest_seconds: Seconds = 20.0

    @model_validator(mode="after")
    def _names_differ(self) -> "Exercise":
        for field, names in (
            ("phases", [phase.name for phase in self.phases]),
            ("sides", [side.name for side in self.sides]),
        ):
            for name in _doubles(names):
                raise RuleError(f'two {field} are named "{name}"', "Rename one of them.")
        return self


class CommandRow(Shape):
    """One row of ``commands.yaml``: what people really say, and where it counts.

    ``where`` lists coach states (a parent covers its children) or ``everywhere``. ``slots`` maps
    a phrase to the value it carries, for commands such as numbers. A ``safety`` command passes
    all gates of convenience.
    """

    means: str
    phrases: tuple[Phrase, ...] = ()
    slots: dict[Phrase, str] = Field(default_factory=dict)
    where: Annotated[tuple[Annotated[str, AfterValidator(check_state)], ...], Field(min_length=1)]
    safety: bool = False

    def counts_in(self, state: str) -> bool:
        """Return whether the command counts in a coach state."""
        return any(covers(place, state) for place in self.where)


class Content(Shape):
    """Everything that is said or understood, loaded and checked as a whole.

    ``exercises`` are in their order. ``phrases`` maps a line id ("menu.ask") to its variants,
    which may hold ``{placeholders}``; ``respellings`` maps a written word to how the voice must
    read it; ``decoys`` are words that compete with the commands in the recogniser's grammar, and
    ``guards`` those of them that are near neighbours of one command, by its name.
    """

    exercises: tuple[Exercise, ...]
    commands: dict[str, CommandRow]
    phrases: dict[str, Templates]
    respellings: dict[str, str]
    decoys: tuple[Phrase, ...]
    guards: dict[str, tuple[Phrase, ...]] = Field(default_factory=dict)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise with this id; KeyError when there is none."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)

    @cached_property
    def vocabulary(self) -> dict[str, Command]:
        """Every phrase that is understood, and the command it means."""
        return vocabulary_of(self.commands)

    @cached_property
    def safety_commands(self) -> frozenset[str]:
        """Names of the commands that pass all gates of convenience."""
        return safety_of(self.commands)

    @cached_property
    def _live_commands(self) -> dict[str, frozenset[str]]:
        return {
            state: frozenset(name for name, row in self.commands.items() if row.counts_in(state))
            for state in STATES
        }

    def live_commands(self, state: str) -> frozenset[str]:
        """Return the names of the commands that count in a coach state; asked in every block."""
        return self._live_commands[state]


def vocabulary_of(commands: Mapping[str, CommandRow]) -> dict[str, Command]:
    """Return every phrase of the commands, and what it means."""
    return {
        phrase: Command(name, slot)
        for name, row in commands.items()
        for phrase, slot in (*((phrase, "") for phrase in row.phrases), *row.slots.items())
    }


def safety_of(commands: Mapping[str, CommandRow]) -> frozenset[str]:
    """Return the names of the commands that pass all gates of convenience."""
    return frozenset(name for name, row in commands.items() if row.safety)


def _doubles(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
