"""Plays a score: hands out its cues shortly before they are due."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from skill.coach.interruption import anew, interrupted
from skill.coach.score import Beat, Part, Spoken, Timed, at_tempo
from skill.messages.cues import Breathe, Cue, Say, Tell
from skill.messages.events import PhaseBegan, RepetitionBegan, RepetitionDone

LOOKAHEAD_SECONDS = 0.25
"""How early a cue is handed out: more than a block, so that it can be placed to the sample;
little, so that nearly nothing is queued when the person interrupts."""


class Player:
    """The score that is being played, on the session's clock.

    A beat that has yet to begin is laid out anew, when its turn comes, if how long its lines take
    is better known by then. One that is running stays as it is.
    """

    def __init__(self, ids: Iterator[int]) -> None:
        self._ids = ids
        self._beats: tuple[Beat, ...] = ()
        self._begun = 0  # so many of them
        self._is_new = False
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
        self._is_new = True

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The lines of the beats that have yet to begin."""
        beats = self._beats[self._begun :]
        return tuple(placed.spoken.text for one in beats for placed in one.placed)

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

    def due(
        self,
        now_seconds: float,
        measured: Callable[[Part], Part] = lambda part: part,
        tempo: float = 1.0,
    ) -> list[Cue]:
        """Return the cues that begin soon, each one once.

        ``measured`` returns a part as long as its lines are, as far as that is known now: the very
        part where nothing has changed. What has is laid out anew at this ``tempo``.
        """
        horizon = now_seconds + LOOKAHEAD_SECONDS
        while self._begun < len(self._beats) and self._next.start_seconds < horizon:
            self._measure(measured, tempo)
            self._due += sorted(self._cues(self._next), key=itemgetter(0))
            self._begun += 1
        due = [cue for at, cue in self._due if at < horizon]
        self._due = self._due[len(due) :]
        return due

    def stop(self) -> None:
        """Forget the score."""
        self._beats = ()
        self._due = []

    @property
    def _next(self) -> Timed:
        """The beat that begins next, with its beginning on the session's clock."""
        before = sum(one.seconds for one in self._beats[: self._begun])
        return Timed(self._beats[self._begun], self._start_seconds + before)

    def _take(self, beats: Sequence[Beat], start_seconds: float) -> None:
        self._beats = tuple(beats)
        self._start_seconds = start_seconds
        self._begun, self._due, self._is_new = 0, [], False

    def _measure(self, measured: Callable[[Part], Part], tempo: float) -> None:
        parts = [one.part for one in self._beats[self._begun :]]
        now = [measured(part) for part in parts]
        if any(one is not other for one, other in zip(now, parts, strict=True)):
            self._beats = (*self._beats[: self._begun], *at_tempo(now, tempo))

    def _cues(self, timed: Timed) -> Iterator[tuple[float, Cue]]:
        one, start = timed.beat, timed.start_seconds
        if self._is_new and self._any_phase:
            self._is_new = False
            seconds = self.end_seconds - start
            yield start, Tell(RepetitionBegan(start, *_which(self._any_phase), seconds))
        if phase := one.part.phase:
            yield start, Tell(replace(phase, seconds=start, planned_seconds=one.seconds))
        for number, breath in enumerate(one.breaths):
            seconds = one.seconds / len(one.breaths)
            yield start + number * seconds, Breathe(breath, seconds, start + number * seconds)
        for placed in one.placed:
            at, spoken = start + placed.offset_seconds, placed.spoken
            yield at, Say(spoken.text, next(self._ids), spoken.line, at)
        if self._any_phase and one is self._beats[-1]:
            end = self.end_seconds
            yield end, Tell(RepetitionDone(end, *_which(self._any_phase)))


def _which(phase: PhaseBegan) -> tuple[str, str, int, int]:
    return phase.exercise, phase.side, phase.repetition, phase.repetitions
