"""What the coach wants to be heard: small frozen cues, performed by the voice.

Times are seconds on the session's clock. ``at_seconds`` None means "after all speech that is
queued so far"; a number places the first sample of the cue exactly there.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from skill.messages.events import Event
from skill.messages.notes import HistoryEntry


class Direction(StrEnum):
    """Direction of a breath."""

    IN = "in"
    OUT = "out"


class Pitch(StrEnum):
    """How high a voice speaks, beside its own usual height."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


USUAL_RATE = 130
"""The rate that stands for the speed of the settings; others are faster or slower in proportion."""


@dataclass(frozen=True)
class Say:
    """Speak ``text``. ``line`` is the content id it came from (for transcripts and tests).

    ``cue_id`` is reported back through ``Coach.cue_done`` once the last sample has been played;
    a cue that was hushed is never reported.
    """

    text: str
    cue_id: int
    line: str = ""
    at_seconds: float | None = None


@dataclass(frozen=True)
class Breathe:
    """A soft breath sound of ``seconds`` length: rising for IN, falling for OUT."""

    direction: Direction
    seconds: float
    at_seconds: float


@dataclass(frozen=True)
class Earcon:
    """A short sign tone, by name.

    ``ready``, ``heard``, ``rejected``, ``done``, ``problem``, ``muted``, ``unmuted``.
    """

    name: str
    at_seconds: float | None = None


@dataclass(frozen=True)
class Hush:
    """Cut whatever sounds now (with a short fade) and drop everything that is queued."""


@dataclass(frozen=True)
class SetVolume:
    """Play everything from now on at this gain, in decibels (0 = as rendered)."""

    gain_db: float


@dataclass(frozen=True)
class SetManner:
    """Speak in this manner from the next line on: nothing is heard of it by itself.

    In the voice of this ``person`` (a name of the settings; empty: the household's), at this
    ``rate`` in words per minute where 130 is usual, and so high or low.
    """

    person: str = ""
    rate: int = USUAL_RATE
    pitch: Pitch = Pitch.NORMAL


@dataclass(frozen=True)
class Remember:
    """Write this down in the history, now: nothing is heard of it."""

    entry: HistoryEntry


@dataclass(frozen=True)
class Tell:
    """Tell whoever follows the session of this event when its ``seconds`` come: nothing is heard.

    A `Hush` before that time takes it back.
    """

    event: Event


Audible: TypeAlias = Say | Breathe | Earcon | Hush | SetVolume
Sound: TypeAlias = Audible | SetManner
Cue: TypeAlias = Sound | Remember | Tell
