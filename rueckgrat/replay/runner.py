"""Plays a user into a session, block by block, as fast as the machine can."""

from dataclasses import dataclass
from math import inf
from typing import Protocol

import numpy as np

from rueckgrat.observers.record import Record
from rueckgrat.replay.room import Room
from skill.messages.blocks import VOICE_BLOCK_SAMPLES, Pcm, silence
from skill.messages.events import Event
from skill.session import Session


class User(Protocol):
    """Whoever speaks into the microphone."""

    def next_block(self, record: Record, now_seconds: float) -> Pcm | None:
        """Return what is said in the next 100 ms (1,600 samples at 16 kHz); None to end."""
        ...


@dataclass(frozen=True)
class Take:
    """One session as it turned out; both tracks are sample-aligned on the session's clock.

    ``microphone`` (16 kHz) is what the ear heard, ``coach`` (22,050 Hz) what the loudspeaker
    played. ``finished`` says whether the coach has said goodbye, ``timed_out`` whether the limit
    has ended the session.
    """

    events: tuple[Event, ...]
    microphone: Pcm
    coach: Pcm
    seconds: float
    state: str
    finished: bool
    timed_out: bool


def play(
    session: Session,
    record: Record,
    user: User,
    room: Room | None = None,
    limit_seconds: float = inf,
) -> Take:
    """Let ``user`` and session talk until one of them is done, or for ``limit_seconds``.

    ``record`` must be among the session's observers.
    """
    room = room or Room()
    heard: list[Pcm] = []
    played: list[Pcm] = [silence(VOICE_BLOCK_SAMPLES)]  # the first block sounds from 0.1 s on
    while not session.finished and session.now_seconds < limit_seconds:
        said = user.next_block(record, session.now_seconds)
        if said is None:
            break
        heard.append(room.hear(said))
        played.append(session.process(heard[-1]))
        room.play(played[-1])
    return Take(
        events=tuple(e for e in record.events if e.seconds <= session.now_seconds),
        microphone=np.concatenate([silence(0), *heard]),
        coach=np.concatenate(played),
        seconds=session.now_seconds,
        state=session.state,
        finished=session.finished,
        timed_out=session.now_seconds >= limit_seconds and not session.finished,
    )
