"""From the end of a spoken command to the first changed sample of the coach's output."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from skill.audio.hiss import with_hiss
from skill.audio.waves import sound_end_seconds
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from skill.messages.heard import Command, Listening
from skill.parts import EarLike
from skill.session import Session
from workbench.places import Place, places, talking_place
from workbench.studio import Studio
from workbench.waves import first_difference_seconds, silent_from_seconds

LISTEN_SECONDS = 3.0
"""How long a reaction is waited for: three times what the plain loop needs."""

GIVE_UP_SECONDS = 300.0


@dataclass(frozen=True)
class Spoken:
    """A recording of one command; ``pcm`` at 16 kHz."""

    name: str
    command: Command
    pcm: Pcm

    @cached_property
    def end_seconds(self) -> float:
        """When the word ends, from the start of the recording."""
        return sound_end_seconds(self.pcm, EAR_RATE_HZ)


@dataclass(frozen=True)
class Reaction:
    """What came of one recording: seconds from the word's end to the change; None: nothing."""

    spoken: Spoken
    place: Place
    seconds: float | None


def reactions(
    studio: Studio, make_ear: Callable[[], EarLike], recordings: Sequence[Spoken], exercise_id: str
) -> list[Reaction]:
    """Speak every recording where its command counts; the ear and its model are made once.

    The change is found by comparing, sample by sample, with the same session in which nobody
    speaks: whatever the coach would have said or breathed anyway does not count.
    """
    ear = make_ear()
    unspoken: dict[Place, Pcm] = {}
    found = []
    for spoken in recordings:
        place = _place_for(studio, spoken.command, places(exercise_id))
        if place is None:
            continue
        if place not in unspoken:
            unspoken[place] = _output(studio, ear, place, silence(0))
        changed = first_difference_seconds(
            unspoken[place], _output(studio, ear, place, spoken.pcm), VOICE_RATE_HZ
        )
        seconds = None if changed is None else changed - _spoken_until(spoken)
        found.append(Reaction(spoken, place, seconds))
    return found


def silences(
    studio: Studio, make_ear: Callable[[], EarLike], recordings: Sequence[Spoken], exercise_id: str
) -> list[Reaction]:
    """Speak the recordings while the coach is speaking; measure when it has fallen silent.

    Pauses that the line makes anyway do not count: silence is looked for from the first sample on
    that differs from the same line without the interruption.
    """
    ear, place = make_ear(), talking_place(exercise_id)
    uninterrupted = _output(studio, ear, place, silence(0))
    found = []
    for spoken in recordings:
        output = _output(studio, ear, place, spoken.pcm)
        cut = first_difference_seconds(uninterrupted, output, VOICE_RATE_HZ)
        silent = None if cut is None else silent_from_seconds(output, VOICE_RATE_HZ, cut)
        seconds = None if silent is None else silent - _spoken_until(spoken)
        found.append(Reaction(spoken, place, seconds))
    return found


def _spoken_until(spoken: Spoken) -> float:
    """Return the word's end on the clock of ``_output``: the output lags by the block it answers.

    The first block of output answers, and follows, the first block heard.
    """
    return spoken.end_seconds - BLOCK_SECONDS


def _place_for(studio: Studio, command: Command, known: Sequence[Place]) -> Place | None:
    for place in known:
        if command.name in studio.content.live_commands(place.state):
            return place
    return None


def _output(studio: Studio, ear: EarLike, place: Place, said: Pcm) -> Pcm:
    """Return what the coach plays from the moment on in which ``said`` begins."""
    session = studio.session(ear, place)
    go_to(session, place)
    blocks = round(LISTEN_SECONDS / BLOCK_SECONDS) + len(said) // EAR_BLOCK_SAMPLES
    heard = with_hiss(said, blocks)
    played = [session.process(block) for block in heard]
    _forget(ear)
    return np.concatenate(played)


def go_to(session: Session, place: Place) -> None:
    """Move the session to the place: until it has been quiet there, or has begun to talk."""
    settled_blocks = 0
    while settled_blocks * BLOCK_SECONDS < place.settle_seconds:
        played = session.process(silence(EAR_BLOCK_SAMPLES))
        there = session.state == place.state and (place.talking or not played.any())
        settled_blocks = settled_blocks + 1 if there else 0
        if session.now_seconds > GIVE_UP_SECONDS:
            raise RuntimeError(f"the session never came to the place {place.name!r}")


def _forget(ear: EarLike) -> None:
    """Let the utterance end, so that it is not continued in the next session."""
    for block in with_hiss(silence(0), 20):
        ear.process(block, Listening(frozenset()))
