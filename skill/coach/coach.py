"""The coach: what was heard and how time passes, to cues. Clockless: time comes in as seconds."""

import itertools
from collections.abc import Callable, Sequence

from skill.coach.answers import Answers
from skill.coach.dial import GAINS_DB, TEMPOS, Dial
from skill.coach.machine import Machine
from skill.coach.patience import INTERLUDES, QUESTIONS, Patience
from skill.coach.player import Player
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.repetition import repetition_parts
from skill.coach.score import Spoken, at_tempo
from skill.coach.scripts import Entry, Scripts
from skill.coach.speaker import Speaker
from skill.coach.training import Training
from skill.content.schema import Content
from skill.cues import Cue, Earcon, Hush, SetVolume
from skill.heard import Heard

ANSWER_DELAY_SECONDS = 0.1
"""An answer begins this long after the line that it cuts: after the fade, still at once."""

STOP_SILENCE_SECONDS = 0.8
"""After a "stopp" there is real silence first, then one quiet sentence."""

PARAGRAPH_SECONDS = 0.5
"""Between what is said in two states, where one follows from the other by itself."""

LEAD_SECONDS = 0.4
"""From the last word before a score to its first movement."""

BETWEEN_SECONDS = 0.6
"""From the end of one repetition to the next one: no breath is due."""

PATIENT_WITH_NOISE = 4
"""After so many unknown utterances in one place they are taken for a radio, and ignored."""

_ASIDES = ("yes", "no", "number")
"""What people say to themselves while they move: they count along."""

_BACK_FROM_PAUSE = ("resume", "next", "yes", "back")
_SILENT_STATES = ("paused", "standby")


class Coach:
    """One training session.

    ``speech_seconds`` tells how long a line takes to be said; ``seed`` chooses the variants. Time
    is the sum of what `pass_time` was given: the session's clock, on which cues are placed.
    Raises ContentError where a phrase is missing or wrong.
    """

    def __init__(
        self,
        content: Content,
        speech_seconds: Callable[[str], float],
        *,
        seed: int = 0,
        patience: Patience | None = None,
    ) -> None:
        self._content = content
        self._speech_seconds = speech_seconds
        self._patience = patience or Patience()
        ids = itertools.count(1)
        self._speaker = Speaker(ids)
        self._player = Player(ids)
        self._prompts = Prompts(content.phrases, seed)
        self._training = Training(content)
        self._machine = Machine(self._training)
        self._scripts = Scripts(self._prompts, self._training)
        self._answers = Answers(self._prompts, self._training, self._scripts)
        self._now = 0.0
        self._entered_at = 0.0
        self._quiet_since = 0.0
        self._wait_until: float | None = None
        self._prompted = False
        self._trigger = ""  # what led into this state
        self._rejected = 0
        self._unsaid: tuple[Words, ...] = ()  # when the pause was made
        self._wait_left: float | None = None  # when the pause was made
        self._tempo = Dial(TEMPOS, start=1.0)
        self._gain_db = Dial(GAINS_DB, start=0.0)
        self._cues: list[Cue] = []

    @property
    def state(self) -> str:
        """The state the machine is in, children after a dot."""
        return self._machine.state

    @property
    def finished(self) -> bool:
        """True once the goodbye has been played."""
        return self.state == "finished"

    @property
    def live_commands(self) -> frozenset[str]:
        """Names of the commands that count now, as ``commands.yaml`` has it."""
        return frozenset() if self.finished else self._content.live_commands(self.state)

    def start(self) -> list[Cue]:
        """Begin the session."""
        self._go("begin")
        return self._taken_cues()

    def pass_time(self, seconds: float) -> list[Cue]:
        """Let time pass; return the cues that begin soon."""
        self._now += seconds
        if self._player.is_playing:
            self._play_on()
        elif self._is_waiting and self._wait_until is not None and self._now >= self._wait_until:
            self._end_of_patience()
        return self._taken_cues()

    def cue_done(self, cue_id: int) -> list[Cue]:
        """Go on after a spoken cue has been played to its end."""
        if self._speaker.has_said(cue_id):
            cue = self._speaker.go_on(self._now)
            if cue:
                self._cues.append(cue)
            else:
                self._all_said()
        return self._taken_cues()

    def hear(self, heard: Heard) -> list[Cue]:
        """React to a command, or to rejected speech."""
        if self.finished:
            return []
        if heard.command is None:
            self._hear_rejected(heard)
            return self._taken_cues()
        self._rejected = 0
        self._training.command = heard.command
        match heard.command.name:
            case name if name in _ASIDES and self.state == "exercise.repeat":
                pass
            case name if name not in self.live_commands:
                self._answer(self._answers.not_now())
            case "slower":
                self._change_tempo(1, Line.SLOWER, Line.SLOWEST)
            case "faster":
                self._change_tempo(-1, Line.FASTER, Line.FASTEST)
            case "louder":
                self._change_volume(1, Line.LOUDEST)
            case "quieter":
                self._change_volume(-1, Line.QUIETEST)
            case name if self._machine.may(name):
                self._obey(name)
            case _:
                self._answer(self._answers.answer(heard.command))
        return self._taken_cues()

    # --- from state to state -----------------------------------------------------------------

    def _obey(self, command: str) -> None:
        sounding = self._speaker.is_speaking or self._player.is_playing
        delay = 0.0
        if sounding or command in ("stop", "pain"):
            self._cues.append(Hush())
            delay = STOP_SILENCE_SECONDS if command == "stop" else ANSWER_DELAY_SECONDS
        self._go(command, delay)

    def _go(self, trigger: str, delay_seconds: float = 0.0) -> None:
        """Follow the machine into the next state, and say what is said on entering it."""
        source = self.state
        unsaid, wait_left = self._speaker.unsaid, self._left_to_wait()
        self._machine.fire(trigger)
        if self.state == "paused" and source not in _SILENT_STATES:
            self._unsaid, self._wait_left = unsaid, wait_left
        self._speaker.stop()
        self._player.stop()
        self._trigger = trigger
        self._entered_at = self._now
        self._wait_until = None
        self._prompted = False
        self._rejected = 0
        if self.finished:
            return
        if source in _SILENT_STATES and trigger in _BACK_FROM_PAUSE:
            lines = self._resumed(source, trigger)
        else:
            self._wait_left = self._wait_left if self.state == "paused" else None
            lines = self._scripts.enter(Entry(self.state, source, trigger))
        self._cues.append(self._speaker.begin(lines, self._now + delay_seconds))

    def _resumed(self, source: str, trigger: str) -> list[Words]:
        """Return the lines with which a pause ends: what was cut, or the question once more."""
        lines = list(self._unsaid)
        if self.state == "exercise.repeat":
            lines = []
        elif not lines and self.state in QUESTIONS:
            lines = self._scripts.enter(Entry(self.state, source, trigger))
        return [self._scripts.go_on(), *lines]

    def _all_said(self) -> None:
        """Go on behind the last line: to the next state, into the score, or into waiting."""
        self._quiet_since = self._now
        if self._machine.may("spoken"):
            self._go("spoken", PARAGRAPH_SECONDS)
        elif self.state == "exercise.repeat":
            self._begin_repetition(self._now + LEAD_SECONDS, again=self._trigger == "repeat")
        elif self.state not in INTERLUDES:
            self._wait_until = self._now + self._patience_seconds()
        elif self._wait_until is None:
            left = self._patience_seconds() if self._wait_left is None else self._wait_left
            self._wait_until = self._now + left

    # --- repetitions -------------------------------------------------------------------------

    def _play_on(self) -> None:
        if self._now < self._player.end_seconds:
            self._cues += self._player.due(self._now)
            return
        self._training.count_repetition()
        if self._training.remaining > 0:
            self._begin_repetition(max(self._now, self._player.end_seconds + BETWEEN_SECONDS))
        else:
            self._go("set_over", PARAGRAPH_SECONDS)

    def _begin_repetition(self, at_seconds: float, again: bool = False) -> None:
        tempo = self._tempo.value
        parts = repetition_parts(self._training, self._prompts, self._measured, tempo, again)
        self._player.begin(at_tempo(parts, tempo), at_seconds)
        self._cues += self._player.due(self._now)

    def _measured(self, words: Words) -> Spoken:
        return Spoken(words.text, words.line, self._speech_seconds(words.text))

    # --- answers in place --------------------------------------------------------------------

    def _answer(self, lines: Sequence[Words], ratio: float = 1.0) -> None:
        """Say this at once, then go on with what it interrupts."""
        if self._player.is_playing:
            self._cues.append(Hush())
            text = " ".join(words.text for words in lines)
            answer = self._measured(Words(text, lines[0].line))
            start = self._now + ANSWER_DELAY_SECONDS
            self._player.interrupt(answer, self._now, start, ratio, self._tempo.value)
            self._cues += self._player.due(self._now)
            return
        delay = 0.0
        if self._speaker.is_speaking:
            self._cues.append(Hush())
            delay = ANSWER_DELAY_SECONDS
        unsaid = self._speaker.unsaid
        self._cues.append(self._speaker.begin([*lines, *unsaid], self._now + delay))

    def _change_tempo(self, steps: int, changed: Line, at_limit: Line) -> None:
        before = self._tempo.value
        line = changed if self._tempo.turn(steps) else at_limit
        self._answer([self._prompts.say(line)], self._tempo.value / before)

    def _change_volume(self, steps: int, at_limit: Line) -> None:
        if self._gain_db.turn(steps):
            self._cues += [SetVolume(self._gain_db.value), Earcon("heard", self._now)]
        else:
            self._answer([self._prompts.say(at_limit)])

    # --- silence and noise -------------------------------------------------------------------

    @property
    def _is_waiting(self) -> bool:
        return not self._speaker.is_speaking and not self._player.is_playing

    def _end_of_patience(self) -> None:
        if self.state in QUESTIONS and not self._prompted:
            self._prompted = True
            self._answer(self._answers.still_there())
        else:
            self._go("time_up")

    def _hear_rejected(self, heard: Heard) -> None:
        """React to speech that is no command: only to an attempt at answering a question."""
        is_answer = self._is_waiting and heard.start_seconds >= self._quiet_since
        if self.state not in QUESTIONS or not is_answer or self._rejected >= PATIENT_WITH_NOISE:
            return
        self._rejected += 1
        if self._rejected == 2:
            self._answer(self._answers.not_understood())
        else:
            self._cues.append(Earcon("rejected", self._now))

    def _patience_seconds(self) -> float:
        rest_seconds = 0.0
        if self.state == "exercise.rest":
            rested = self._now - self._entered_at
            rest_seconds = max(0.0, self._training.current.rest_seconds - rested)
        return self._patience.seconds(self.state, self._prompted, rest_seconds)

    def _left_to_wait(self) -> float | None:
        return None if self._wait_until is None else max(0.0, self._wait_until - self._now)

    def _taken_cues(self) -> list[Cue]:
        cues, self._cues = self._cues, []
        return cues
