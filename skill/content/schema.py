"""The shape of everything under ``dialogs/`` but exercises and commands: typed, checked, immutable.

Shapes, and rules that concern one file only. Rules across files are ``lint``.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, model_validator

from skill.content.command_row import CommandRow, Template, safety_of, vocabulary_of
from skill.content.exercise import Exercise
from skill.content.sentences import graph_of
from skill.content.states import STATES
from skill.content.word_graph import WordGraph
from skill.messages.cues import USUAL_RATE, Pitch
from skill.messages.heard import Command
from skill.written.mistakes import RuleError, suggest
from skill.written.shapes import Phrase, Shape, SpokenLines, Templates
from skill.written.spoken import check_spoken


class Manner(Shape):
    """How the coach speaks: words per minute, where 130 is usual, and how high."""

    rate: Annotated[int, Field(ge=90, le=170)] = USUAL_RATE
    pitch: Pitch = Pitch.NORMAL


class Programme(Shape):
    """Exercises one after the other, under a name of their own. The id is the file's name.

    ``introduction`` is said when it is chosen. All exercises are trained ``rounds`` times over.
    Where ``material`` is needed (in the accusative: "einen festen Stuhl"), the person is asked for
    it; on a no, ``instead`` names the exercises that take the place of others. ``offered``: the
    menu's question names it. While it is trained the coach speaks in the manner of ``voice``.
    """

    id: str
    order: Annotated[int, Field(ge=1)] = 99
    title: str
    spoken_names: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    purpose: str
    offered: bool = True
    introduction: SpokenLines
    exercises: Annotated[tuple[str, ...], Field(min_length=1)]
    rounds: Annotated[int, Field(ge=1, le=5)] = 1
    material: str = ""
    instead: dict[str, str] = Field(default_factory=dict)
    voice: Manner = Manner()

    @model_validator(mode="after")
    def _replaces_its_own(self) -> "Programme":
        for exercise_id in sorted(self.instead.keys() - set(self.exercises)):
            raise RuleError(
                f"ersetzt „{exercise_id}“, und das ist keine seiner Übungen",
                suggest(exercise_id, self.exercises),
            )
        if self.instead and not self.material:
            raise RuleError(
                "hat „instead“, aber kein „material“",
                "Schreib hin, was man braucht, oder nimm instead heraus.",
            )
        return self


class Topic(Shape):
    """What somebody may ask, and what the coach answers; ``more`` is said on "mehr", one a time.

    Every line takes at most 20 seconds to be said.
    """

    title: str
    questions: Annotated[tuple[Phrase, ...], Field(min_length=2)]
    answer: SpokenLines
    more: tuple[Annotated[str, AfterValidator(check_spoken)], ...] = ()


class Content(Shape):
    """Everything that is said or understood, loaded and checked as a whole.

    ``exercises`` and ``programmes`` are in their order, ``topics`` by id. ``phrases`` maps a line
    id ("menu.ask") to its variants, which may hold ``{placeholders}``; ``respellings`` maps a
    written word to how espeak-ng must read it, ``natural_respellings`` to how a natural voice must;
    ``decoys`` are words that compete with the commands in the recogniser's grammar, and ``guards``
    those of them that are near neighbours of one command, by its name. ``rules`` are parts of
    templates by name; ``fillers`` are words that change nothing wherever they stand, ``carriers``
    those around a wish ("ich möchte ... machen"), ``negations`` ("nicht") and ``absences`` ("kein")
    turn what stands beside them;
    ``spellings`` are other ways to write what sounds the same.
    """

    exercises: tuple[Exercise, ...]
    programmes: tuple[Programme, ...] = ()
    topics: dict[str, Topic] = Field(default_factory=dict)
    commands: dict[str, CommandRow]
    phrases: dict[str, Templates]
    respellings: dict[str, str]
    natural_respellings: dict[str, str] = Field(default_factory=dict)
    decoys: tuple[Phrase, ...]
    guards: dict[str, tuple[Phrase, ...]] = Field(default_factory=dict)
    rules: dict[str, Template] = Field(default_factory=dict)
    fillers: tuple[Phrase, ...] = ()
    carriers: tuple[Phrase, ...] = ()
    negations: tuple[Phrase, ...] = ()
    absences: tuple[Phrase, ...] = ()
    spellings: dict[Phrase, Phrase] = Field(default_factory=dict)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise with this id; KeyError when there is none."""
        return _with_id(self.exercises, exercise_id)

    def programme(self, programme_id: str) -> Programme:
        """Return the programme with this id; KeyError when there is none."""
        return _with_id(self.programmes, programme_id)

    @cached_property
    def vocabulary(self) -> dict[str, Command]:
        """Every phrase by which a command goes, and the command."""
        return vocabulary_of(self.commands)

    @cached_property
    def sentences(self) -> WordGraph:
        """Every sentence that is understood, phrases included, and what it may mean."""
        return graph_of(self.commands, self.rules)

    @cached_property
    def body_parts(self) -> dict[str, str]:
        """Every single word for a place where it may hurt, and the body part it belongs to."""
        row = self.commands.get("body_part")
        places = row.also if row else {}
        return {word: part for part, said in places.items() for word in said if " " not in word}

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


_Named = TypeVar("_Named", Exercise, Programme)


def _with_id(things: Iterable[_Named], wanted: str) -> _Named:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
