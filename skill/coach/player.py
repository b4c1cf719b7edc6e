"""Plays a score: hands out its cues shortly before they are due."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from skill.coach.interruption import anew, interrupted
from skill.coach.score import Beat, Part, Spoken, timed
from skill.messages.cues import Breathe, Cue, Say, Tell
from skill.messages.events import PhaseBegan, RepetitionBegan, RepetitionDone

LOOKAHEAD_SECONDS = 0.25
"""How early a cue is handed out: more than a block, so that it can be placed to the sample;
little, so that nearly nothing is queued when the person interrupts."""


class Player:
    """The score that is being played, on the session's clock."""

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids
        self._beats: tuple[Beat, ...] = ()
        self._start_seconds = 0.0
        self._due: list[tuple[float, Cue]] = []
        self._any_phase: PhaseBegan | None = None  # which repetition this is

    @property
    def is_playing(self) -> bool:
        """Tell whether there is a score."""
        return bool(self._beats)

    @property
    def end_seconds(self) -> float:
        """When the score ends."""
        return self._start_seconds + sum(beat.seconds for beat in self._beats)

    def begin(self, beats: Sequence[Beat], start_seconds: float) -> None:
        """Play these beats from ``start_seconds`` on, instead of all others."""
        phases = (one.part.phase for one in beats)
        self._any_phase = next((one for one in phases if one), self._any_phase)
        self._take(beats, start_seconds)
        if self._any_phase:
            seconds = self.end_seconds - start_seconds
            began = RepetitionBegan(start_seconds, *_which(self._any_phase), seconds)
            self._due.insert(0, (start_seconds, Tell(began)))

    def interrupt(
        self, answer: Spoken, now_seconds: float, start_seconds: float, ratio: float, tempo: float
    ) -> None:
        """Go on from ``start_seconds`` with an answer and the rest of the score as of now."""
        elapsed = now_seconds - self._start_seconds
        self._take(interrupted(self._beats, elapsed, answer, ratio, tempo), start_seconds)

    def rest(self, now_seconds: float) -> tuple[Part, ...]:
        """Return what a pause goes on with: the running phase from its beginning, and all later.

        Empty where nothing is playing.
        """
        return anew(self._beats, now_seconds - self._start_seconds)

    def due(self, now_seconds: float) -> list[Cue]:
        """Return the cues that begin soon, each one once."""
        horizon = now_seconds + LOOKAHEAD_SECONDS
        due = [cue for at, cue in self._due if at < horizon]
        self._due = self._due[len(due) :]
        return due

    def stop(self) -> None:
        """Forget the score."""
        self._beats = ()
        self._due = []

    def _take(self, beats: Sequence[Beat], start_seconds: float) -> None:
        self._beats = tuple(beats)
        self._start_seconds = start_seconds
        self._due = sorted(self._cues(), key=itemgetter(0))

    def _cues(self) -> Iterator[tuple[float, Cue]]:
        for one in timed(self._beats):
            start = self._start_seconds + one.start_seconds
            if phase := one.beat.part.phase:
                yield start, Tell(replace(phase, seconds=start, planned_seconds=one.beat.seconds))
            for number, breath in enumerate(one.beat.breaths):
                seconds = one.beat.seconds / len(one.beat.breaths)
                yield start + number * seconds, Breathe(breath, seconds, start + number * seconds)
            for placed in one.beat.placed:
                at, spoken = start + placed.offset_seconds, placed.spoken
                yield at, Say(spoken.text, next(self._ids), spoken.line, at)
        if self._any_phase:
            end = self.end_seconds
            yield end, Tell(RepetitionDone(end, *_which(self._any_phase)))


def _which(phase: PhaseBegan) -> tuple[str, str, int, int]:
    return phase.exercise, phase.side, phase.repetition, phase.repetitions
