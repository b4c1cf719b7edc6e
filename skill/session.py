"""The loop that joins ear, coach and voice: a block of audio in, a block of audio out.

Live and replay differ only in who calls ``process``. Sample counts are the only clock: after the
k-th block (counted from 1) it is ``k * BLOCK_SECONDS``, and the block returned sounds from then on.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from skill.buttons import MUTE, Buttons, as_heard
from skill.messages.blocks import BLOCK_SECONDS, VOICE_BLOCK_SAMPLES, Pcm, silence
from skill.messages.cues import Cue, Earcon, Remember, Say, Sound
from skill.messages.events import Event, Kind, cue_event, heard_event
from skill.messages.heard import Heard, Listening, Speaking
from skill.messages.notes import HistoryEntry
from skill.progress.naming import name_of
from skill.reminders import Reminders

_log = logging.getLogger(__name__)

_BLOCKS_BETWEEN_REMINDERS = round(1.0 / BLOCK_SECONDS)
_TRAINING = "exercise.repeat"
"""Who comes so far in a session has trained that day."""


class EarLike(Protocol):
    """Blocks to decisions."""

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take one block (1,600 samples at 16 kHz); return what was decided in it."""
        ...


class CoachLike(Protocol):
    """Decisions and time to cues."""

    @property
    def state(self) -> str:
        """The state the machine is in, children after a dot: ``exercise.repeat``."""
        ...

    @property
    def finished(self) -> bool:
        """True once the goodbye has been played."""
        ...

    @property
    def live_commands(self) -> frozenset[str]:
        """Names of the commands that count now."""
        ...

    def start(self) -> list[Cue]:
        """Begin the session."""
        ...

    def pass_time(self, seconds: float) -> list[Cue]:
        """Let time pass."""
        ...

    def cue_done(self, cue_id: int) -> list[Cue]:
        """Go on after a spoken cue has been played to its end."""
        ...

    def hear(self, heard: Heard) -> list[Cue]:
        """React to a command, or to rejected speech."""
        ...

    def invite(self) -> list[Cue]:
        """Invite to train, if nobody is being trained now."""
        ...

    def lost(self, audible: bool) -> list[Cue]:
        """Pause, because the microphone (then ``audible``) or the speaker is gone."""
        ...

    def back(self) -> list[Cue]:
        """Offer to go on after `lost`."""
        ...


class VoiceLike(Protocol):
    """Cues to blocks."""

    def perform(self, cue: Sound) -> tuple[float, float]:
        """Schedule a cue; return its start and end in session seconds."""
        ...

    def finished_cues(self) -> list[int]:
        """Return ids of spoken cues that ended since the last call, oldest first."""
        ...

    def speaking(self) -> tuple[Speaking, ...]:
        """Return the lines sounding now or just ended, for masking."""
        ...

    def next_block(self) -> Pcm:
        """Return the next 2,205 samples at 22,050 Hz and move the clock on by one block."""
        ...


class MemoryLike(Protocol):
    """Keeps what the coach wants remembered."""

    def add(self, entry: HistoryEntry) -> None:
        """Write one entry down, safe against a power cut when this returns."""
        ...


class Session:
    """One training session, moved forward one block at a time.

    ``on_event`` receives everything that happens, in order. No failure of ear, voice or memory
    ends the session: it is reported as a PROBLEM event, and the session goes on with the next
    block. What fails again and again is reported once, until it works again. Nobody has to look at
    a screen for that: a problem has its tone, but in standby, where nobody waits for anything.

    ``reminders`` are asked once a second whether to invite somebody, by the wall-clock time of
    ``clock`` (local, without a zone).
    """

    def __init__(
        self,
        ear: EarLike,
        coach: CoachLike,
        voice: VoiceLike,
        on_event: Callable[[Event], None] = lambda _: None,
        memory: MemoryLike | None = None,
        reminders: Reminders | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._ear = ear
        self._coach = coach
        self._voice = voice
        self._on_event = on_event
        self._blocks = 0
        self._reported_state = ""
        self._unspoken: list[tuple[float, int]] = []  # when each would have begun
        self._is_deaf = False
        self._memory = memory
        self._is_forgetful = False
        self._reminders = reminders
        self._clock = clock
        self._played = silence(VOICE_BLOCK_SAMPLES)
        self._tone_ends_seconds = 0.0
        self._buttons = Buttons()
        self._is_muted = False

    @property
    def now_seconds(self) -> float:
        """Seconds of audio taken in so far."""
        return self._blocks * BLOCK_SECONDS

    @property
    def state(self) -> str:
        """The coach's state."""
        return self._coach.state

    @property
    def finished(self) -> bool:
        """True once the coach has said goodbye."""
        return self._coach.finished

    @property
    def is_muted(self) -> bool:
        """True while the microphone is closed: the ear gets silence."""
        return self._is_muted

    def press(self, button: str) -> None:
        """Act, with the next block, on a button: a command's name, or ``skill.buttons.MUTE``.

        May be called from any thread. "next" wakes the coach in standby.
        """
        self._buttons.press(button)

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        """Take the block just heard (16 kHz); return the block to be played next (22,050 Hz).

        ``played`` is what became of the last one on its way to the loudspeaker (22,050 Hz), if
        it was not played as it was: silence may have been added, or sound dropped.

        What was heard is acted on last, so that a "stopp" wins over everything else that falls
        into the same block.
        """
        self._blocks += 1
        if played is not None:
            self._played = played
        if self._blocks == 1:
            self._perform(self._coach.start())
        self._perform(self._coach.pass_time(BLOCK_SECONDS))
        for cue_id in self._ended_cues():
            self._perform(self._coach.cue_done(cue_id))
        self._remind()
        for button in self._buttons.taken():
            self._obey_button(button)
        for heard in self._listen(silence(len(block)) if self._is_muted else block):
            self._hear(heard)
        self._played = self._voice.next_block()
        return self._played

    def lost(self, audible: bool) -> bool:
        """Take note that the microphone is gone, or the speaker (then nothing is ``audible``).

        The coach pauses. Returns whether it has something to say about it, with the next blocks;
        apart from these `process` is not called until both are `back`, so no time passes.
        """
        if not self._blocks:
            return False  # it has yet to begin
        cues = self._coach.lost(audible)
        self._perform(cues)
        return any(isinstance(cue, Say) for cue in cues)

    def back(self) -> None:
        """Take note that microphone and speaker are there again: the coach offers to go on."""
        if self._blocks:
            self._perform(self._coach.back())

    def _hear(self, heard: Heard) -> None:
        self._report(heard_event(heard))
        self._perform(self._coach.hear(heard))

    def _obey_button(self, button: str) -> None:
        if button != MUTE:
            self._hear(as_heard(button, self._coach.state, self.now_seconds))
            return
        self._is_muted = not self._is_muted
        self._report(Event(self.now_seconds, Kind.MUTE, detail="on" if self._is_muted else "off"))
        self._play_tone("muted" if self._is_muted else "unmuted")

    def _remind(self) -> None:
        if self._reminders is None or self._blocks % _BLOCKS_BETWEEN_REMINDERS:
            return
        if self._reminders.take_due(self._clock()):
            self._perform(self._coach.invite())

    def _listen(self, block: Pcm) -> list[Heard]:
        listening = Listening(self._coach.live_commands, self._voice.speaking(), self._played)
        try:
            heard = self._ear.process(block, listening)
        except Exception as error:
            if not self._is_deaf:
                self._report_problem("Gerade kann ich dich nicht hören", error)
            self._is_deaf = True
            return []
        self._is_deaf = False
        return heard

    def _ended_cues(self) -> list[int]:
        """Return the cues that the coach waits for no longer: played, or impossible to play."""
        now, unspoken = self.now_seconds, self._unspoken
        self._unspoken = [one for one in unspoken if one[0] > now]
        return self._voice.finished_cues() + [cue_id for at, cue_id in unspoken if at <= now]

    def _perform(self, cues: Iterable[Cue]) -> None:
        for cue in cues:
            if isinstance(cue, Remember):
                self._remember(cue.entry)
                continue
            try:
                start_seconds, end_seconds = self._voice.perform(cue)
            except Exception as error:
                # In its place, and no sooner: behind a "stopp" it has to be silent.
                at_seconds = getattr(cue, "at_seconds", None) or self.now_seconds
                self._report_problem(_unplayed(cue), error, at_seconds)
                if isinstance(cue, Say):
                    self._unspoken.append((at_seconds, cue.cue_id))
            else:
                self._report(cue_event(cue, start_seconds, end_seconds))
        self._report_state()

    def _remember(self, entry: HistoryEntry) -> None:
        self._report(
            Event(self.now_seconds, Kind.REMEMBERED, entry.person, detail=name_of(entry.note))
        )
        if self._memory is None:
            return
        try:
            self._memory.add(entry)
        except Exception as error:
            if not self._is_forgetful:
                self._report_problem("Das konnte ich mir nicht merken", error)
            self._is_forgetful = True
        else:
            self._is_forgetful = False

    def _report_state(self) -> None:
        if self._coach.state != self._reported_state:
            self._reported_state = self._coach.state
            self._report(Event(self.now_seconds, Kind.STATE, detail=self._reported_state))
            if self._reminders and self._reported_state == _TRAINING:
                self._reminders.trained(self._clock())

    def _report_problem(
        self, what: str, error: Exception, tone_at_seconds: float | None = None
    ) -> None:
        _log.info("%s: %s", what, error, exc_info=_log.isEnabledFor(logging.DEBUG))
        self._report(
            Event(self.now_seconds, Kind.PROBLEM, text=f"{what} ({str(error).rstrip('.')}).")
        )
        if self._coach.state != "standby" and self.now_seconds >= self._tone_ends_seconds:
            self._play_tone("problem", tone_at_seconds)

    def _play_tone(self, name: str, at_seconds: float | None = None) -> None:
        """Play a sign tone of the session's own, at once unless a time is given."""
        cue = Earcon(name, at_seconds or self.now_seconds)
        try:
            start_seconds, self._tone_ends_seconds = self._voice.perform(cue)
        except Exception as error:
            _log.info("No tone for a problem: %s", error)
        else:
            self._report(cue_event(cue, start_seconds, self._tone_ends_seconds))

    def _report(self, event: Event) -> None:
        self._on_event(event)


def _unplayed(cue: Sound) -> str:
    if isinstance(cue, Say):
        return f"Das konnte ich nicht sagen: „{cue.text}“"
    return f"Das konnte ich nicht spielen: {type(cue).__name__}"
