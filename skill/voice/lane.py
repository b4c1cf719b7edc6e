"""Who speaks when: one line at a time, and what has become of each."""

from dataclasses import dataclass, replace

from skill.messages.blocks import VOICE_RATE_HZ
from skill.messages.cues import Say
from skill.messages.heard import Speaking

PAUSE_SAMPLES = VOICE_RATE_HZ * 250 // 1000
"""Pause before a line that had to wait for another one: the breath between two sentences."""

ECHO_SAMPLES = VOICE_RATE_HZ // 2
"""A line counts as just spoken for this long: room echo and the recogniser's lag."""


@dataclass(frozen=True)
class _Turn:
    """One stretch of the lane: a line, or a sign tone that lines wait for (no cue)."""

    start: int
    end: int
    samples: int
    cue: Say | None
    reported: bool = False

    @property
    def cut(self) -> bool:
        return self.end < self.start + self.samples

    @property
    def free(self) -> int:
        """Where the next line may begin: nobody needs a pause after a line that was cut."""
        return self.end if self.cut else self.end + PAUSE_SAMPLES


class SpeechLane:
    """Finds each line its place and remembers it until its echo has died away.

    All positions are samples on the session's clock; ``now`` is the first that can still be
    changed.
    """

    def __init__(self) -> None:
        self._turns: list[_Turn] = []

    def place(self, samples: int, at: int | None, now: int) -> int:
        """Return where a line of ``samples`` may begin.

        Without ``at``: after everything that is queued. With ``at``: there, unless the lane is
        taken at any moment of the line; then in the first gap after it that is long enough.
        What has to wait begins 250 ms after the line it waited for, and nothing in the past.
        """
        if at is None:
            return max([now, *(turn.free for turn in self._turns)])
        start = max(at, now)
        for turn in sorted(self._turns, key=lambda turn: turn.start):
            if start < turn.end and turn.start < start + samples:
                start = turn.free
        return start

    def take(self, start: int, samples: int, cue: Say | None) -> None:
        """Enter a line (or a sign tone) that was given this place."""
        self._turns.append(_Turn(start, start + samples, samples, cue))

    def cut(self, now: int, fade_samples: int) -> None:
        """End what sounds within the fade and drop what hasn't begun."""
        self._turns = [
            replace(turn, end=min(turn.end, max(now + fade_samples, turn.start)))
            if turn.end > now
            else turn
            for turn in self._turns
            if turn.start < now
        ]

    def finished(self, now: int) -> list[int]:
        """Return the cue ids of lines played to their end, once each, oldest first."""
        done = [turn for turn in self._turns if turn.end <= now and not turn.reported]
        self._turns = [
            replace(turn, reported=turn.reported or turn.end <= now)
            for turn in self._turns
            if turn.end + ECHO_SAMPLES > now
        ]
        done.sort(key=lambda turn: turn.end)
        return [turn.cue.cue_id for turn in done if turn.cue and not turn.cut]

    def speaking(self, now: int) -> tuple[Speaking, ...]:
        """Return the lines of which something was heard before ``now`` and up to 0.5 s ago.

        The position of a line that was cut stays where it was cut.
        """
        return tuple(
            Speaking(
                turn.cue.text,
                ((min(now, turn.end) if turn.cut else now) - turn.start) / VOICE_RATE_HZ,
                turn.samples / VOICE_RATE_HZ,
            )
            for turn in self._turns
            if turn.cue and turn.start < now <= turn.end + ECHO_SAMPLES
        )
