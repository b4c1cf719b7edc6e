"""What is left of a score that was broken into: by an answer, or by a pause."""

from collections.abc import Sequence
from dataclasses import replace

from skill.coach.score import Beat, Part, Placed, Remark, Spoken, at_tempo, timed


def interrupted(
    beats: Sequence[Beat], elapsed_seconds: float, answer: Spoken, ratio: float, tempo: float
) -> tuple[Beat, ...]:
    """Return the rest of a score that begins with an answer to the person.

    ``ratio`` is new tempo / old tempo (1 where it stays). The phase that is running goes on for
    what is left of it, at the new tempo, and at least as long as the answer takes; what is said on
    the way keeps its times, and what was said is not said again. Only where its own cue had not
    been said to the end, it is begun again behind the answer: the person could not know yet what
    to do.
    """
    running = [one for one in timed(beats) if elapsed_seconds < one.end_seconds]
    later = [one.beat.part for one in running[1:]]
    reply = Part("answer", answer=answer)
    if not running:
        return at_tempo([reply], tempo)
    now = running[0].beat
    position = max(0.0, elapsed_seconds - running[0].start_seconds)
    if now.part.cue and position < _end_seconds(now, now.part.cue):
        return at_tempo([reply, now.part, *later], tempo)
    return at_tempo([_rest(now, position, answer, ratio / tempo), *later], tempo)


def anew(beats: Sequence[Beat], elapsed_seconds: float) -> tuple[Part, ...]:
    """Return the parts to go on with after a pause: the running one as a whole, and later ones.

    Answers are left out. There are none where the score is over.
    """
    running = (one.beat.part for one in timed(beats) if elapsed_seconds < one.end_seconds)
    wholes = (part.whole or part for part in running)
    return tuple(part for part in wholes if not part.answer)


def _rest(now: Beat, position: float, answer: Spoken, scale: float) -> Part:
    """Return what is left of a beat's part; ``scale`` makes seconds those of normal tempo."""

    def left(placed: Placed | None) -> tuple[Remark, ...]:
        if not placed or placed.offset_seconds <= position:
            return ()
        return (Remark(placed.spoken, (placed.offset_seconds - position) * scale),)

    part, closing = now.part, now.part.closing
    return replace(
        part,
        seconds=(now.seconds - position) * scale,
        answer=answer,
        cue=None,
        breathe=None,
        reminder=None,
        closing=closing if closing and position < _end_seconds(now, closing) else None,
        hints=tuple(remark for placed in now.hints for remark in left(placed)),
        halfway=next(iter(left(now.halfway)), None),
        last_ten=part.last_ten if left(now.last_ten) else None,
        whole=part.whole or part,
    )


def _end_seconds(one: Beat, spoken: Spoken) -> float:
    return next(placed.end_seconds for placed in one.placed if placed.spoken is spoken)
