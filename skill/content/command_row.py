"""The shape of ``commands.yaml``: what people say for a command, and where it counts."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from skill.content.states import check_state, covers
from skill.content.templates import check_sentence_template
from skill.messages.heard import Command
from skill.written.shapes import Phrase, Shape

Template = Annotated[str, AfterValidator(check_sentence_template)]
"""How something can be said, see ``templates``."""


class CommandRow(Shape):
    """One row of ``commands.yaml``: what people really say, and where it counts.

    ``phrases`` are its names: short, as the coach teaches them. ``sentences`` are templates of how
    people say it. ``where`` lists coach states (a parent covers its children) or ``everywhere``.
    ``slots`` maps a phrase to the value it carries, for commands such as numbers, and ``also`` has
    further templates by value; ``called`` is the name of a rule that stands for all of them in
    templates, and for one of them, with its value, in the row's own. ``asked`` is how the coach
    asks back ("Pause?").

    A ``safety`` command passes all gates of convenience, and is found within any utterance. Of its
    templates, those of ``opening`` count only where an utterance begins, and those of ``signs``
    carry the warning sign they stand under.
    """

    means: str
    phrases: tuple[Phrase, ...] = ()
    sentences: tuple[Template, ...] = ()
    slots: dict[Phrase, str] = Field(default_factory=dict)
    also: dict[str, tuple[Template, ...]] = Field(default_factory=dict)
    called: str = ""
    asked: str = ""
    opening: tuple[Template, ...] = ()
    signs: dict[str, tuple[Template, ...]] = Field(default_factory=dict)
    where: Annotated[tuple[Annotated[str, AfterValidator(check_state)], ...], Field(min_length=1)]
    safety: bool = False

    def counts_in(self, state: str) -> bool:
        """Return whether the command counts in a coach state."""
        return any(covers(place, state) for place in self.where)


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
