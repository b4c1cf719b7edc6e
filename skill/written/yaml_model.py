"""YAML files into pydantic shapes, with errors that a person can act on.

The one way to read any YAML file of the project: dialogs, dialog tests, settings. Since scalars
arrive as text, a shape that allows both a number and a text must name the number by a field of its
own.
"""

import re
import types
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from skill.errors import ContentError
from skill.written.mistakes import RuleError, suggest
from skill.written.yaml_source import Location, YamlSource, first_of

M = TypeVar("M", bound=BaseModel)


def validate(source: YamlSource, shape: type[M], given: Mapping[str, str] | None = None) -> M:
    """Return ``source`` as ``shape``. ``given`` are fields that the file itself may not set.

    Raises ``ContentError`` for the first mistake in the file; it holds all of them.
    """
    value, given = source.value, given or {}
    if not isinstance(value, dict):
        what = _kind(value)
        raise source.error(
            (), f"ist {what} statt einzelner Felder", "Schreib in jede Zeile „Name: Wert“."
        )
    mistakes = [
        source.error((name,), "setze ich selbst", "Nimm es heraus.")
        for name in given
        if name in value
    ]
    try:
        model = shape.model_validate({**value, **given})
    except ValidationError as error:
        # A field is often missing because its name is misspelt: the misspelling comes first.
        found = sorted(
            _without_consequences(error.errors()),
            key=lambda mistake: (mistake["type"] == "missing", source.line(mistake["loc"])),
        )
        mistakes += [_content_error(source, shape, mistake, given) for mistake in found]
        raise first_of(mistakes) from error
    if mistakes:
        raise first_of(mistakes)
    return model


def _without_consequences(mistakes: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out "no entries" of a list whose entries were only refused."""
    places = [mistake["loc"] for mistake in mistakes]

    def is_a_consequence(mistake: ErrorDetails) -> bool:
        loc = mistake["loc"]
        inside = (place for place in places if len(place) > len(loc) and place[: len(loc)] == loc)
        return mistake["type"] == "too_short" and any(inside)

    return [mistake for mistake in mistakes if not is_a_consequence(mistake)]


def _content_error(
    source: YamlSource, shape: type[BaseModel], mistake: ErrorDetails, given: Mapping[str, str]
) -> ContentError:
    location: Location = mistake["loc"]
    code = mistake["type"].replace("_", "-")
    return source.error(location, *_words(mistake, shape, given), code=code)


def _words(
    mistake: ErrorDetails, shape: type[BaseModel], given: Mapping[str, str]
) -> tuple[str, str]:
    """Return what is wrong and how to mend it for one mistake that pydantic found."""
    value, kind = mistake["input"], mistake["type"]
    if kind == "missing":
        return "fehlt", f"Ergänze eine Zeile „{mistake['loc'][-1]}: ...“."
    if kind == "extra_forbidden":
        model = _model_at(shape, mistake["loc"][:-1])
        fields = model.model_fields.keys() - given.keys() if model else ()
        return "kenne ich nicht", suggest(str(mistake["loc"][-1]), fields)
    if value is None:
        return "ist leer", "Schreib einen Wert hinter den Doppelpunkt, oder lösch die Zeile."
    if kind in ("tuple_type", "list_type"):
        return f"ist {_kind(value)} statt einer Liste", "Beginne jeden Eintrag mit „- “."
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return (
            f"ist {_kind(value)} statt einzelner Felder",
            "Schreib „Name: Wert“ darunter, eingerückt.",
        )
    if kind == "string_type":
        mend = "Schreib einen Text, in Anführungszeichen, wenn „: “ darin steht."
        return f"ist {_kind(value)} statt eines Textes", mend
    if kind == "too_short":
        return "hat keine Einträge", "Ergänze mindestens einen, in einer Zeile mit „- “ am Anfang."
    return wrong_value(mistake)


def wrong_value(mistake: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a single value, to go on after its name, and how to mend it."""
    value, context, kind = mistake["input"], mistake.get("ctx", {}), mistake["type"]
    if kind in ("float_parsing", "float_type"):
        return f"ist keine Zahl: „{value}“", "Schreib eine Zahl wie 2.5, ohne Einheit."
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return f"ist keine ganze Zahl: „{value}“", "Schreib eine ganze Zahl wie 6."
    if kind in ("bool_parsing", "bool_type"):
        return f"ist weder true noch false: „{value}“", "Schreib true oder false."
    error = context.get("error")
    if isinstance(error, RuleError):
        return error.problem, error.mend
    return f"darf nicht „{value}“ sein", _allowed(kind, context)


def _allowed(kind: str, context: Mapping[str, Any]) -> str:
    """Return what may stand there instead."""
    if kind in ("literal_error", "enum"):
        allowed = re.sub("'([^']*)'", "„\\1“", context["expected"])
        return f"Erlaubt ist {allowed.replace(' or ', ' oder ')}."
    for limit, words in _LIMITS.items():
        if limit in context:
            return f"Erlaubt ist {words.format(context[limit])}."
    return _KINDS.get(kind, "Schreib etwas anderes.")


_LIMITS = {
    "gt": "alles über {:g}",
    "ge": "alles ab {:g}",
    "lt": "alles unter {:g}",
    "le": "alles bis {:g}",
    "min_length": "ein Text mit mindestens {} Zeichen",
}

_KINDS = {
    "string_type": "Schreib einen Text in Anführungszeichen.",
    "tuple_type": 'Schreib eine Liste: ["eins", "zwei"].',
}


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "eine Gruppe von Feldern"
    return "eine Liste" if isinstance(value, list) else "ein Text"


def _model_at(annotation: Any, location: Location) -> type[BaseModel] | None:
    """Return the shape that stands at ``location`` below ``annotation``."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _model_at(arguments[0], location)
    if origin in (Union, types.UnionType):
        found = (_model_at(argument, location) for argument in arguments)
        return next((model for model in found if model), None)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not location:
            return annotation
        field = annotation.model_fields.get(str(location[0]))
        return _model_at(field.annotation, location[1:]) if field else None
    if location and origin in (tuple, list):
        return _model_at(arguments[0], location[1:])
    if location and origin is dict:
        return _model_at(arguments[1], location[1:])
    return None
