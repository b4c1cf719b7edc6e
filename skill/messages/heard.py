"""What the ear tells the coach, and what it is told about the moment it listens in."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from skill.messages.blocks import VOICE_BLOCK_SAMPLES, Pcm, silence

MASKED: Final = "masked by the coach's own line"
"""A reason: the coach was just saying these words, so they are probably its echo."""

TALKED_OVER: Final = "masked right behind the coach's own word"
"""A reason: probably a person, who answered too soon to be sure of it. The coach signs."""

ECHO: Final = "echo of the coach's own voice"
"""A reason: it sounded over the coach, and was no louder or no command."""


@dataclass(frozen=True)
class Command:
    """What a person wants: the id of a row of ``dialogs/commands.yaml`` and its slot.

    ``slot`` is the value of commands that carry one: ``Command("number", "8")``,
    ``Command("exercise", "bruecke")``; empty for all others. ``sign`` is the warning sign that a
    ``pain`` names ("chest", "dizzy"); it is a pain all the same: two that differ in it are equal.
    """

    name: str
    slot: str = ""
    sign: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.name}({self.slot})" if self.slot else self.name

    @classmethod
    def parsed(cls, text: str) -> "Command":
        """Return the command that is written ``next`` or ``exercise(bruecke)``."""
        name, _, slot = text.removesuffix(")").partition("(")
        return cls(name, slot)


class Decision(StrEnum):
    """How the ear came to its decision."""

    EARLY = "early"  # a partial result stood long enough
    FINAL = "final"  # the utterance had ended
    BUTTON = "button"  # nothing was said: a button was pressed


@dataclass(frozen=True)
class SpokenWord:
    """A recognised word, and what the sound says for it.

    Times are seconds on any one clock. ``level_dbfs`` is the mean level of its span,
    ``voice`` the probability (0 to 1) that a human voice sounded in it; None where nobody measured.
    """

    text: str
    confidence: float = 1.0
    start_seconds: float = 0.0
    end_seconds: float = 0.0
    level_dbfs: float | None = None
    voice: float | None = None


@dataclass(frozen=True)
class Passed:
    """A word of an utterance that does not belong to its command, and why it does not hurt it.

    ``why`` is "filler", "soft", "faint", "apart", "unsure", or "content" where it does hurt.
    """

    word: str
    why: str


@dataclass(frozen=True)
class Meaning:
    """What an utterance was taken for, and why.

    ``command`` is None where nothing is meant; ``reason`` then says why ("unknown words",
    "negated", ...). ``maybe`` is a command worth a question back, where none is clearly meant.
    ``sentence`` are the words that made the command, ``template`` how the dialogs write them.
    ``first`` and ``last`` are the places of its first and last word in the utterance.
    """

    command: Command | None
    reason: str = ""
    maybe: Command | None = None
    sentence: str = ""
    template: str = ""
    passed: tuple[Passed, ...] = ()
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Heard:
    """One decided utterance. Times are seconds on the session's clock.

    ``command`` is None when speech was heard that is no command; ``reason`` then says why it was
    rejected ("unknown words", "low confidence", "masked by the coach's own line", ...). ``maybe``
    is what the person may have meant all the same: the coach asks back. ``meaning`` tells how the
    words were understood, and ``words`` what the sound said for each of them.
    """

    command: Command | None
    text: str
    confidence: float
    start_seconds: float
    end_seconds: float
    decided_seconds: float
    decision: Decision
    reason: str = ""
    maybe: Command | None = None
    meaning: Meaning | None = field(default=None, compare=False, repr=False)
    words: tuple[SpokenWord, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_dropped(self) -> bool:
        """Whether it was taken for the coach's own voice: it is told, and nothing follows."""
        return self.reason in (ECHO, MASKED)


@dataclass(frozen=True)
class Speaking:
    """The line that the coach is saying while the ear listens (or said a moment ago).

    ``position_seconds`` is how far the line has got at the end of the block being heard; it may
    exceed ``duration_seconds`` for lines that have just ended.
    """

    text: str
    position_seconds: float
    duration_seconds: float


@dataclass(frozen=True)
class Listening:
    """The moment a block is heard in: which command names count, and what the coach is saying.

    ``own`` is what the loudspeaker was given for the time of the block heard (22,050 Hz): a block
    of 2,205 samples, or some more or less where silence was added or sound dropped. Devices need
    time: it sounds no sooner, and an unknown while later, but end to end.
    """

    live: frozenset[str]
    speaking: tuple[Speaking, ...] = ()
    own: Pcm = field(default_factory=lambda: silence(VOICE_BLOCK_SAMPLES), compare=False)
