"""Simulates hours of a household with its trainer, block by block, as fast as the machine can."""

import gc
import random
import time
import traceback
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from rueckgrat.history import History, open_history
from rueckgrat.replay.dialog import Echo
from rueckgrat.replay.room import Room
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    VOICE_BLOCK_SAMPLES,
    Pcm,
    silence,
)
from skill.messages.events import CommandHeard, Event
from skill.messages.notes import kind_name
from skill.observers import Observers, Told
from skill.paths import user_dir
from skill.session import Session
from skill.settings import Settings
from skill.settings.household import Household
from skill.trainer import Trainer, open_session
from workbench.soak import day
from workbench.soak.behaviour import understandable
from workbench.soak.day import HOUR_SECONDS, PEOPLE, Happening, Kind
from workbench.soak.faults import BreakableHistory, Ledger, Switch, breakable_voice, tell_of_devices
from workbench.soak.figures import Figures, Trouble, moment
from workbench.soak.person import SimulatedPerson
from workbench.soak.resources import Stopwatch, look
from workbench.soak.sounds import Sounds
from workbench.soak.speaking import Speaking
from workbench.soak.watch import Watch

BLOCKS_PER_HOUR = round(HOUR_SECONDS / BLOCK_SECONDS)
_BLOCKS_BETWEEN_LOOKS = BLOCKS_PER_HOUR // 60
_REMEMBERED_EVENTS = 30
_ANSWERS_INVITATION_SECONDS = 600.0
_LAST_WORDS_BLOCKS = 100

_WRITERS = ("", *(name.lower() for name in PEOPLE))
HOUSEHOLD = Household(people=PEOPLE, invitations=day.INVITATIONS, stays=True)


class Simulation:
    """One simulated household with its trainer; ``folder`` keeps its history.

    ``figures`` are new, or of a simulation that is continued after a full hour. ``echo_db`` is how
    much of the coach's voice comes back to the microphone; None: nothing, as with headphones.

    Everything that happens follows from ``figures.seed``. Errors of the trainer are noted in
    ``figures`` as troubles, and the simulation goes on with a new session.
    """

    def __init__(self, figures: Figures, folder: Path, echo_db: float | None = None) -> None:
        self.figures = figures
        self._folder = folder
        self._settings = Settings()
        trainer = Trainer(self._settings, household=HOUSEHOLD)  # a session loads its own
        self._content = trainer.content
        self._sounds = Sounds(self._content)
        self._vocabulary = understandable(self._content.vocabulary, trainer.model.knows)
        del trainer
        self._voice, self._disk = Switch(), Switch()
        self._make_voice = breakable_voice(self._voice, user_dir("cache") / "voice")
        self._ledger = Ledger(figures.ledger)
        self._block = round(figures.hours_done * BLOCKS_PER_HOUR)
        self._begins = day.beginning(figures.seed)
        self._room = Room(None, None if echo_db is None else Echo(level=echo_db))
        self._speaking = Speaking(self._sounds, figures.counts, self._trouble)
        self._chance = random.Random(f"{figures.seed} {self._block} start")
        self._plan: deque[Happening] = deque()
        self._ends: dict[Kind, float] = {}
        self._answering = ""
        self._visitor: SimulatedPerson | None = None
        self._recent: deque[str] = deque(maxlen=_REMEMBERED_EVENTS)
        self._radio_at = 0.0
        self._stopwatch = Stopwatch(figures.seconds)
        figures.runs += 1
        self._catch_up()
        self._history: History
        self._session: Session
        self._wake_up()

    @property
    def now_seconds(self) -> float:
        """Simulated seconds so far."""
        return self._block * BLOCK_SECONDS

    def clock(self) -> datetime:
        """Return the simulated local time."""
        return self._begins + timedelta(seconds=self.now_seconds + self.figures.jumps_seconds)

    def run(self, blocks: int) -> None:
        """Simulate so many blocks of 0.1 s."""
        began, began_cpu = time.perf_counter(), time.process_time()
        for _ in range(blocks):
            if self._block % BLOCKS_PER_HOUR == 0:
                self._plan_hour()
            while self._plan and self._plan[0].at_seconds <= self.now_seconds:
                self._begin(self._plan.popleft())
            self._next_block()
        self._stopwatch.turn_to("")
        self._compare_history()
        self.figures.hours_done = self._block / BLOCKS_PER_HOUR
        self.figures.ledger = self._ledger.kept
        self.figures.wall_seconds += time.perf_counter() - began
        self.figures.cpu_seconds += time.process_time() - began_cpu

    def close(self) -> None:
        """Let go of the history, after everything in it has been compared."""
        self._compare_history()
        self._history.close()
        if self._history.problem:
            self._trouble(f"the history has a problem: {self._history.problem}")

    def _plan_hour(self) -> None:
        hour = self._block // BLOCKS_PER_HOUR
        self._chance.seed(f"{self.figures.seed} {hour} people")
        self._plan.extend(day.happenings(self.figures.seed, hour))

    # --- one block ---------------------------------------------------------------------------

    def _next_block(self) -> None:
        self._end_what_is_over()
        if Kind.DEVICE_LOST in self._ends:
            self.figures.counts["blocks without devices"] += 1
        else:
            self._take_block()
        self._block += 1
        if self._block % _BLOCKS_BETWEEN_LOOKS == 0:
            hour = self.now_seconds / HOUR_SECONDS
            self.figures.samples.append(look(self.figures.runs, hour))

    def _take_block(self) -> None:
        kitchen = Kind.KITCHEN in self._ends
        is_idle = self._watch.state == "standby" and not self._visitor and not self._ends
        self._let_people_speak()
        said = self._speaking.next_block()
        heard = said + self._sounds.background(self._block, kitchen)
        block = self._room.hear(np.clip(heard, -32_768, 32_767).astype(np.int16))
        kind = "standby" if is_idle else "awake"
        self._stopwatch.turn_to(kind)
        played = self._process(block)
        self.figures.counts[f"blocks {kind}"] += 1
        self._room.play(played)
        self._watch.after_block(self._session.now_seconds, played)
        self._speaking.check(self._watch, self._session.now_seconds)

    def _process(self, block: Pcm) -> Pcm:
        try:
            return self._session.process(block)
        except Exception:
            self._trouble(f"an exception: {traceback.format_exc()}")
            self._lose_power()
            return silence(VOICE_BLOCK_SAMPLES)

    # --- people ------------------------------------------------------------------------------

    def _let_people_speak(self) -> None:
        if self._speaking.is_busy:
            return
        noisy = Kind.KITCHEN in self._ends or Kind.RADIO in self._ends
        if self._visitor:
            self._let_visitor_speak(self._visitor, noisy)
        elif self._watch.state == "invited" and self._answering:
            self._visit(self._answering, _ANSWERS_INVITATION_SECONDS)
        elif Kind.RADIO in self._ends and self.now_seconds >= self._radio_at:
            self._radio_at = self.now_seconds + self._chance.uniform(4.0, 12.0)
            self._speaking.say_to_nobody(*self._chance.choice(self._sounds.sentences))

    def _let_visitor_speak(self, visitor: SimulatedPerson, noisy: bool) -> None:
        watch, session = self._watch, self._session
        quiet_from = self.now_seconds + watch.quiet_from_seconds - session.now_seconds
        live = self._content.live_commands(watch.state) if watch.state else frozenset()
        again = self._speaking.insists()
        saying = (
            visitor.say_again(again)
            if again
            else visitor.next_saying(self.now_seconds, watch.state, quiet_from, live)
        )
        if saying:
            coach_talks = quiet_from > self.now_seconds
            seconds = self._speaking.say(
                saying, session.now_seconds, saying.command in live, noisy, coach_talks
            )
            self._recent.append(f"{self._moment()} {saying.who} says {saying.text!r}")
            visitor.spoke_until(self.now_seconds + seconds)
        if visitor.is_gone:
            self._visitor = None

    def _visit(self, name: str, seconds: float) -> None:
        if self._visitor:
            return
        self.figures.counts["visits"] += 1
        self._visitor = SimulatedPerson(
            name,
            self.now_seconds,
            self.now_seconds + seconds,
            self._vocabulary,
            [text for _, text in self._sounds.sentences],
            random.Random(self._chance.random()),
        )

    # --- what happens ------------------------------------------------------------------------

    def _begin(self, one: Happening) -> None:
        self.figures.counts[f"happened: {one.kind}"] += 1
        self._recent.append(f"{self._moment()} {one.kind} {one.what} {one.seconds:.0f} s")
        match one.kind:
            case Kind.VISIT:
                self._visit(one.what, one.seconds)
            case Kind.ANSWER_INVITATION:
                self._answering = one.what
            case Kind.POWER_CUT:
                self._lose_power()
            case Kind.CLOCK_JUMPS:
                self.figures.jumps_seconds += one.seconds
            case _:
                self._ends[one.kind] = self.now_seconds + one.seconds
                self._switch(one.kind, broken=True)

    def _end_what_is_over(self) -> None:
        for kind in [one for one, end in self._ends.items() if end <= self.now_seconds]:
            del self._ends[kind]
            self._switch(kind, broken=False)

    def _switch(self, kind: Kind, *, broken: bool) -> None:
        match kind:
            case Kind.VOICE_FAILS:
                self._voice.is_broken = self._watch.voice_fails = broken
            case Kind.DISK_FULL:
                self._disk.is_broken = self._watch.disk_is_full = broken
            case Kind.DEVICE_LOST:
                self._switch_devices(broken)

    def _switch_devices(self, lost: bool) -> None:
        """Tell the session; what it has to say about a lost microphone takes blocks of silence."""
        audible = self._chance.random() < 0.5 if lost else False
        has_words = tell_of_devices(self._session, lost, audible)
        for _ in range(_LAST_WORDS_BLOCKS if has_words else 0):
            played = self._process(silence(EAR_BLOCK_SAMPLES))
            self._watch.after_block(self._session.now_seconds, played)
            if self._watch.quiet_from_seconds < self._session.now_seconds:
                break
        self._speaking.forget()

    def _lose_power(self) -> None:
        """Throw everything away as it is, and start anew from what is on disk."""
        del self._session, self._history
        gc.collect()
        self._wake_up()

    def _wake_up(self) -> None:
        self._history = open_history(self._folder / "history.db")
        if self._history.problem:
            self._trouble(f"the history has a problem: {self._history.problem}")
        self._compare_history()
        self._watch = Watch(self._content, self._trouble)
        self._watch.voice_fails = self._voice.is_broken
        self._watch.disk_is_full = self._disk.is_broken
        self._speaking.forget()
        self._session = open_session(
            self._settings,
            Observers([Told(self._on_event)]),
            seed=self._chance.randrange(2**32),
            household=HOUSEHOLD,
            history=BreakableHistory(self._history, self._disk, self._ledger),
            clock=self.clock,
            make_voice=self._make_voice,
        )

    # --- what is noted -----------------------------------------------------------------------

    def _on_event(self, event: Event) -> None:
        self._recent.append(f"{self._moment()} {self._watch.state} {str(event)[:120]}")
        self.figures.counts[f"events: {kind_name(type(event))}"] += 1
        if isinstance(event, CommandHeard) and event.command.name == "wake" and not self._visitor:
            self.figures.counts["woken by nobody"] += 1
        self._watch.on_event(event)

    def _catch_up(self) -> None:
        """Take over what was written after the progress was last kept; miss nothing before it."""
        with open_history(self._folder / "history.db") as history:
            for person in _WRITERS:
                if not self._ledger.catches_up(person, history.entries(person)):
                    self._trouble(f"the history of {person!r} has lost what was written")

    def _compare_history(self) -> None:
        self._history.flush()
        for person in _WRITERS:
            if not self._ledger.agrees(person, self._history.entries(person)):
                self._trouble(f"the history of {person!r} is not what was written")

    def _trouble(self, what: str) -> None:
        self.figures.add_trouble(Trouble(self._moment(), what, tuple(self._recent)))

    def _moment(self) -> str:
        return moment(self.now_seconds)
