"""What every shape under ``dialogs/`` is made of: its base, and the kinds of text in it."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from skill.written.spoken import check_cue, check_phrase, check_spoken, check_template

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
