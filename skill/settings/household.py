"""What a household chooses: who trains, how the trainer is woken, when it invites and when not.

Settings and the set-up of a dialog test have these fields in common.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WrapValidator, model_validator

from skill.settings.invitations import parse_invitation, parse_quiet_hours
from skill.written.mistakes import RuleError, suggest
from skill.written.names import PersonName, check_wake_phrase, spoken_name
from skill.written.shapes import Shape

_Read = TypeVar("_Read")

_YES_NO = {
    **dict.fromkeys(("ja", "an", "ein", "wahr", "j"), True),
    **dict.fromkeys(("nein", "aus", "falsch", "n"), False),
}


def listed(value: object) -> object:
    """Take a text for a list: the environment knows no other way, and one name needs none."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _tabled(value: object) -> object:
    """Take "anna=kerstin, ben=thorsten" for a table."""
    if isinstance(value, str):
        rows = [row.partition("=") for row in value.split(",") if row.strip()]
        if all(sign for _, sign, _ in rows):
            return {name.strip(): voice.strip() for name, _, voice in rows}
    if not isinstance(value, Mapping):
        raise RuleError(
            f"nennt nicht, wer welche Stimme hört: „{value}“",
            'Schreib zu jedem Namen eine: {anna = "kerstin", ben = "thorsten"}',
        )
    return value


def _person(value: object, check: Callable[[object], str]) -> PersonName:
    """Take a name, or a table of a name and how it is said."""
    if not isinstance(value, Mapping):
        return PersonName(check(value))
    row: Mapping[str, Any] = value
    for key in row.keys() - {"name", "say"}:
        raise RuleError(
            f"hat einen Eintrag mit „{key}“, und das gibt es dort nicht",
            suggest(key, ("name", "say")),
        )
    if "name" not in row:
        raise RuleError("hat einen Eintrag ohne Namen", 'Schreib: {name = "Zoë", say = "Zo-ä"}')
    return PersonName(check(row["name"]), check(row.get("say", "")))


def _set_times(value: object) -> object:
    """Take "Mo, Mi, Fr 18:00, Sa 10 Uhr" for two set times: each ends with its time of day."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(one, str) for one in texts):
        return value
    parts = (part.strip() for text in texts for part in re.split(r"[,;]|\bund\b", text))
    times, days = [], ""
    for part in filter(None, parts):
        days = f"{days}, {part}" if days else part
        if any(sign.isdigit() for sign in part):
            times.append(days)
            days = ""
    return [*times, days] if days else times


def _yes_or_no(value: object) -> object:
    return _YES_NO.get(value.strip().lower(), value) if isinstance(value, str) else value


def _different(names: tuple[str, ...]) -> tuple[str, ...]:
    sounds: dict[str, str] = {}
    for name in names:
        sound = spoken_name(name)
        if sound in sounds:
            raise RuleError(
                f"enthält „{sounds[sound]}“ und „{name}“, und beide klingen gleich",
                "Behalte eines davon, oder nimm einen Spitznamen.",
            )
        sounds[sound] = name
    return names


def checked(read: Callable[[str], _Read]) -> Callable[[str], str]:
    """Return a check that keeps the text as it was written, if it can be read."""

    def check(text: str) -> str:
        read(text)
        return text

    return check


Names = Annotated[
    tuple[Annotated[str, WrapValidator(_person)], ...],
    BeforeValidator(listed),
    AfterValidator(_different),
]
WakePhrases = Annotated[
    tuple[Annotated[str, AfterValidator(check_wake_phrase)], ...],
    BeforeValidator(listed),
    AfterValidator(_different),
]
Voices = Annotated[
    dict[str, Annotated[str, Field(min_length=1)]],
    BeforeValidator(_tabled),
]
Invitations = Annotated[
    tuple[Annotated[str, AfterValidator(checked(parse_invitation))], ...],
    BeforeValidator(_set_times),
]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""True or false, or a German word for it."""

Quiet = Annotated[str, AfterValidator(checked(parse_quiet_hours))]


class Household(Shape):
    """Who trains here, and how the trainer behaves while nobody does.

    Without ``wake`` it is woken as ``commands.yaml`` says: "hallo trainer".
    """

    people: Annotated[Names, Field(description="names of those who train here")] = ()
    voices: Annotated[Voices, Field(description="voices of their own: anna=kerstin")] = Field(
        default_factory=dict
    )
    wake: Annotated[WakePhrases, Field(description="what wakes the trainer in standby")] = ()
    invitations: Annotated[Invitations, Field(description="when it invites: Mo Mi Fr 18:00")] = ()
    leave_out: Annotated[
        tuple[str, ...],
        BeforeValidator(listed),
        Field(description="exercises that are never trained, by name"),
    ] = ()
    quiet: Annotated[Quiet, Field(description="when it never does")] = "22:00-07:00"
    stays: Annotated[YesNo, Field(description="goes to standby instead of ending")] = False

    @property
    def own_voices(self) -> dict[str, str]:
        """The voices of all who have one of their own, by their names as ``people`` has them."""
        voices = {name.casefold(): voice for name, voice in self.voices.items()}
        names = (str(name) for name in self.people)
        return {name: voices[name.casefold()] for name in names if name.casefold() in voices}

    @model_validator(mode="after")
    def _voices_are_of_people(self) -> "Household":
        known = {name.casefold() for name in self.people}
        for name in self.voices:
            if name.casefold() not in known:
                raise RuleError(
                    f"hat eine Stimme für „{name}“, aber unter people steht niemand mit dem Namen",
                    suggest(name.casefold(), known, "Schreib ihn dazu."),
                )
        return self

    @model_validator(mode="after")
    def _invites_when_it_may(self) -> "Household":
        quiet = parse_quiet_hours(self.quiet)
        for text in self.invitations:
            if quiet and quiet.contain(parse_invitation(text).at):
                raise RuleError(
                    f"hat eine Einladung („{text}“) in der Ruhezeit ({self.quiet})",
                    "Ändere invitations oder quiet.",
                )
        return self
