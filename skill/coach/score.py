"""The score of a repetition: what sounds when. Pure functions on small frozen data.

A repetition is a row of *parts* (movement phases with their lines, free of tempo). At a tempo they
become *beats*: parts with a length and with their speech placed. Three rules hold always:

- a breath lasts exactly as long as its beat (in a long hold several of them do, in turn), and the
  spoken cue lies on its beginning, so that the person knows what to do in the moment it begins;
- speech ends `SPEECH_GAP_SECONDS` before its beat does; where it would not, the beat is longer;
- what is said on the way through a long phase (hints, half time, the last ten seconds) never
  makes it longer: it is left out where there is no room.
"""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from skill.coach import spread
from skill.coach.breathing import Breathing, breaths
from skill.coach.spread import HINT_QUIET_SECONDS, SPEECH_GAP_SECONDS, Stretch
from skill.content.exercise import Phase
from skill.messages.cues import Direction
from skill.messages.events import PhaseBegan

REMINDER_LEAD_SECONDS = 0.5
"""Silence between a phase's cue and a reminder: the cue is acted on before more is said."""

HALFWAY_FROM_SECONDS = 10.0
"""Half time is told in holds that take this long at their tempo; shorter ones go by quickly."""

HALFWAY_LATE_SECONDS = 1.0
"""Half time may be told so much behind the middle; later it would not be true."""

FIRST_BREATH_SECONDS = 3.0
"""The breath in before the first breath out, at normal tempo."""

LAST_TEN_FROM_SECONDS = 40.0
"""In phases that take this long at their tempo, their last ten seconds are announced."""

_LAST_TEN_SECONDS = 10.0


@dataclass(frozen=True)
class Spoken:
    """A line of known length; ``line`` is its content id."""

    text: str
    line: str
    seconds: float


@dataclass(frozen=True)
class Remark:
    """A line on the way through a phase; ``at_seconds`` (at normal tempo) where it has its time.

    Without one it is said where there is most silence, half time in the middle.
    """

    spoken: Spoken
    at_seconds: float | None = None


@dataclass(frozen=True)
class Part:
    """One phase of a repetition (or a line between two), before a tempo is chosen.

    ``seconds`` is its length at normal tempo. ``cue`` is spoken at its beginning, ``breathe`` (in
    a hold, to breathe on) and ``reminder`` a little after, ``closing`` (the count) so that it ends
    with the part. ``answer`` is said to someone who interrupted; it comes first. On the way come
    ``hints``, ``halfway`` and ``last_ten``, the latter two only where the phase is long enough at
    its tempo. What is left
    of an interrupted part knows the ``whole`` of it. A movement has a ``phase``, of which whoever
    follows the session is told; lines between movements have none.
    """

    name: str
    seconds: float = 0.0
    breath: Breathing = None
    _: KW_ONLY
    answer: Spoken | None = None
    cue: Spoken | None = None
    breathe: Spoken | None = None
    reminder: Spoken | None = None
    closing: Spoken | None = None
    hints: tuple[Remark, ...] = ()
    halfway: Remark | None = None
    last_ten: Spoken | None = None
    whole: "Part | None" = None
    phase: PhaseBegan | None = None

    def measured(self, measure: Callable[[Spoken], Spoken]) -> "Part":
        """Return this part with its lines as long as they are; itself where that is no news."""
        lines: dict[str, Any] = {
            name: measure(line)
            for name in ("answer", "cue", "breathe", "reminder", "closing", "last_ten")
            if (line := getattr(self, name))
        }
        remarks = [replace(one, spoken=measure(one.spoken)) for one in self.hints]
        halfway = self.halfway and replace(self.halfway, spoken=measure(self.halfway.spoken))
        now = replace(self, **lines, hints=tuple(remarks), halfway=halfway)
        return self if now == self else now

    def takes(self, seconds: float, tempo: float) -> bool:
        """Tell whether all of this phase takes at least so long at a tempo."""
        return (self.whole or self).seconds * tempo >= seconds


@dataclass(frozen=True)
class Placed:
    """A line at its offset from the beginning of its beat."""

    spoken: Spoken
    offset_seconds: float

    @property
    def end_seconds(self) -> float:
        """Offset of the line's end."""
        return self.offset_seconds + self.spoken.seconds


@dataclass(frozen=True)
class Beat:
    """A part at a tempo: so long, with its speech in place, in the order in which it sounds.

    ``hints``, ``halfway`` and ``last_ten`` are those of the placed lines that are said on the way.
    """

    part: Part
    seconds: float
    placed: tuple[Placed, ...]
    hints: tuple[Placed, ...] = ()
    halfway: Placed | None = None
    last_ten: Placed | None = None

    @property
    def breaths(self) -> tuple[Direction, ...]:
        """The breaths that it is made of, one after the other, all of the same length."""
        return breaths(self.part.breath, self.seconds)


@dataclass(frozen=True)
class Timed:
    """A beat and its beginning, in seconds from the beginning of the score."""

    beat: Beat
    start_seconds: float

    @property
    def end_seconds(self) -> float:
        """End of the beat."""
        return self.start_seconds + self.beat.seconds


def beat(part: Part, tempo: float) -> Beat:
    """Return the part at a tempo (a factor on its length: 1.25 is slower), its speech placed."""
    placed: list[Placed] = []
    free_from = 0.0
    leads = (
        *((part.answer, 0.0), (part.cue, 0.0), (part.breathe, 0.0)),
        (part.reminder, REMINDER_LEAD_SECONDS),
    )
    for spoken, lead in leads:
        if spoken:
            offset = free_from + lead
            placed.append(Placed(spoken, offset))
            free_from = offset + spoken.seconds + SPEECH_GAP_SECONDS
    closing_seconds = part.closing.seconds + SPEECH_GAP_SECONDS if part.closing else 0.0
    seconds = max(part.seconds * tempo, free_from + closing_seconds)
    if part.closing:
        placed.append(Placed(part.closing, seconds - closing_seconds))
    return _with_remarks(Beat(part, seconds, tuple(placed)), free_from, closing_seconds, tempo)


def _with_remarks(one: Beat, free_from: float, closing_seconds: float, tempo: float) -> Beat:
    """Return the beat with what is said on the way, as far as there is room."""
    until = one.seconds - closing_seconds - SPEECH_GAP_SECONDS
    last_ten = _last_ten(one, free_from, until, tempo)
    if last_ten:
        until = last_ten.offset_seconds - SPEECH_GAP_SECONDS
    halfway = _halfway(one, free_from, until, tempo)
    fixed = tuple(placed for placed in (halfway, last_ten) if placed)
    hints = _hints(one, free_from, until, halfway, tempo) if one.part.hints else ()
    if not fixed and not hints:
        return one
    placed = sorted((*one.placed, *fixed, *hints), key=lambda placed: placed.offset_seconds)
    return Beat(one.part, one.seconds, tuple(placed), hints, halfway, last_ten)


def _last_ten(one: Beat, free_from: float, until: float, tempo: float) -> Placed | None:
    spoken, offset = one.part.last_ten, one.seconds - _LAST_TEN_SECONDS
    if not spoken or not one.part.takes(LAST_TEN_FROM_SECONDS, tempo):
        return None
    has_room = free_from <= offset and spread.fits(offset, spoken.seconds, until)
    return Placed(spoken, offset) if has_room else None


def _halfway(one: Beat, free_from: float, until: float, tempo: float) -> Placed | None:
    remark = one.part.halfway
    if not remark or not one.part.takes(HALFWAY_FROM_SECONDS, tempo):
        return None
    wanted = one.seconds / 2 if remark.at_seconds is None else remark.at_seconds * tempo
    offset = max(wanted, free_from)
    is_true = offset - wanted <= HALFWAY_LATE_SECONDS
    has_room = is_true and spread.fits(offset, remark.spoken.seconds, until)
    return Placed(remark.spoken, offset) if has_room else None


def _hints(
    one: Beat, free_from: float, until: float, halfway: Placed | None, tempo: float
) -> tuple[Placed, ...]:
    hints = one.part.hints
    end = until + SPEECH_GAP_SECONDS
    quiet_from = min(end, one.seconds - HINT_QUIET_SECONDS)
    if one.part.whole:
        wanted = [
            spread.TimedLine((hint.at_seconds or 0.0) * tempo, hint.spoken.seconds)
            for hint in hints
        ]
        fixed = [*one.placed, *([halfway] if halfway else [])]
        taken = [spread.TimedLine(placed.offset_seconds, placed.spoken.seconds) for placed in fixed]
        offsets = spread.pinned(wanted, taken, min(until, quiet_from))
    else:
        start = max(0.0, free_from - SPEECH_GAP_SECONDS)
        quiet = max(spread.HINT_SILENCE_SECONDS, end - quiet_from)
        before, after = Stretch(start, end, quiet), Stretch(end, end, quiet)
        if halfway:
            before = Stretch(start, halfway.offset_seconds)
            after = Stretch(halfway.end_seconds, end, quiet)
        offsets = spread.spread([hint.spoken.seconds for hint in hints], before, after)
    return tuple(Placed(hints[index].spoken, offset) for index, offset in offsets.items())


def room_seconds(part: Part, tempo: float) -> float:
    """Return how long one more line may be in this part without making it longer."""
    spoken_seconds = sum(
        spoken.seconds + SPEECH_GAP_SECONDS
        for spoken in (part.answer, part.cue, part.breathe, part.reminder, part.closing)
        if spoken
    )
    return part.seconds * tempo - spoken_seconds - SPEECH_GAP_SECONDS


def with_count(parts: Sequence[Part], count: Spoken, tempo: float) -> tuple[Part, ...]:
    """Return the parts with the count at their end: within the last one where there is room."""
    *first, last = parts
    if count.seconds <= room_seconds(last, tempo):
        return (*first, replace(last, closing=count))
    return (*parts, announcement("count", count))


def with_reminder(parts: Sequence[Part], reminder: Spoken, tempo: float) -> tuple[Part, ...]:
    """Return the parts with the reminder in the roomiest movement; without it where none fits.

    A movement without hints is chosen first; half time is never moved.
    """
    rooms = [_reminder_room_seconds(part, tempo) for part in parts]
    enough = reminder.seconds + REMINDER_LEAD_SECONDS
    fitting = [index for index in range(len(parts)) if enough <= rooms[index]]
    if not fitting:
        return tuple(parts)
    best = max(fitting, key=lambda index: (not parts[index].hints, rooms[index]))
    return (*parts[:best], replace(parts[best], reminder=reminder), *parts[best + 1 :])


def _reminder_room_seconds(part: Part, tempo: float) -> float:
    room = room_seconds(part, tempo)
    if part.halfway and part.takes(HALFWAY_FROM_SECONDS, tempo):
        said = [one.seconds + SPEECH_GAP_SECONDS for one in (part.cue, part.breathe) if one]
        return min(room, part.seconds * tempo / 2 - sum(said) - SPEECH_GAP_SECONDS)
    return room


def movement(
    phase: Phase,
    cue: Spoken,
    *,
    breathing: Breathing = None,
    breathe: Spoken | None = None,
    hints: Sequence[Spoken] = (),
    halfway: Spoken | None = None,
    last_ten: Spoken | None = None,
) -> Part:
    """Return the part of one movement phase with the variant of its cue that is to be said.

    ``breathing`` is what is breathed in it among its neighbours (else the phase's own breath).
    """
    own = phase.breath.direction if phase.breath else None
    return Part(
        phase.name,
        phase.seconds,
        breathing or own,
        cue=cue,
        breathe=breathe,
        hints=tuple(Remark(hint) for hint in hints),
        halfway=Remark(halfway) if halfway else None,
        last_ten=last_ten,
    )


def announcement(name: str, spoken: Spoken) -> Part:
    """Return a part that is nothing but a line: it takes as long as it is said."""
    return Part(name, cue=spoken)


def with_breath_in(parts: Sequence[Part], breathe_in: Spoken) -> tuple[Part, ...]:
    """Return the parts of somebody who begins: before a first breath out there is one in."""
    own = [part.breath for part in parts if isinstance(part.breath, Direction)]
    if own[:1] != [Direction.OUT]:
        return tuple(parts)
    first = next(index for index, part in enumerate(parts) if part.breath)
    breath_in = Part("breath-in", FIRST_BREATH_SECONDS, Direction.IN, cue=breathe_in)
    return (*parts[:first], breath_in, *parts[first:])


def timed(beats: Sequence[Beat]) -> tuple[Timed, ...]:
    """Return the beats one after the other, from 0 on."""
    start_seconds = 0.0
    row = []
    for one in beats:
        row.append(Timed(one, start_seconds))
        start_seconds += one.seconds
    return tuple(row)


def at_tempo(parts: Sequence[Part], tempo: float) -> tuple[Beat, ...]:
    """Return all parts at a tempo."""
    return tuple(beat(part, tempo) for part in parts)
