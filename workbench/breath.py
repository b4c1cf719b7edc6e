"""How exactly breaths are placed: the score against the samples that come out."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from skill.coach.coach import Coach
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, VOICE_RATE_HZ, Pcm, silence
from skill.messages.cues import Breathe, Hush, Sound
from skill.messages.heard import Command, Decision, Heard, Listening, Speaking
from skill.session import Session
from skill.voice import Voice
from workbench.studio import SEED, Studio
from workbench.waves import runs_of_sound

LONGEST_SECONDS = 600.0

GAP_SECONDS = 0.05
"""Shortest silence between two breaths that is taken for one."""


class BreathSplitter:
    """Performs everything in one voice, and the breaths alone in a second one.

    Satisfies ``VoiceLike``. Mixing is a sum, so the second voice's output is the breaths' part of
    the first one's, sample by sample.
    """

    def __init__(self, voice: Voice, breath_voice: Voice) -> None:
        self._voice = voice
        self._breath_voice = breath_voice
        self._blocks = [silence(round(BLOCK_SECONDS * VOICE_RATE_HZ))]
        self.scored: list[Breathe] = []

    @property
    def breaths(self) -> Pcm:
        """All breaths so far, from the session's time zero on, at 22,050 Hz."""
        return np.concatenate(self._blocks)

    def perform(self, cue: Sound) -> tuple[float, float]:
        """Schedule a cue, a breath in both voices."""
        if isinstance(cue, Breathe):
            self.scored.append(cue)
        if isinstance(cue, Breathe | Hush):
            self._breath_voice.perform(cue)
        return self._voice.perform(cue)

    def finished_cues(self) -> list[int]:
        """See ``VoiceLike``."""
        return self._voice.finished_cues()

    def speaking(self) -> tuple[Speaking, ...]:
        """See ``VoiceLike``."""
        return self._voice.speaking()

    def speech_seconds(self, text: str) -> float:
        """See ``Voice``."""
        return self._voice.speech_seconds(text)

    def expect(self, upcoming: Callable[[], Iterable[str]]) -> None:
        """See ``VoiceLike``."""
        self._voice.expect(upcoming)

    def shortfall(self) -> str:
        """See ``VoiceLike``."""
        return self._voice.shortfall()

    def next_block(self) -> Pcm:
        """See ``VoiceLike``."""
        self._blocks.append(self._breath_voice.next_block())
        return self._voice.next_block()


class Willing:
    """An ear that hears "weiter" or "ja" whenever the coach waits; satisfies ``EarLike``.

    ``chosen`` answers the question what to train.
    """

    def __init__(self, coach: Coach, chosen: Command) -> None:
        self._coach = coach
        self._now_seconds = 0.0
        self._answers = {
            "safety.ask": Command("yes"),
            "menu.ask": chosen,
            "menu.age": Command("age", "middle"),
            "menu.material": Command("yes"),
            "menu.count": Command("next"),
            "exercise.position": Command("next"),
            "exercise.feedback": Command("feeling", "good"),
            "exercise.rest": Command("next"),
        }

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:  # noqa: ARG002
        """Answer as soon as the coach is quiet."""
        self._now_seconds += BLOCK_SECONDS
        now = self._now_seconds
        command = self._answers.get(self._coach.state)
        if command is None or listening.speaking:
            return []
        return [Heard(command, "", 1.0, now, now, now, Decision.FINAL)]


def breath_errors_seconds(studio: Studio, exercise_id: str) -> list[float]:
    """Return, for one exercise, how far each breath's start and end lie from the score.

    Breaths that follow each other without a gap share one edge in the output; only edges with
    silence beside them can be seen, and are measured.
    """
    voice = BreathSplitter(studio.voice(), studio.voice())
    coach = Coach(studio.content, voice.speech_seconds, seed=SEED)
    session = Session(Willing(coach, Command("exercise", exercise_id)), coach, voice)
    while not session.finished and session.now_seconds < LONGEST_SECONDS:
        session.process(silence(EAR_BLOCK_SAMPLES))
    starts = [breath.at_seconds for breath in voice.scored]
    ends = [breath.at_seconds + breath.seconds for breath in voice.scored]
    seen = np.array(list(runs_of_sound(voice.breaths, VOICE_RATE_HZ, GAP_SECONDS)))
    seen_starts, seen_ends = seen.reshape(-1, 2).T / VOICE_RATE_HZ
    return [
        *_distances(_free(starts, ends), seen_starts),
        *_distances(_free(ends, starts), seen_ends),
    ]


def _free(edges: Sequence[float], others: Sequence[float]) -> list[float]:
    """Return the edges that no breath's other edge touches."""
    return [edge for edge in edges if all(abs(edge - other) > GAP_SECONDS for other in others)]


def _distances(wanted: Sequence[float], seen: NDArray[np.float64]) -> list[float]:
    """Return how far the nearest seen edge is from each wanted one; inf if nothing was seen."""
    return [float(np.min(np.abs(seen - edge), initial=np.inf)) for edge in wanted]
