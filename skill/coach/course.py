"""The way of a session from state to state: what is said on entering one, and what follows."""

from dataclasses import dataclass

from skill.coach.delivery import ANSWER_DELAY_SECONDS, Delivery
from skill.coach.dials import Dials
from skill.coach.doubt import Doubt
from skill.coach.entry import Entry
from skill.coach.machine import Machine
from skill.coach.prompts import Words
from skill.coach.repetition import is_long as is_long_repetition
from skill.coach.score import Part
from skill.coach.scripts import Scripts
from skill.coach.training import Training
from skill.coach.waiting import Waiting
from skill.content.states import STATES
from skill.messages.cues import Hush

STOP_SILENCE_SECONDS = 0.8
"""After a "stopp" there is real silence first, then one quiet sentence."""

PARAGRAPH_SECONDS = 0.5
"""Between what is said in two states, where one follows from the other by itself."""

LEAD_SECONDS = 0.4
"""From the last word before a score to its first movement."""

BETWEEN_SECONDS = 0.6
"""From the end of one repetition to the next one: no breath is due."""

_BACK_FROM_PAUSE = ("resume", "next", "yes", "back")


@dataclass(frozen=True)
class _Held:
    """What a pause goes on with: lines not said to their end, the rest of a wait, or of a score."""

    unsaid: tuple[Words, ...] = ()
    wait_seconds: float | None = None
    parts: tuple[Part, ...] = ()


class Course:
    """Follows the machine, and has the lines of each state said and its repetitions played."""

    def __init__(
        self,
        training: Training,
        scripts: Scripts,
        dials: Dials,
        delivery: Delivery,
        waiting: Waiting,
        doubt: Doubt,
    ) -> None:
        self._machine = Machine(training)
        self._training = training
        self._scripts = scripts
        self._dials = dials
        self._delivery = delivery
        self._waiting = waiting
        self._doubt = doubt
        self.is_held_up = False
        """All is said, but a question back is open."""
        self._trigger = ""  # what led into this state
        self._held = _Held()
        self._parts_left: tuple[Part, ...] = ()

    def may(self, trigger: str) -> bool:
        """Tell whether this leads anywhere from here."""
        return self._machine.may(trigger)

    def obey(self, trigger: str) -> None:
        """Go where this leads, at once: whatever sounds is cut. `may` says that it leads on."""
        delay = 0.0
        cuts = self._delivery.is_sounding or trigger in ("stop", "pain")
        if cuts:
            delay = STOP_SILENCE_SECONDS if trigger == "stop" else ANSWER_DELAY_SECONDS
        self.go(trigger, delay, cuts)
        if not (self._delivery.is_speaking or self._training.row.is_over):
            self._delivery.tone("heard", delay)  # a nod, where nothing is said

    def go(self, trigger: str, delay_seconds: float = 0.0, cuts: bool = False) -> None:
        """Follow the machine into the next state, and say what is said on entering it.

        ``cuts``: it cuts what sounds. Where the machine fails, everything goes on instead.
        """
        source = self._training.row
        held = self._to_hold()
        self._machine.fire(trigger)
        if cuts:
            self._delivery.cue(Hush())
        state = self._training.row
        if state.is_pause and not (state.is_asleep or source.is_pause):
            self._held = held
        self._trigger = trigger
        is_back = source.is_pause and trigger in _BACK_FROM_PAUSE
        self._enter(self._held if is_back else _Held())
        if state.is_over:
            return
        self._dials.take_over_tempo()
        entry = Entry(state.name, source.name, trigger, held.unsaid)
        lines = self._resumed(entry) if is_back else self._scripts.enter(entry)
        if lines:
            self._delivery.begin(lines, delay_seconds)
        elif state.is_asleep and trigger == "spoken":
            self._delivery.tone("ready", delay_seconds)

    def _enter(self, held: _Held) -> None:
        """Begin anew with the state that was come to, with what is left of it behind a pause."""
        state = self._training.row
        self._delivery.stop()
        self._parts_left = held.parts
        self._waiting.enter(state, self._delivery.now, held.wait_seconds)
        self._delivery.question.enter(state)
        self._doubt.enter()
        self.is_held_up = False

    def _to_hold(self) -> _Held:
        """Return what a pause made now would go on with."""
        is_long = self._training.row.is_training and is_long_repetition(self._training.current)
        parts = self._delivery.left_to_play() if is_long else ()
        left_seconds = self._waiting.left_seconds(self._delivery.now)
        return _Held(self._delivery.unsaid, left_seconds, parts)

    def _resumed(self, entry: Entry) -> list[Words]:
        """Return the lines with which a pause ends: what was cut, or the question once more."""
        if self._training.sign:
            return self._scripts.enter(entry)  # nothing goes on, and it is said once more why
        state = STATES[entry.state]
        go_on = self._scripts.go_on()
        if state.is_training and not self._held.unsaid:
            return [go_on]
        if state.asks and not self._held.unsaid:
            return [go_on, *self._scripts.enter(entry)]
        return [go_on, *self._held.unsaid]

    def skip_ahead(self) -> bool:
        """Leave out what somebody knows of an exercise; tell whether it was being explained."""
        left = self._scripts.exercise.left_for_who_knows(self._delivery.unsaid)
        if left is None or not self._delivery.is_speaking:
            return False
        self._delivery.cue(Hush())
        if left:
            self._delivery.begin(left, ANSWER_DELAY_SECONDS)
        else:
            self._delivery.stop()
            self._delivery.tone("heard")
            self.all_said()
        return True

    def all_said(self) -> None:
        """Go on behind the last line: to the next state, into the score, or into waiting."""
        now, state = self._delivery.now, self._training.row
        self._delivery.question.all_said(now)
        self.is_held_up = self._doubt.is_open
        if self.is_held_up:
            return
        if self._machine.may("spoken"):
            self.go("spoken", PARAGRAPH_SECONDS)
        elif state.is_training:
            left, self._parts_left = self._parts_left, ()
            self._delivery.play(now + LEAD_SECONDS, self._trigger == "repeat", left)
        elif not state.is_asleep:  # there it waits for as long as it takes
            self._waiting.begin(now, self._training.wait_seconds)

    def play_on(self) -> None:
        """Hand out what begins soon; behind a repetition go on with the next, or behind the set."""
        if not self._delivery.is_played:
            self._delivery.play_on()
            return
        self._training.count_repetition()
        if self._training.remaining > 0:
            self._delivery.play_next(BETWEEN_SECONDS)
        else:
            self.go("set_over", PARAGRAPH_SECONDS)
