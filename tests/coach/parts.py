"""Parts of a repetition to test with; lengths of lines are in seconds."""

import pytest

from skill.coach.score import Part, Remark, Spoken
from skill.messages.cues import Direction


def spoken(seconds, text="x"):
    return Spoken(text, text, seconds)


def lift(cue_seconds=1.0, seconds=4.0):
    return Part("heben", seconds, Direction.OUT, cue=spoken(cue_seconds, "heben"))


def lower(cue_seconds=1.0):
    return Part("senken", 4.0, Direction.IN, cue=spoken(cue_seconds, "senken"))


def hold(seconds, cue=1.0, reminder=None, closing=None, hints=(), halfway=None, last_ten=None):
    def line(seconds, text):
        return None if seconds is None else spoken(seconds, text)

    return Part(
        "halten",
        seconds,
        cue=spoken(cue, "cue"),
        reminder=line(reminder, "reminder"),
        closing=line(closing, "count"),
        hints=tuple(Remark(spoken(one, f"hint {index}")) for index, one in enumerate(hints)),
        halfway=None if halfway is None else Remark(spoken(halfway, "half")),
        last_ten=line(last_ten, "ten"),
    )


def seconds(beats):
    return [pytest.approx(one.seconds) for one in beats]


def texts(beat):
    return [placed.spoken.text for placed in beat.placed]
