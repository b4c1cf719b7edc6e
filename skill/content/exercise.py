"""The shape of an exercise: typed, checked, immutable."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from skill.content.figure import Figure
from skill.messages.cues import Direction
from skill.messages.notes import Level
from skill.written.mistakes import RuleError, suggest
from skill.written.shapes import CueLines, Lines, Phrase, Seconds, Shape, SpokenLines
from skill.written.spoken import check_cue, check_spoken
from skill.written.yaml_source import Location


class Introduction(Shape):
    """How an exercise is presented: in full the first time, in one sentence later."""

    full: SpokenLines
    short: SpokenLines


BREATHED_FROM_SECONDS = 3.0
"""In a hold longer than this the breath goes on: nobody is to hold it under load."""


class Breath(StrEnum):
    """How one breathes in a phase: in, out, or (in a hold) both in turn."""

    IN = "in"
    OUT = "out"
    BOTH = "both"

    @property
    def direction(self) -> Direction | None:
        """The one direction that it has, if it has one."""
        return None if self is Breath.BOTH else Direction(self.value)


class Phase(Shape):
    """One part of a repetition: a movement or a hold, with its breath and its spoken cue.

    ``seconds`` is the length at normal tempo; a longer cue stretches the phase. A hold grows with
    practice, up to ``longest`` seconds; where it takes more than `BREATHED_FROM_SECONDS`, the coach
    breathes on in it, and with ``breath: both`` also says so. ``hints`` are said one after the
    other, spread over a long phase. In a long hold the coach also tells when half of it is over;
    where it should be quiet, write a move.
    """

    name: str
    kind: Literal["move", "hold"] = "move"
    seconds: Seconds
    say: SpokenLines
    breath: Breath | None = None
    longest: Seconds | None = None
    hints: tuple[Annotated[str, AfterValidator(check_spoken)], ...] = ()

    @field_validator("say")
    @classmethod
    def _cues_fit(cls, cues: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for cue in cues:
            check_cue(cue, info.data.get("seconds", 0.0))
        return cues

    @model_validator(mode="after")
    def _only_holds_grow(self) -> "Phase":
        if self.breath is Breath.BOTH and self.kind != "hold":
            raise RuleError(
                "hat „breath: both“, ist aber kein Halten",
                "Schreib „kind: hold“, oder bei breath „in“ oder „out“.",
            )
        if self.longest is not None and self.kind != "hold":
            raise RuleError(
                "hat „longest“, ist aber kein Halten", "Schreib „kind: hold“, oder nimm es heraus."
            )
        if self.longest is not None and self.longest < self.seconds:
            raise RuleError(
                f"soll von {self.seconds:g} auf {self.longest:g} Sekunden wachsen",
                "Mach longest mindestens so lang wie seconds.",
            )
        return self


class Station(Shape):
    """One stop of an exercise whose repetitions differ, such as a muscle group: its phases."""

    title: str
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]


class Side(Shape):
    """One side of the body.

    It is trained with all its repetitions before the next one, and ``announce`` begins them; or
    the sides alternate, and ``announce`` is the call before each repetition ("Rechts.").
    """

    name: str
    title: str
    announce: SpokenLines


class Variant(Shape):
    """An easier or a harder way to do an exercise: whatever is different about it.

    ``say`` tells the difference in a sentence; position, phases, leave and sides replace the
    exercise's own, the sides together with whether they are ``alternating``. ``figure`` comes on
    top of the exercise's own.
    """

    title: str
    say: SpokenLines
    position: tuple[Annotated[str, AfterValidator(check_spoken)], ...] = ()
    phases: tuple[Phase, ...] = ()
    sides: tuple[Side, ...] = ()
    alternating: bool = False
    leave: tuple[Annotated[str, AfterValidator(check_spoken)], ...] = ()
    figure: Figure | None = None

    @model_validator(mode="after")
    def _names_differ(self) -> "Variant":
        for name in _doubles(phase.name for phase in self.phases):
            raise RuleError(f"nennt zwei Phasen „{name}“", "Benenn eine davon um.")
        return self

    @model_validator(mode="after")
    def _calls_are_short(self) -> "Variant":
        _check_calls(self.sides, self.alternating)
        return self


class Unit(Shape):
    """What a repetition is called, where that is another word: a feminine noun of German."""

    one: str = "Wiederholung"
    many: str = "Wiederholungen"


class AgeScale(Shape):
    """What an age group gets of an exercise: repetitions to begin with, seconds by phase name."""

    repetitions: Annotated[int, Field(ge=1)]
    seconds: dict[str, Seconds] = Field(default_factory=dict)


BodyPart = Literal["back", "neck", "shoulders", "arms", "hips", "legs", "belly"]
"""What an exercise may load: arms with elbows and hands, hips with pelvis, legs with knees."""

CHEST = "chest"
"""A place where it may hurt that no exercise is about: an emergency."""

AgeGroup = Literal["young", "middle", "older"]
"""Under 40, 40 to 60, over 60 years: as the question for the age names them."""


class Repetitions(Shape):
    """How often: to begin with, and the range a person may ask for."""

    start: Annotated[int, Field(ge=1)]
    least: Annotated[int, Field(ge=1)] = 1
    most: Annotated[int, Field(ge=1, le=30)]

    @model_validator(mode="after")
    def _in_order(self) -> "Repetitions":
        if not self.least <= self.start <= self.most:
            raise RuleError(
                f"beginnt mit {self.start}, und das liegt nicht zwischen {self.least} und"
                f" {self.most}",
                "Wähl least, start und most so, dass sie aufsteigen.",
            )
        return self


class Exercise(Shape):
    """One exercise, as a physiotherapist would write it down. The id is the file's name.

    ``order`` is its place among the exercises, lowest first. ``cautions`` are said before it,
    ``reminders`` during it; ``leave`` guides gently out of the position; ``not_for`` tells who
    should leave it out. ``loads`` are the body parts that it strains: when one of them hurts, it is
    left out for the day; not written down (None) it counts as loading all of them. ``rest_seconds``
    follow it, ``change_seconds`` lie between two sides, both at any tempo. ``material`` is what is
    needed besides a mat ("ein Gummiband").

    Where ``sides`` are ``alternating``, a repetition of the one is followed by one of the other;
    else all of the one come first.

    A repetition is made of all ``phases``; or each one is another of the ``stations``. ``opening``
    comes once before the first repetition, ``closing`` once after the last. ``ages`` scales the
    exercise by age group. ``figure`` is how it looks.
    """

    id: str
    order: Annotated[int, Field(ge=1)] = 99
    title: str
    spoken_names: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    purpose: str
    muscles: Lines
    introduction: Introduction
    position: SpokenLines
    phases: tuple[Phase, ...] = ()
    stations: tuple[Station, ...] = ()
    opening: tuple[Phase, ...] = ()
    closing: tuple[Phase, ...] = ()
    sides: tuple[Side, ...] = ()
    alternating: bool = False
    repetitions: Repetitions
    unit: Unit = Unit()
    ages: dict[AgeGroup, AgeScale] = Field(default_factory=dict)
    loads: tuple[BodyPart, ...] | None = None
    not_for: tuple[Annotated[str, AfterValidator(check_spoken)], ...] = ()
    material: str = ""
    easier: Variant | None = None
    harder: Variant | None = None
    reminders: CueLines
    cautions: SpokenLines
    leave: SpokenLines
    rest_seconds: Seconds = 20.0
    change_seconds: Seconds = 4.0
    figure: Figure | None = None

    @model_validator(mode="after")
    def _names_differ(self) -> "Exercise":
        for field, names in (
            ("phases", [phase.name for phase in self.all_phases]),
            ("sides", [side.name for side in self.sides]),
        ):
            for name in _doubles(names):
                raise RuleError(f"hat in {field} zweimal „{name}“", "Benenn eines davon um.")
        return self

    @model_validator(mode="after")
    def _sides_fit(self) -> "Exercise":
        _check_calls(self.sides, self.alternating)
        names = [side.name for side in self.sides]
        for level, variant in self.variants.items():
            if variant.sides and [side.name for side in variant.sides] != names:
                raise RuleError(
                    f"hat in {level.value} andere Seiten als sonst",
                    f"Schreib dort dieselben Namen: {', '.join(names) or 'keine'}.",
                )
        return self

    @model_validator(mode="after")
    def _ages_fit(self) -> "Exercise":
        names = [phase.name for phase in self.all_phases]
        least, most = self.repetitions.least, self.repetitions.most
        for group, scale in self.ages.items():
            for name in sorted(scale.seconds.keys() - set(names)):
                raise RuleError(
                    f"nennt für das Alter „{group}“ eine Phase, die es nicht gibt: „{name}“",
                    suggest(name, names),
                )
            if not least <= scale.repetitions <= most:
                raise RuleError(
                    f"hat für das Alter „{group}“ {scale.repetitions} Wiederholungen, und das liegt"
                    f" nicht zwischen {least} und {most}",
                    "Wähl eine Zahl dazwischen.",
                )
        return self

    @model_validator(mode="after")
    def _phases_or_stations(self) -> "Exercise":
        if bool(self.phases) == bool(self.stations):
            raise RuleError("braucht phases oder stations, nicht beides", "Behalte eines davon.")
        count = len(self.stations)
        if count and (self.repetitions.least, self.repetitions.most) != (count, count):
            raise RuleError(
                f"hat {count} Stationen, aber eine andere Zahl von Wiederholungen",
                f"Schreib {count} bei start, least und most.",
            )
        return self

    @property
    def variants(self) -> dict[Level, Variant]:
        """The variants that there are, from the easier to the harder one."""
        both = {Level.EASIER: self.easier, Level.HARDER: self.harder}
        return {level: variant for level, variant in both.items() if variant}

    @property
    def all_phases(self) -> tuple[Phase, ...]:
        """Every phase but those of the variants, in the order in which they are first made."""
        return tuple(
            phase for place, phase in self.placed_phases() if place[0] not in self.variants
        )

    def placed_phases(self) -> Iterator[tuple[Location, Phase]]:
        """Yield every phase and its place in the exercise's file; those of the variants last."""
        groups: list[tuple[Location, tuple[Phase, ...]]] = [
            (("opening",), self.opening),
            (("phases",), self.phases),
            *((("stations", n, "phases"), one.phases) for n, one in enumerate(self.stations)),
            (("closing",), self.closing),
            *(((level.value, "phases"), one.phases) for level, one in self.variants.items()),
        ]
        for location, phases in groups:
            for index, phase in enumerate(phases):
                yield (*location, index), phase

    def phases_of(self, repetition: int) -> tuple[Phase, ...]:
        """Return the phases of a repetition (from 1 on), without opening and closing."""
        return self.stations[repetition - 1].phases if self.stations else self.phases

    def with_phases(self, change: Callable[[Phase], Phase]) -> "Exercise":
        """Return a copy with every phase changed but those of the variants.

        Returns the exercise itself where no phase becomes another.
        """
        rows = {
            "opening": tuple(map(change, self.opening)),
            "phases": tuple(map(change, self.phases)),
            "stations": tuple(
                one.model_copy(update={"phases": tuple(map(change, one.phases))})
                for one in self.stations
            ),
            "closing": tuple(map(change, self.closing)),
        }
        different = {name: row for name, row in rows.items() if row != getattr(self, name)}
        return self.model_copy(update=different) if different else self


def _check_calls(sides: tuple[Side, ...], alternating: bool) -> None:
    """Refuse sides that cannot alternate: fewer than two, or with calls that take their time."""
    if not alternating:
        return
    if len(sides) < 2:
        raise RuleError("wechselt die Seiten, hat aber keine zwei", "Schreib zwei bei sides.")
    for side in sides:
        for call in side.announce:
            check_cue(call)


def _doubles(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
