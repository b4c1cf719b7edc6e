"""The loop that joins ear, coach and voice: a block of audio in, a block of audio out.

Live and replay differ only in who calls ``process``. Sample counts are the only clock: after the
k-th block (counted from 1) it is ``k * BLOCK_SECONDS``, and the block returned sounds from then on.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from skill.audio.recovery import MicrophoneWatch
from skill.buttons import ANNOUNCE, MUTE, Buttons, as_heard
from skill.content.states import STATES
from skill.errors import reason
from skill.messages.blocks import (
    BLOCK_SECONDS,
    ROUNDING_SECONDS,
    VOICE_BLOCK_SAMPLES,
    Exchange,
    Pcm,
    silence,
)
from skill.messages.cues import Cue, Earcon, Hush, Remember, Say, SetManner, Sound, Tell
from skill.messages.events import (
    Event,
    ExerciseBegan,
    MuteSet,
    PersonChanged,
    Problem,
    Remembered,
    RepetitionBegan,
    Snapshot,
    StateEntered,
)
from skill.messages.heard import Command, Heard, Listening
from skill.messages.notes import HistoryEntry
from skill.messages.reports import cue_event, heard_event
from skill.observers import Observer, Observers
from skill.observers.whereabouts import after
from skill.parts import CoachLike, EarLike, MemoryLike, VoiceLike
from skill.reminders import Reminders

_log = logging.getLogger(__name__)

SILENT_MICROPHONE = "Vom Mikrofon kommt gar nichts, nicht einmal Rauschen. Ist es eingeschaltet?"

_NEW_LINES = (StateEntered, PersonChanged, ExerciseBegan, RepetitionBegan)
"""Behind these, other lines may be said next than before."""

_BLOCKS_BETWEEN_REMINDERS = round(1.0 / BLOCK_SECONDS)


class Session:
    """One training session, moved forward one block at a time.

    ``observers`` are told of everything that happens, in order. No failure of ear, voice, memory
    or of an observer ends the session: it is told as a `Problem`, and the session goes on with the
    next block. What fails again and again is told once, until it works again. Nobody has to look
    at a screen for that: a problem has its tone, but in standby, where nobody waits for anything,
    and where it is an observer's.

    ``reminders`` are asked once a second whether to invite somebody, by the wall-clock time of
    ``clock`` (local, without a zone). A ``microphone_watch`` is for live sessions: where it finds
    nothing but silence, that is told as a `Problem`, and said as soon as somebody may hear it.
    """

    def __init__(
        self,
        ear: EarLike,
        coach: CoachLike,
        voice: VoiceLike,
        observers: Observers | None = None,
        memory: MemoryLike | None = None,
        reminders: Reminders | None = None,
        clock: Callable[[], datetime] = datetime.now,
        microphone_watch: MicrophoneWatch | None = None,
    ) -> None:
        self._ear = ear
        self._coach = coach
        self._voice = voice
        self._observers = observers or Observers()
        self._snapshot = Snapshot()
        self._to_come: list[Event] = []  # what is told when its time has come
        self._blocks = 0
        self._told_state = ""
        self._unspoken: list[tuple[float, int]] = []  # when each would have begun
        self._is_deaf = False
        self._memory = memory
        self._is_forgetful = False
        self._reminders = reminders
        self._clock = clock
        self._microphone_watch = microphone_watch
        self._silence_told = False
        self._played = silence(VOICE_BLOCK_SAMPLES)
        self._tone_ends_seconds = 0.0
        self._buttons = Buttons()
        self._has_new_lines = False

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
        return self._snapshot.is_muted

    def snapshot(self) -> Snapshot:
        """Return where the session is, for whoever comes late. May be called from any thread."""
        return replace(self._snapshot, seconds=self.now_seconds, finished=self.finished)

    def follow(self, observer: Observer) -> None:
        """Let one more observer follow from now on. May be called from any thread."""
        self._observers.append(observer)

    def command(self, command: Command) -> None:
        """Act, with the next block, on a command as if it had been said and clearly understood.

        May be called from any thread: buttons, a web page, a home automation steer with it. "next"
        wakes the coach in standby; ``Command("mute")`` closes the microphone, or opens it again;
        ``Command("announce", "Das Essen ist fertig.")`` is said, but not in a movement.
        """
        self._buttons.press(command)

    def press(self, button: str) -> None:
        """Do the same for a command in writing: ``next``, ``exercise(bruecke)``."""
        self.command(Command.parsed(button))

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
        self._tell_what_is_due()
        if self._blocks == 1:
            self._perform(self._coach.start())
        self._perform(self._coach.pass_time(BLOCK_SECONDS))
        for cue_id in self._ended_cues():
            self._perform(self._coach.cue_done(cue_id))
        self._remind()
        for command in self._buttons.taken():
            self._obey(command)
        self._watch_microphone(block)
        block = silence(len(block)) if self.is_muted else block
        for heard in self._listen(block):
            self._hear(heard)
        if self._has_new_lines:
            self._has_new_lines = False
            self._voice.expect(self._coach.upcoming)
        self._played = self._voice.next_block()
        self._observers.after_block(Exchange(self.now_seconds, block, self._played))
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
        self._tell(heard_event(heard))
        if not heard.is_dropped:
            self._perform(self._coach.hear(heard))

    def _obey(self, command: Command) -> None:
        if command.name == MUTE:
            self._tell(MuteSet(self.now_seconds, not self.is_muted))
            self._play_tone("muted" if self.is_muted else "unmuted")
            return
        if command.name == ANNOUNCE:
            if not STATES[self._coach.state].is_training:
                nobody_waits = 0  # the coach's own lines count from 1
                self._perform([Say(command.slot, nobody_waits, ANNOUNCE)])
            return
        try:
            self._hear(as_heard(command, self._coach.state, self.now_seconds))
        except Exception as error:  # it may come from anywhere, and name what there is not
            self._report_problem(f"Damit kann ich nichts anfangen: {command}", error)

    def _remind(self) -> None:
        if self._reminders is None or self._blocks % _BLOCKS_BETWEEN_REMINDERS:
            return
        if self._reminders.take_due(self._clock()):
            self._perform(self._coach.invite())

    def _watch_microphone(self, block: Pcm) -> None:
        """Mention, once, that nothing comes from the microphone."""
        watch = self._microphone_watch
        if watch is None or self.is_muted or not watch.process(block):
            return
        if not self._silence_told:
            self._silence_told = True
            self._tell(Problem(self.now_seconds, SILENT_MICROPHONE))
        cues = self._coach.mention_silent_microphone()
        self._perform(cues)
        if cues:
            self._microphone_watch = None

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
            if isinstance(cue, SetManner):
                self._take_manner(cue)
                continue
            if isinstance(cue, Tell):
                self._to_come.append(cue.event)
                continue
            if isinstance(cue, Hush):
                self._to_come.clear()
            try:
                start_seconds, end_seconds = self._voice.perform(cue)
            except Exception as error:
                # In its place, and no sooner: behind a "stopp" it has to be silent.
                at_seconds = getattr(cue, "at_seconds", None) or self.now_seconds
                self._report_problem(_unplayed(cue), error, at_seconds)
                if isinstance(cue, Say):
                    self._unspoken.append((at_seconds, cue.cue_id))
            else:
                self._tell(cue_event(cue, start_seconds, end_seconds))
        self._tell_state()
        self._tell_what_is_due()

    def _take_manner(self, manner: SetManner) -> None:
        try:
            self._voice.perform(manner)
        except Exception as error:
            what = "Mit der gewünschten Stimme kann ich nicht sprechen und nehme die gewohnte"
            self._report_problem(what, error)

    def _remember(self, entry: HistoryEntry) -> None:
        self._tell(Remembered(self.now_seconds, entry.person, entry.note))
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

    def _tell_state(self) -> None:
        if self._coach.state != self._told_state:
            self._told_state = self._coach.state
            self._tell(StateEntered(self.now_seconds, self._told_state))
            state = STATES.get(self._told_state)
            if state is None:  # one of an interview's own
                return
            if (state.is_asleep or state.is_over) and (sentence := self._voice.shortfall()):
                self._tell(Problem(self.now_seconds, sentence))
            if self._reminders and state.is_training:
                self._reminders.trained(self._clock())  # who comes so far has trained that day

    def _report_problem(
        self, what: str, error: Exception, tone_at_seconds: float | None = None
    ) -> None:
        _log.info("%s: %s", what, error, exc_info=_log.isEnabledFor(logging.DEBUG))
        self._tell(Problem(self.now_seconds, f"{what} ({reason(error).rstrip('.')})."))
        if not STATES[self._coach.state].is_asleep and self.now_seconds >= self._tone_ends_seconds:
            self._play_tone("problem", tone_at_seconds)

    def _play_tone(self, name: str, at_seconds: float | None = None) -> None:
        """Play a sign tone of the session's own, at once unless a time is given."""
        cue = Earcon(name, at_seconds or self.now_seconds)
        try:
            start_seconds, self._tone_ends_seconds = self._voice.perform(cue)
        except Exception as error:
            _log.info("No tone for a problem: %s", error)
        else:
            self._tell(cue_event(cue, start_seconds, self._tone_ends_seconds))

    def _tell_what_is_due(self) -> None:
        """Tell what has yet to be told, up to now."""
        until = self.now_seconds + ROUNDING_SECONDS
        due = [event for event in self._to_come if event.seconds <= until]
        self._to_come = [event for event in self._to_come if event.seconds > until]
        for event in due:
            self._tell(event)

    def _tell(self, event: Event) -> None:
        self._snapshot = after(self._snapshot, event)
        self._has_new_lines |= isinstance(event, _NEW_LINES)
        self._observers.tell(event)


def _unplayed(cue: Sound) -> str:
    if isinstance(cue, Say):
        return f"Das konnte ich nicht sagen: „{cue.text}“"
    return f"Das konnte ich nicht spielen: {type(cue).__name__}"
