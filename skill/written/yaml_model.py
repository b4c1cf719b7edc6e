"""YAML files into pydantic shapes, with errors that a person can act on.

The one way to read any YAML file of the project: dialogs, dialog tests, settings. Since scalars
arrive as text, a shape that allows both a number and a text must name the number by a field of its
own.
"""

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
            (), f"the file is {what} instead of fields", 'Write "name: value" in each line.'
        )
    mistakes = [
        source.error((name,), "is set by the trainer itself", "Remove it.")
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
    return source.error(location, *_words(mistake, shape, given))


def _words(
    mistake: ErrorDetails, shape: type[BaseModel], given: Mapping[str, str]
) -> tuple[str, str]:
    """Return what is wrong and how to mend it for one mistake that pydantic found."""
    value, context = mistake["input"], mistake.get("ctx", {})
    kind = mistake["type"]
    if kind == "missing":
        return "is missing", f'Add a line "{mistake["loc"][-1]}: ...".'
    if kind == "extra_forbidden":
        model = _model_at(shape, mistake["loc"][:-1])
        fields = model.model_fields.keys() - given.keys() if model else ()
        return "is unknown", suggest(str(mistake["loc"][-1]), fields)
    if value is None:
        return "is empty", "Write a value after the colon, or remove the line."
    if kind in ("literal_error", "enum"):
        return f'cannot be "{value}"', f"It must be {context['expected']}."
    if kind in ("tuple_type", "list_type"):
        return f"is {_kind(value)} instead of a list", 'Begin each entry with "- ".'
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"is {_kind(value)} instead of fields", 'Write "name: value" below it, indented.'
    if kind == "string_type":
        return f"is {_kind(value)} instead of a text", 'Write one text, in quotes if it holds ": ".'
    if kind in ("float_parsing", "float_type"):
        return f'is not a number: "{value}"', "Write a number such as 2.5, without a unit."
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return f'is not a whole number: "{value}"', "Write a whole number such as 6."
    if kind in ("bool_parsing", "bool_type"):
        return f'is neither true nor false: "{value}"', "Write true or false."
    if kind == "too_short":
        return "has no entries", 'Add at least one, in a line that begins with "- ".'
    if kind == "value_error":
        return _own_words(context["error"])
    limit = mistake["msg"].removeprefix("Input should ").removesuffix(".")
    return f'cannot be "{value}"', f"It should {limit}."


def _own_words(error: ValueError) -> tuple[str, str]:
    if isinstance(error, RuleError):
        return error.problem, error.mend
    problem, _, mend = str(error).partition(". ")
    return problem.removesuffix("."), mend


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    return "a list" if isinstance(value, list) else "a text"


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
