"""Where more lines fit between others: plain numbers, in seconds from the beginning of a beat.

Nothing here may lengthen a beat: what finds no room is left out.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skill.messages.blocks import ROUNDING_SECONDS

SPEECH_GAP_SECONDS = 0.25
"""Least silence between two spoken lines. Shorter gaps sound like one sentence."""

HINT_SILENCE_SECONDS = 1.0
"""Least silence around a hint: what was said before is acted on first."""

HINT_QUIET_SECONDS = 3.0
"""No hint ends later than this before the next cue, which must not come as a surprise."""

HINT_LATE_SECONDS = 5.0
"""How much later than planned a hint may be said because of an answer; then its time is over."""


@dataclass(frozen=True)
class Stretch:
    """A time without speech between two lines; ``quiet_seconds`` of it stay silent at its end."""

    start_seconds: float
    end_seconds: float
    quiet_seconds: float = HINT_SILENCE_SECONDS


@dataclass(frozen=True)
class TimedLine:
    """A line, by its length, and the offset at which it is or is to be said."""

    offset_seconds: float
    seconds: float

    @property
    def end_seconds(self) -> float:
        """Offset of the line's end."""
        return self.offset_seconds + self.seconds


def spread(lengths: Sequence[float], before: Stretch, after: Stretch) -> dict[int, float]:
    """Return the offsets of all lines that fit into two stretches, by index.

    They keep their order; about as many of them come before as after, evenly in each stretch.
    Where not all of them fit, the last ones are left out.
    """
    alone = [
        index
        for index, length in enumerate(lengths)
        if max(_silence([length], before), _silence([length], after)) >= HINT_SILENCE_SECONDS
    ]
    for count in range(len(alone), 0, -1):
        kept = [lengths[index] for index in alone[:count]]
        silences = [
            min(_silence(kept[:cut], before), _silence(kept[cut:], after))
            for cut in range(count + 1)
        ]
        cuts = [cut for cut in range(count + 1) if silences[cut] >= HINT_SILENCE_SECONDS]
        if cuts:
            cut = min(cuts, key=lambda cut: (abs(2 * cut - count), -silences[cut]))
            offsets = [*_evenly(kept[:cut], before), *_evenly(kept[cut:], after)]
            return dict(zip(alone, offsets, strict=False))
    return {}


def pinned(
    wanted: Iterable[TimedLine], taken: Iterable[TimedLine], until: float
) -> dict[int, float]:
    """Return the offsets of lines that keep to their times, by index.

    A line waits for what is being said at its time, no longer than `HINT_LATE_SECONDS`. It is left
    out where it would end after ``until``.
    """
    said = list(taken)
    offsets = {}
    for index, line in enumerate(wanted):
        offset = line.offset_seconds
        for other in sorted(said, key=lambda one: one.offset_seconds):
            if _collide(offset, line.seconds, other):
                offset = other.end_seconds + HINT_SILENCE_SECONDS
        late_seconds = offset - line.offset_seconds
        if late_seconds <= HINT_LATE_SECONDS and fits(offset, line.seconds, until):
            offsets[index] = offset
            said.append(TimedLine(offset, line.seconds))
    return offsets


def fits(offset: float, seconds: float, until: float) -> bool:
    """Tell whether a line of this length is over in time."""
    return offset + seconds <= until + ROUNDING_SECONDS


def _collide(offset: float, seconds: float, other: TimedLine) -> bool:
    gap = SPEECH_GAP_SECONDS - ROUNDING_SECONDS
    return offset < other.end_seconds + gap and other.offset_seconds < offset + seconds + gap


def _silence(lengths: Sequence[float], stretch: Stretch) -> float:
    """Return the silence before each line where they share the stretch; negative: too long."""
    if not lengths:
        return math.inf
    free = stretch.end_seconds - stretch.start_seconds - sum(lengths)
    even = free / (len(lengths) + 1)
    return even if even >= stretch.quiet_seconds else (free - stretch.quiet_seconds) / len(lengths)


def _evenly(lengths: Sequence[float], stretch: Stretch) -> list[float]:
    silence = _silence(lengths, stretch)
    offsets = []
    free_from = stretch.start_seconds
    for length in lengths:
        offsets.append(free_from + silence)
        free_from += silence + length
    return offsets
