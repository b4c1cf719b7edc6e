"""The score of a repetition: what sounds when. Pure functions on small frozen data.

A repetition is a row of *parts* (movement phases with their lines, free of tempo). At a tempo they
become *beats*: parts with a length and with their speech placed. Two rules hold always:

- a breath lasts exactly as long as its beat, and the spoken cue lies on its beginning, so that
  the person knows what to do in the moment the breath begins;
- speech ends `SPEECH_GAP_SECONDS` before its beat does; where it would not, the beat is longer.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, replace

from skill.content.schema import Phase
from skill.cues import Direction

SPEECH_GAP_SECONDS = 0.25
"""Least silence between two spoken lines. Shorter gaps sound like one sentence."""

REMINDER_LEAD_SECONDS = 0.5
"""Silence between a phase's cue and a reminder: the cue is acted on before more is said."""


@dataclass(frozen=True)
class Spoken:
    """A line of known length; ``line`` is its content id."""

    text: str
    line: str
    seconds: float


@dataclass(frozen=True)
class Part:
    """One phase of a repetition (or a line between two), before a tempo is chosen.

    ``seconds`` is its length at normal tempo. ``cue`` is spoken at its beginning, ``reminder``
    a little after, ``closing`` (the count) so that it ends with the part. ``answer`` is said to
    someone who interrupted; it comes first.
    """

    name: str
    seconds: float = 0.0
    breath: Direction | None = None
    _: KW_ONLY
    answer: Spoken | None = None
    cue: Spoken | None = None
    reminder: Spoken | None = None
    closing: Spoken | None = None


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
    """A part at a tempo: so long, with its speech in place."""

    part: Part
    seconds: float
    placed: tuple[Placed, ...]


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
    leads = ((part.answer, 0.0), (part.cue, 0.0), (part.reminder, REMINDER_LEAD_SECONDS))
    for spoken, lead in leads:
        if spoken:
            offset = free_from + lead
            placed.append(Placed(spoken, offset))
            free_from = offset + spoken.seconds + SPEECH_GAP_SECONDS
    closing_seconds = part.closing.seconds + SPEECH_GAP_SECONDS if part.closing else 0.0
    seconds = max(part.seconds * tempo, free_from + closing_seconds)
    if part.closing:
        placed.append(Placed(part.closing, seconds - closing_seconds))
    return Beat(part, seconds, tuple(placed))


def room_seconds(part: Part, tempo: float) -> float:
    """Return how long one more line may be in this part without making it longer."""
    spoken_seconds = sum(
        spoken.seconds + SPEECH_GAP_SECONDS
        for spoken in (part.answer, part.cue, part.reminder, part.closing)
        if spoken
    )
    return part.seconds * tempo - spoken_seconds - SPEECH_GAP_SECONDS


def with_count(parts: Sequence[Part], count: Spoken, tempo: float) -> tuple[Part, ...]:
    """Return the parts with the count at their end: within the last one where there is room."""
    *first, last = parts
    if count.seconds <= room_seconds(last, tempo):
        return (*first, replace(last, closing=count))
    return (*parts, announcement("zählen", count))


def with_reminder(parts: Sequence[Part], reminder: Spoken, tempo: float) -> tuple[Part, ...]:
    """Return the parts with the reminder in the roomiest movement; without it where none fits."""
    roomiest = max(range(len(parts)), key=lambda index: room_seconds(parts[index], tempo))
    if reminder.seconds + REMINDER_LEAD_SECONDS > room_seconds(parts[roomiest], tempo):
        return tuple(parts)
    reminded = replace(parts[roomiest], reminder=reminder)
    return (*parts[:roomiest], reminded, *parts[roomiest + 1 :])


def movement(phase: Phase, cue: Spoken) -> Part:
    """Return the part of one movement phase with the variant of its cue that is to be said."""
    return Part(phase.name, phase.seconds, phase.breath, cue=cue)


def announcement(name: str, spoken: Spoken) -> Part:
    """Return a part that is nothing but a line: it takes as long as it is said."""
    return Part(name, cue=spoken)


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


def interrupted(
    beats: Sequence[Beat], elapsed_seconds: float, answer: Spoken, ratio: float, tempo: float
) -> tuple[Beat, ...]:
    """Return the rest of a score that begins with an answer to the person.

    ``ratio`` is new tempo / old tempo (1 where it stays). The phase that is running goes on for
    what is left of it, at the new tempo, and at least as long as the answer takes. Only where its
    own cue had not been said to the end, it is begun again behind the answer: the person could
    not know yet what to do.
    """
    running = [one for one in timed(beats) if elapsed_seconds < one.end_seconds]
    later = [one.beat.part for one in running[1:]]
    reply = Part("antwort", answer=answer)
    if not running:
        return at_tempo([reply], tempo)
    now = running[0].beat
    position = elapsed_seconds - running[0].start_seconds
    if now.part.cue and position < _end_seconds(now, now.part.cue):
        return at_tempo([reply, now.part, *later], tempo)
    closing = now.part.closing
    rest = replace(
        now.part,
        seconds=(now.seconds - position) * ratio / tempo,
        answer=answer,
        cue=None,
        reminder=None,
        closing=closing if closing and position < _end_seconds(now, closing) else None,
    )
    return at_tempo([rest, *later], tempo)


def _end_seconds(one: Beat, spoken: Spoken) -> float:
    return next(placed.end_seconds for placed in one.placed if placed.spoken is spoken)
