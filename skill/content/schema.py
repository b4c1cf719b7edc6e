"""The shape of everything under ``dialogs/``: typed, checked, immutable.

Only shapes and rules live here; reading files and pointing at the wrong line is ``loader``.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from skill.cues import Direction

Seconds = Annotated[float, Field(gt=0, le=120)]
Lines = Annotated[tuple[str, ...], Field(min_length=1)]
"""Several variants of the same line; the coach never says the same one twice running."""


class Shape(BaseModel):
    """Base of all content: unknown fields are errors, nothing can be changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Introduction(Shape):
    """How an exercise is presented: in full the first time, in one sentence later."""

    full: Lines
    short: Lines


class Phase(Shape):
    """One part of a repetition: a movement or a hold, with its breath and its spoken cue.

    ``seconds`` is the length at normal tempo; a longer cue stretches the phase.
    """

    name: str
    kind: Literal["move", "hold"] = "move"
    say: Lines
    breath: Direction | None = None
    seconds: Seconds


class Side(Shape):
    """One side of the body, trained with all its repetitions before the next one."""

    name: str
    title: str
    announce: Lines


class Repetitions(Shape):
    """How often: to begin with, and the range a person may ask for."""

    start: Annotated[int, Field(ge=1)]
    least: Annotated[int, Field(ge=1)] = 1
    most: Annotated[int, Field(ge=1)]


class Exercise(Shape):
    """One exercise, as a physiotherapist would write it down. The id is the file's name.

    ``order`` is its place in the menu and in the whole training, lowest first.
    """

    id: str
    order: Annotated[int, Field(ge=1)] = 99
    title: str
    spoken_names: Lines
    purpose: str
    muscles: Lines
    introduction: Introduction
    position: Lines
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    sides: tuple[Side, ...] = ()
    repetitions: Repetitions
    reminders: Lines
    cautions: Lines
    leave: Lines
    rest_seconds: Seconds = 20.0


class CommandRow(Shape):
    """One row of ``commands.yaml``: what people really say, and where it counts.

    ``where`` lists coach states (a parent covers its children) or ``everywhere``. ``slots`` maps
    a phrase to the value it carries, for commands such as numbers. A ``safety`` command passes
    all gates of convenience.
    """

    means: str
    phrases: tuple[str, ...] = ()
    slots: dict[str, str] = Field(default_factory=dict)
    where: Lines
    safety: bool = False


class Content(Shape):
    """Everything that is said or understood, loaded and checked as a whole.

    ``phrases`` maps a line id ("menu.ask") to its variants, which may hold ``{placeholders}``;
    ``respellings`` maps a written word to how the voice must read it; ``decoys`` are words that
    compete with the commands in the recogniser's grammar.
    """

    exercises: tuple[Exercise, ...]
    commands: dict[str, CommandRow]
    phrases: dict[str, Lines]
    respellings: dict[str, str]
    decoys: tuple[str, ...]

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise with this id; KeyError when there is none."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)
