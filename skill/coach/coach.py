"""The coach: what was heard and how time passes, to cues. Clockless: time comes in as seconds.

The local time of day, which progress and pauses depend on, comes in as a function.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from skill.coach.answers import Answers
from skill.coach.dial import GAINS_DB, TEMPOS, Dial
from skill.coach.doubt import Doubt
from skill.coach.entry import Entry
from skill.coach.machine import Machine
from skill.coach.patience import QUESTIONS, Patience
from skill.coach.player import Player
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.question import Question
from skill.coach.repetition import is_long as is_long_repetition
from skill.coach.repetition import repetition_parts
from skill.coach.score import Part, Spoken, at_tempo
from skill.coach.scripts import Scripts
from skill.coach.speaker import Speaker
from skill.coach.trainee import LONG_AGO, Trainee
from skill.coach.training import Training
from skill.coach.waiting import Reaction, Waiting
from skill.content.schema import Content
from skill.messages.cues import Cue, Earcon, Hush, Remember, Say, SetVolume
from skill.messages.heard import Command, Decision, Heard
from skill.messages.notes import TempoChosen
from skill.progress.profile import Profile

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

_ASIDES = ("yes", "no", "number")
"""What people say to themselves while they move: they count along."""

_PEOPLE = frozenset({"person", "guest"})
"""What exists only where the settings name people."""

_YES_OR_NO = frozenset({"yes", "no"})

_AFTER_A_SIGN = frozenset({"yes", "no", "next", "resume"})
"""What somebody may say to go on who must not: it counts, to be answered with what to do."""

_GUEST_IS_ASKED = ("menu", "paused", "summary")
"""States in which somebody is training already: who says "Gast" there is asked first."""

_DIALS = ("louder", "quieter")
_BACK_FROM_PAUSE = ("resume", "next", "yes", "back")
_SILENT_STATES = ("paused", "standby")
_ASKED_AGAIN = (*QUESTIONS, "exercise.feedback")
"""States whose question is asked once more when a pause in them is over."""


@dataclass(frozen=True)
class _Held:
    """What a pause goes on with: lines not said to their end, the rest of a wait, or of a score."""

    unsaid: tuple[Words, ...] = ()
    wait_seconds: float | None = None
    parts: tuple[Part, ...] = ()


class Coach:
    """One training session; or, where it ``stays``, one after the other, with standby between.

    ``speech_seconds`` tells how long a line takes to be said; ``seed`` chooses the variants. Time
    is the sum of what `pass_time` was given: the session's clock, on which cues are placed.
    ``people`` are those who may train, by name; ``profiles`` returns what is known of a name in
    lower case ("" where nobody is named), ``clock`` the local time. The ``first_time`` of all it
    introduces itself, and finds out with the person whether they hear each other.
    Raises ContentError where a phrase is missing or wrong.
    """

    def __init__(
        self,
        content: Content,
        speech_seconds: Callable[[str], float],
        *,
        seed: int = 0,
        patience: Patience | None = None,
        people: Sequence[str] = (),
        profiles: Callable[[str], Profile] = lambda _: Profile(),
        clock: Callable[[], datetime] = lambda: LONG_AGO,
        stays: bool = False,
        first_time: bool = False,
    ) -> None:
        self._content = content
        self._speech_seconds = speech_seconds
        ids = itertools.count(1)
        self._speaker = Speaker(ids)
        self._player = Player(ids)
        self._prompts = Prompts(content.phrases, seed)
        self._trainee = Trainee(content, people, profiles, clock)
        self._training = Training(content, self._trainee, stays, first_time)
        self._machine = Machine(self._training)
        self._scripts = Scripts(content, self._prompts, self._training)
        self._answers = Answers(content, self._prompts, self._training, self._scripts)
        self._patience = patience or Patience()
        self._waiting = Waiting(self._patience)
        self._question = Question()
        self._doubt = Doubt()
        self._is_held_up = False  # all is said, but a question back is open
        self._now = 0.0
        self._trigger = ""  # what led into this state
        self._held = _Held()
        self._parts_left: tuple[Part, ...] = ()
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
        """Names of the commands that count now: those of the state, and of the moment."""
        if self.finished:
            return frozenset()
        live = self._content.live_commands(self.state)
        if not self._trainee.people:
            live -= _PEOPLE
        if self._doubt.is_open:
            live |= _YES_OR_NO
        return live | _AFTER_A_SIGN if self.state == "pain.sign" else live

    def start(self) -> list[Cue]:
        """Begin the session; one that stays waits in standby, unless nobody has met it yet."""
        if self._training.stays() and not self._training.is_first_time():
            self._waiting.enter(self.state, self._now)
            self._cues.append(Earcon("ready", self._now))
        else:
            self._go("begin")
        return self._taken_cues()

    def invite(self) -> list[Cue]:
        """Invite to a training, out of standby; anywhere else nothing happens."""
        if self._machine.may("invite"):
            self._obey("invite")
        return self._taken_cues()

    def lost(self, audible: bool) -> list[Cue]:
        """Pause a training, because the microphone (then ``audible``) or the speaker is gone."""
        return self._happen("deaf" if audible else "unheard")

    def back(self) -> list[Cue]:
        """Offer to go on after `lost`, because microphone and speaker are there again."""
        return self._happen("restored")

    def pass_time(self, seconds: float) -> list[Cue]:
        """Let time pass; return the cues that begin soon."""
        self._now += seconds
        self._doubt.pass_time(self._now)
        if self._player.is_playing:
            self._play_on()
        elif self._speaker.is_speaking or self._doubt.is_open:
            pass
        elif self._is_held_up:
            self._all_said()
        elif self._waiting.is_over(self._now):
            self._lose_patience()
        return self._taken_cues()

    def cue_done(self, cue_id: int) -> list[Cue]:
        """Go on after a spoken cue has been played to its end."""
        if self._speaker.has_said(cue_id):
            cue = self._speaker.go_on(self._now)
            if cue:
                self._say(cue)
            else:
                self._all_said()
        return self._taken_cues()

    def hear(self, heard: Heard) -> list[Cue]:
        """React to a command, or to rejected speech."""
        command = heard.command
        is_aside = self.state == "exercise.repeat" and command and command.name in _ASIDES
        if self.finished:
            pass
        elif command is None:
            self._hear_unclear(heard)
        elif self._doubt.is_answered_by(heard):
            self._settle(command)
        elif not is_aside and not self._question.is_outrun_by(heard):
            counts = command.name in self.live_commands or _is_dial(heard)
            self._doubt.close()
            self._act_on(command, counts)
        return self._taken_cues()

    def _act_on(self, command: Command, counts: bool = True, is_sure: bool = False) -> None:
        """Do what the person wants, or say why not; ``is_sure`` who was asked back already."""
        self._waiting.understand()
        self._training.command = command
        match command.name:
            case _ if not counts and self.state == "standby":
                pass  # talk in the room is none of its business until it is woken
            case _ if not counts:
                self._answer(self._answers.not_now())
            case "slower":
                self._change_tempo(1, Line.SLOWER, Line.SLOWEST)
            case "faster":
                self._change_tempo(-1, Line.FASTER, Line.FASTEST)
            case "louder":
                self._change_volume(1, Line.LOUDEST)
            case "quieter":
                self._change_volume(-1, Line.QUIETEST)
            case "guest" if not is_sure and self.state.startswith(_GUEST_IS_ASKED):
                self._ask_back(command)
            case name if self._machine.may(name):
                self._obey(name)
            case "question" | "more":
                self._waiting.linger()
                answer = self._answers.answer(command)
                self._answer(answer, unsaid=self._speaker.unsaid_but_asides)
            case _:
                self._answer(self._answers.answer(command))

    # --- from state to state -----------------------------------------------------------------

    def _happen(self, trigger: str) -> list[Cue]:
        if self._machine.may(trigger):
            self._obey(trigger)
        return self._taken_cues()

    def _obey(self, command: str) -> None:
        sounding = self._speaker.is_speaking or self._player.is_playing
        delay = 0.0
        if sounding or command in ("stop", "pain"):
            self._cues.append(Hush())
            delay = STOP_SILENCE_SECONDS if command == "stop" else ANSWER_DELAY_SECONDS
        self._go(command, delay)
        if not (self._speaker.is_speaking or self.finished):
            self._cues.append(Earcon("heard", self._now + delay))  # a nod, where nothing is said

    def _go(self, trigger: str, delay_seconds: float = 0.0) -> None:
        """Follow the machine into the next state, and say what is said on entering it."""
        source = self.state
        held = self._to_hold()
        self._machine.fire(trigger)
        if self.state == "paused" and source not in _SILENT_STATES:
            self._held = held
        self._trigger = trigger
        self._speaker.stop()
        self._player.stop()
        is_back = source in _SILENT_STATES and trigger in _BACK_FROM_PAUSE
        self._parts_left = self._held.parts if is_back else ()
        self._waiting.enter(self.state, self._now, self._held.wait_seconds if is_back else None)
        self._question.enter(self.state)
        self._doubt.enter()
        self._is_held_up = False
        if self.finished:
            return
        self._take_over_tempo()
        entry = Entry(self.state, source, trigger)
        lines = self._resumed(entry) if is_back else self._scripts.enter(entry)
        if lines:
            self._say(self._speaker.begin(lines, self._now + delay_seconds))
        elif self.state == "standby" and trigger == "spoken":
            self._cues.append(Earcon("ready", self._now + delay_seconds))

    def _to_hold(self) -> _Held:
        """Return what a pause made now would go on with."""
        is_long = self.state == "exercise.repeat" and is_long_repetition(self._training.current)
        parts = self._player.rest(self._now) if is_long else ()
        return _Held(self._speaker.unsaid, self._waiting.left_seconds(self._now), parts)

    def _take_over_tempo(self) -> None:
        """Move at the pace of whoever trains now."""
        self._tempo.set(self._trainee.profile.tempo)

    def _resumed(self, entry: Entry) -> list[Words]:
        """Return the lines with which a pause ends: what was cut, or the question once more."""
        if self._training.sign:
            return self._scripts.enter(entry)  # nothing goes on, and it is said once more why
        go_on = self._scripts.go_on()
        if entry.state == "exercise.repeat":
            return [go_on]
        if entry.state in _ASKED_AGAIN and not self._held.unsaid:
            return [go_on, *self._scripts.enter(entry)]
        return [go_on, *self._held.unsaid]

    def _all_said(self) -> None:
        """Go on behind the last line: to the next state, into the score, or into waiting."""
        self._question.all_said(self._now)
        self._is_held_up = self._doubt.is_open
        if self._is_held_up:
            return
        if self._machine.may("spoken"):
            self._go("spoken", PARAGRAPH_SECONDS)
        elif self.state == "exercise.repeat":
            self._begin_repetition(self._now + LEAD_SECONDS, again=self._trigger == "repeat")
        elif self.state != "standby":  # there it waits for as long as it takes
            self._waiting.begin(self._now, self._own_seconds())

    def _own_seconds(self) -> float:
        """Return how long the exercise wants this state to last."""
        match self.state:
            case "exercise.rest":
                return self._training.current.rest_seconds
            case "exercise.change":
                return self._training.current.change_seconds
            case _:
                return 0.0

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
        parts = self._parts_left or repetition_parts(
            self._training, self._prompts, self._measured, tempo, again
        )
        self._parts_left = ()
        self._player.begin(at_tempo(parts, tempo), at_seconds)
        self._cues += self._player.due(self._now)

    def _measured(self, words: Words) -> Spoken:
        return Spoken(words.text, words.line, self._speech_seconds(words.text))

    # --- answers in place --------------------------------------------------------------------

    def _answer(
        self,
        lines: Sequence[Words],
        ratio: float = 1.0,
        unsaid: Sequence[Words] | None = None,
    ) -> float:
        """Say this at once, then go on with what it interrupts (if need be, ``unsaid`` of it).

        Returns when it begins.
        """
        if self._player.is_playing:
            self._cues.append(Hush())
            text = " ".join(words.text for words in lines)
            answer = self._measured(Words(text, lines[0].line))
            start = self._now + ANSWER_DELAY_SECONDS
            self._player.interrupt(answer, self._now, start, ratio, self._tempo.value)
            self._cues += self._player.due(self._now)
            return start
        delay = 0.0
        if self._speaker.is_speaking:
            self._cues.append(Hush())
            delay = ANSWER_DELAY_SECONDS
        rest = self._speaker.unsaid if unsaid is None else unsaid
        start = self._now + delay
        self._say(self._speaker.begin([*lines, *rest], start, asides=len(lines)))
        return start

    def _say(self, cue: Say) -> None:
        self._question.take_note(cue, self._now)
        self._cues.append(cue)

    def _change_tempo(self, steps: int, changed: Line, at_limit: Line) -> None:
        before = self._tempo.value
        line = changed if self._tempo.turn(steps) else at_limit
        self._trainee.note(TempoChosen(self._tempo.value))
        self._answer([self._prompts.say(line)], self._tempo.value / before)

    def _change_volume(self, steps: int, at_limit: Line) -> None:
        if not self._gain_db.turn(steps):
            self._answer([self._prompts.say(at_limit)])
            return
        self._cues.append(SetVolume(self._gain_db.value))
        if self.state == "hello.volume":
            self._answer([self._prompts.say(Line.HELLO_VOLUME_AGAIN)])
        else:
            self._cues.append(Earcon("heard", self._now))

    # --- asking back -------------------------------------------------------------------------

    def _may_ask_back(self, command: Command) -> bool:
        """Tell whether a guess is worth a question: only what counts here, and no alarm."""
        counts = command.name in self.live_commands - self._content.safety_commands
        return counts and self.state != "standby" and self._doubt.may_ask(command)

    def _ask_back(self, command: Command) -> bool:
        """Ask whether this was meant, in place of what was being said; tell whether it can be."""
        asked = self._answers.asked_back(command)
        if asked is None:
            return False
        begins = self._answer([asked], unsaid=())
        ends = begins + self._speech_seconds(asked.text)
        self._doubt.ask(command, begins, ends + self._patience.asked_back_seconds)
        return True

    def _settle(self, answer: Command) -> None:
        """Take the answer to a question back."""
        meant = self._doubt.close()
        if meant and answer.name != "no":
            self._act_on(meant, is_sure=True)
        else:
            self._cues.append(Earcon("heard", self._now))

    # --- silence and noise -------------------------------------------------------------------

    def _lose_patience(self) -> None:
        if self._waiting.may_prompt():
            self._answer(self._answers.still_there())
        else:
            self._go("time_up")

    def _hear_unclear(self, heard: Heard) -> None:
        if self._speaker.is_speaking:
            return
        guess = heard.maybe
        if guess and self._may_ask_back(guess) and self._ask_back(guess):
            return
        match self._waiting.reject(heard.start_seconds):
            case Reaction.SIGN:
                self._cues.append(Earcon("rejected", self._now))
            case Reaction.SENTENCE:
                self._answer(self._answers.not_understood())
            case Reaction.NOTHING:
                pass

    def _taken_cues(self) -> list[Cue]:
        cues, self._cues = self._cues, []
        return [*cues, *map(Remember, self._trainee.taken_entries())]


def _is_dial(heard: Heard) -> bool:
    """Tell whether this is a button for the volume: nobody presses it by chance."""
    is_pressed = heard.decision is Decision.BUTTON
    return is_pressed and heard.command is not None and heard.command.name in _DIALS
