"""The user of a dialog test: waits for the moment of each step, then says its recording."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from rueckgrat.observers.record import SENTENCE_GAP_SECONDS, Record
from rueckgrat.replay.dialog import Dialog, When
from rueckgrat.replay.matching import begins_seconds, is_line, is_state
from rueckgrat.replay.track import Track
from skill.content.states import STATES
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, EAR_RATE_HZ, Pcm

PATIENCE_SECONDS = 120.0
"""A step is waited for so long if its dialog does not say how long.

The time of a set does not count, for that may take ten minutes. It is twice the longest passage
of the coach, from the choice of an exercise to its first movement."""


@dataclass(frozen=True)
class Utterance:
    """A recording at 16 kHz, and where in it the last sound ends."""

    pcm: Pcm
    sound_end_seconds: float


@dataclass(frozen=True)
class Performed:
    """When a step took place: its recording from ``start_seconds`` to the end of its sound.

    Both are the same moment in a step without a recording.
    """

    start_seconds: float
    end_seconds: float


class ScriptedUser:
    """Plays the steps of a dialog, one after the other.

    What a step waits for must be new: it must happen after the step before has begun. The
    recording is placed to the sample, never before the one before has ended.
    """

    def __init__(self, dialog: Dialog, utterances: Mapping[str, Utterance]) -> None:
        self._dialog = dialog
        self._utterances = utterances
        self._track = Track()
        self._free_from_seconds = 0.0
        self._waited_seconds = 0.0
        self.performed: list[Performed] = []

    def next_block(self, record: Record, now_seconds: float) -> Pcm | None:
        """Return the next 1,600 samples; None to end the session.

        That is when all is said and the time after it is over, or when a step has not come in its
        time.
        """
        while len(self.performed) < len(self._dialog.steps):
            step = self._dialog.steps[len(self.performed)]
            moment = self._moment(step.when, record)
            if moment is None and self._is_too_late(step.when, record, now_seconds):
                return None
            if moment is None or moment >= now_seconds + BLOCK_SECONDS:
                break
            self._perform(step.user, max(moment, now_seconds))
        return None if self._is_over(now_seconds) else self._track.take(EAR_BLOCK_SAMPLES)

    def _is_too_late(self, when: When, record: Record, now_seconds: float) -> bool:
        if when.within is not None:
            return now_seconds >= self._free_from_seconds + when.within
        if now_seconds >= self._free_from_seconds and not _is_training(record):
            self._waited_seconds += BLOCK_SECONDS
        return self._waited_seconds > PATIENCE_SECONDS

    def _is_over(self, now_seconds: float) -> bool:
        """A dialog that ends with the coach's goodbye is never ended by the user."""
        end = self._dialog.end
        all_said = len(self.performed) == len(self._dialog.steps)
        return all_said and not end.finished and now_seconds >= self._free_from_seconds + end.after

    def _perform(self, recording: str, start_seconds: float) -> None:
        end_seconds = start_seconds
        if recording:
            start_seconds = max(start_seconds, self._free_from_seconds)
            utterance = self._utterances[recording]
            end_seconds = start_seconds + utterance.sound_end_seconds
            self._track.put(round(start_seconds * EAR_RATE_HZ), utterance.pcm)
        self.performed.append(Performed(start_seconds, end_seconds))
        self._free_from_seconds = end_seconds
        self._waited_seconds = 0.0

    def _moment(self, when: When, record: Record) -> float | None:
        """Return when the step is due; None while what it waits for has not happened."""
        if not when.waits:
            return self._free_from_seconds + when.after
        previous = self.performed[-1].start_seconds if self.performed else -1.0
        latest = inf if when.within is None else self._free_from_seconds + when.within
        happened = [one for one in _occasions(when, record) if previous < one <= latest]
        # A line may go on with another sentence: nobody answers before it is clear that it doesn't.
        after = max(when.after, SENTENCE_GAP_SECONDS) if when.said else when.after
        return min(happened) + after if happened else None


def _occasions(when: When, record: Record) -> list[float]:
    """Return every time at which happened, or will happen, what the step waits for."""
    if when.state:
        return [event.seconds for event in record.states() if is_state(event, when.state)]
    if when.saying:
        lines = (line for line in record.lines() if is_line(line, when.saying))
        events = record.events
        begun = (begins_seconds(line, when.saying, events) for line in lines)
        return [seconds for seconds in begun if seconds is not None]
    whole = (line for line in record.lines() if not line.is_cut)
    return [line.end_seconds for line in whole if is_line(line, when.said)]


def _is_training(record: Record) -> bool:
    """Return whether repetitions are played at present."""
    entered = list(record.states())
    return bool(entered) and STATES[entered[-1].state].is_training
