"""Whole programmes from the welcome to the goodbye, as the loudspeaker gets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from rueckgrat.observers.record import Record
from skill.coach.coach import Coach
from skill.content.loader import load_content
from skill.messages.blocks import (
    EAR_BLOCK_SAMPLES,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from skill.messages.events import Problem, Said
from skill.messages.heard import Command
from skill.observers import Observers
from skill.session import Session
from skill.settings import Settings
from skill.voice.loudness import loudness
from workbench.breath import Willing
from workbench.studio import SEED, Studio
from workbench.waves import runs_of_sound

PROGRAMMES = [one.id for one in load_content().programmes]
LONGEST_SECONDS = 3_600.0

LIMITER_DB = -1.9
"""From here on the mixer bends the waveform (``skill/voice/mixer.py``)."""

LEVEL_SPAN_LU = 1.0
"""Between the softest and the loudest line."""

LONGEST_SILENCE_SECONDS = {"exercise.repeat": 15.0, "exercise.change": 10.5}
"""Half a minute of calm steps or feeling has a hint in its middle; a change of sides takes up to
10 s. Anywhere else somebody would wonder within a second whether it is still there."""
ELSEWHERE_SECONDS = 1.0


@dataclass(frozen=True)
class Played:
    """A session: all that sounded from its time zero on, at 22,050 Hz, and what happened."""

    pcm: Pcm
    record: Record
    finished: bool

    def state_at(self, seconds: float) -> str:
        return [one.state for one in self.record.states() if one.seconds <= seconds][-1]

    def lines(self) -> Iterator[tuple[Said, Pcm]]:
        """Yield each line that was said, and what sounded meanwhile."""
        for event in self.record.events:
            if isinstance(event, Said):
                first, last = (
                    round(edge * VOICE_RATE_HZ) for edge in (event.seconds, event.end_seconds)
                )
                yield event, self.pcm[first:last]

    def silences(self) -> Iterator[tuple[float, float]]:
        """Yield beginning and end of all complete silences between the first and last sound."""
        runs = np.array(list(runs_of_sound(self.pcm, VOICE_RATE_HZ))) / VOICE_RATE_HZ
        yield from zip(runs[:-1, 1], runs[1:, 0], strict=True)


@cache
def played(programme_id: str) -> Played:
    studio = Studio(Settings())
    voice, record = studio.voice(), Record()
    coach = Coach(studio.content, voice.speech_seconds, seed=SEED)
    ear = Willing(coach, Command("programme", programme_id))
    session = Session(ear, coach, voice, Observers([record]))
    blocks = [silence(VOICE_BLOCK_SAMPLES)]
    while not session.finished and session.now_seconds < LONGEST_SECONDS:
        blocks.append(session.process(silence(EAR_BLOCK_SAMPLES)))
    return Played(np.concatenate(blocks), record, session.finished)


def peak_db(pcm: Pcm) -> float:
    return float(20 * np.log10(np.abs(pcm.astype(np.int32)).max() / 32_768))


@pytest.mark.slow
@pytest.mark.parametrize("programme_id", PROGRAMMES)
def test_a_programme_is_said_to_its_end_without_a_problem(programme_id: str) -> None:
    session = played(programme_id)
    assert session.finished
    assert not [one.text for one in session.record.events if isinstance(one, Problem)]
    assert len(list(session.lines())) > 50


@pytest.mark.slow
@pytest.mark.parametrize("programme_id", PROGRAMMES)
def test_nothing_is_limited_or_clipped(programme_id: str) -> None:
    assert peak_db(played(programme_id).pcm) < LIMITER_DB


@pytest.mark.slow
@pytest.mark.parametrize("programme_id", PROGRAMMES)
def test_all_lines_are_equally_loud(programme_id: str) -> None:
    """As they sound in the session, breaths and sign tones underneath included."""
    levels = {event.text: loudness(pcm / 32_768) for event, pcm in played(programme_id).lines()}
    softest, loudest = min(levels, key=levels.__getitem__), max(levels, key=levels.__getitem__)
    assert levels[loudest] - levels[softest] < LEVEL_SPAN_LU, (softest, loudest)


@pytest.mark.slow
@pytest.mark.parametrize("programme_id", PROGRAMMES)
def test_no_silence_is_longer_than_planned(programme_id: str) -> None:
    session = played(programme_id)
    too_long = []
    for start, end in session.silences():
        state = session.state_at(start)
        if end - start > LONGEST_SILENCE_SECONDS.get(state, ELSEWHERE_SECONDS):
            too_long.append(f"{end - start:.1f} s of silence at {start:.1f} s in {state}")
    assert not too_long
