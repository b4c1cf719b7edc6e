"""A stage for the coach: plays its cues without sound, and passes time in blocks of 0.1 s."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from skill.buttons import as_heard
from skill.coach import Coach
from skill.coach.trainee import LONG_AGO, Trainee
from skill.content.lines import line_ids
from skill.content.schema import Content
from skill.content.states import STATES
from skill.messages.blocks import BLOCK_SECONDS
from skill.messages.cues import Breathe, Cue, Earcon, Hush, Remember, Say, SetVolume
from skill.messages.heard import Command, Decision, Heard
from skill.messages.notes import HistoryEntry, Note, PlanAt
from skill.progress.profile import Profile, profile_of

TOLERANCE_SECONDS = 1e-6
EVENING = datetime(2026, 11, 25, 18, 0)
"""When sessions on the stage begin."""


def speech_seconds(text: str) -> float:
    """Speak 17 characters a second, about as fast as the voice."""
    return 0.06 * len(text)


@dataclass
class Line:
    """A line on its way through the air."""

    cue: Say
    start: float
    end: float


class Stage:
    """Performs what the coach wants; fails when two lines would sound at once."""

    def __init__(self, coach: Coach) -> None:
        self.coach = coach
        self._line_ids = line_ids(coach._content)
        self.now = 0.0
        self.entries: list[HistoryEntry] = []
        self.lines: list[Line] = []
        self._open: list[Line] = []
        self.breaths: list[Breathe] = []
        self.cues: list[tuple[float, Cue]] = []
        self.states: list[str] = []
        self._perform(coach.start())

    @property
    def state(self) -> str:
        return self.coach.state

    @property
    def texts(self) -> list[str]:
        return [line.cue.text for line in self.lines]

    @property
    def line_ids(self) -> list[str]:
        return [line.cue.line for line in self.lines]

    @property
    def notes(self) -> list[Note]:
        return [entry.note for entry in self.entries]

    @property
    def is_speaking(self) -> bool:
        return any(line.start <= self.now for line in self._open)

    def step(self) -> None:
        self.now += BLOCK_SECONDS
        self._perform(self.coach.pass_time(BLOCK_SECONDS))
        ended = [line for line in self._open if line.end <= self.now]
        self._open = [line for line in self._open if line.end > self.now]
        for line in ended:
            self._perform(self.coach.cue_done(line.cue.cue_id))

    def wait(self, seconds: float) -> "Stage":
        end = self.now + seconds - TOLERANCE_SECONDS
        while self.now < end:
            self.step()
        return self

    def until(self, state: str, limit_seconds: float = 300.0) -> "Stage":
        return self.until_true(lambda: self.state == state, limit_seconds, state)

    def until_true(
        self, reached: Callable[[], bool], limit_seconds: float = 300.0, what: str = "it"
    ) -> "Stage":
        end = self.now + limit_seconds
        while not reached():
            assert self.now < end, f"never came to {what}, is in {self.state}: {self.texts[-5:]}"
            self.step()
        return self

    def until_quiet(self, limit_seconds: float = 60.0) -> "Stage":
        """Wait until the coach waits: nothing is said, in the same state, for 0.8 s."""
        quiet = 0.0
        end = self.now + limit_seconds
        while quiet < 0.8:
            assert self.now < end, f"never quiet in {self.state}"
            state = self.state
            self.step()
            busy = self.is_speaking or state != self.state
            quiet = 0.0 if busy else quiet + BLOCK_SECONDS
        return self

    def until_said(self, line: str, times: int = 1, limit_seconds: float = 300.0) -> "Stage":
        before = self.line_ids.count(line)
        return self.until_true(
            lambda: self.line_ids.count(line) >= before + times, limit_seconds, line
        )

    def say(self, name: str, slot: str = "", sign: str = "", *, words: str = "…") -> list[Cue]:
        return self._hear(Command(name, slot, sign), words=words)

    def answer_on_pain(self, place: str = "back") -> "Stage":
        """Answer what is asked about a pain (gone, ``place``, not spreading), up to the offer."""
        answers = {"pain.ask": ("yes", ""), "pain.where": ("body_part", place)}
        answers["pain.spread"] = ("no", "")
        while self.state != "pain.offer":
            self.until_true(lambda: self.state in (*answers, "pain.offer"), 60, "questions")
            if self.state in answers:
                self.until_quiet().say(*answers[self.state])
        return self.until_quiet()

    def say_unclearly(self, name: str, slot: str = "") -> list[Cue]:
        """Say something that may be a command, or talk."""
        return self._hear(None, Command(name, slot))

    def say_late(self, name: str, seconds: float) -> list[Cue]:
        """Say what was begun some seconds ago, and is understood now."""
        begun = self.now - seconds
        heard = Heard(Command(name), "…", 0.9, begun, self.now, self.now, Decision.FINAL)
        return self._perform_answer(heard)

    def press(self, button: str) -> list[Cue]:
        return self._perform_answer(as_heard(Command(button), self.state, self.now))

    def mumble(self) -> list[Cue]:
        return self._hear(None)

    def answered(self, name: str, slot: str = "") -> bool:
        """Say something; tell whether anything is heard in answer within a second."""
        cues = self.say(name, slot)
        return any(
            isinstance(cue, Say | Earcon)
            and (cue.at_seconds is None or cue.at_seconds <= self.now + 1.0)
            for cue in cues
        )

    def outruns_the_question(self, name: str) -> bool:
        """Tell whether this, said now, would answer a question that has yet to be asked."""
        now = self.now
        heard = Heard(Command(name), "…", 0.9, now, now, now, Decision.FINAL)
        return self.coach._delivery.question.is_outrun_by(heard)

    def invite(self) -> list[Cue]:
        cues = self.coach.invite()
        self._perform(cues)
        return cues

    def lost(self, audible: bool) -> list[Cue]:
        cues = self.coach.lost(audible)
        self._perform(cues)
        return cues

    def mention_silent_microphone(self) -> list[Cue]:
        cues = self.coach.mention_silent_microphone()
        self._perform(cues)
        return cues

    def back(self) -> list[Cue]:
        cues = self.coach.back()
        self._perform(cues)
        return cues

    def _hear(
        self, command: Command | None, maybe: Command | None = None, words: str = "…"
    ) -> list[Cue]:
        now = self.now
        heard = Heard(command, words, 0.9, now, now, now, Decision.FINAL, maybe=maybe)
        return self._perform_answer(heard)

    def _perform_answer(self, heard: Heard) -> list[Cue]:
        cues = self.coach.hear(heard)
        self._perform(cues)
        return cues

    def _perform(self, cues: list[Cue]) -> None:
        for cue in cues:
            self.cues.append((self.now, cue))
            match cue:
                case Say():
                    self._place(cue)
                case Hush():
                    self._hush()
                case Breathe():
                    assert cue.at_seconds >= self.now - TOLERANCE_SECONDS, "a breath in the past"
                    self.breaths.append(cue)
                case Remember():
                    self.entries.append(cue.entry)
                case Earcon() | SetVolume():
                    pass
        if not self.states or self.states[-1] != self.state:
            self.states.append(self.state)

    def _place(self, cue: Say) -> None:
        start = self.now if cue.at_seconds is None else cue.at_seconds
        assert start >= self.now - TOLERANCE_SECONDS, f"in the past: {cue}"
        assert cue.line in self._line_ids, f"an id that no dialog test can name: {cue}"
        end = start + speech_seconds(cue.text)
        for other in self._open:
            clash = start < other.end - TOLERANCE_SECONDS and other.start < end - TOLERANCE_SECONDS
            assert not clash, f"two voices at {start:.2f}: {cue.text!r} over {other.cue.text!r}"
        self.lines.append(Line(cue, start, end))
        self._open.append(self.lines[-1])

    def _hush(self) -> None:
        self.lines = [line for line in self.lines if line.start < self.now]
        self._open = []
        self.breaths = [breath for breath in self.breaths if breath.at_seconds < self.now]


def nobody(content: Content) -> Trainee:
    """Return a trainee of whom nothing is known."""
    return Trainee(content, (), lambda _: Profile(), lambda: LONG_AGO)


def stage_for(
    content: Content, entries: list[HistoryEntry] | None = None, seed: int = 0, **options: Any
) -> Stage:
    """Return a stage whose coach knows these entries, and what time it is in the play."""
    by_id = {exercise.id: exercise for exercise in content.exercises}

    def profiles(name: str) -> Profile:
        return profile_of([one for one in entries or [] if one.person == name], by_id.get)

    stage: list[Stage] = []

    def clock() -> datetime:
        return EVENING + timedelta(seconds=stage[0].now if stage else 0.0)

    coach = Coach(content, speech_seconds, seed=seed, profiles=profiles, clock=clock, **options)
    stage.append(Stage(coach))
    return stage[0]


def stage_in(state: str, content: Content, *, quiet: bool = True, seed: int = 0) -> Stage:
    """Return a stage whose coach has come to ``state`` the way a person would bring it there.

    ``quiet``: it has said what it says there, and waits (or is in the middle of a repetition).
    """
    stage = stage_for(content, seed=seed, **_OPTIONS.get(state, {}))
    for wanted, commands in _WAYS[state]:
        stage.until(wanted).until_quiet() if wanted in _WAITING else stage.until(wanted)
        for command in commands:
            stage.invite() if command == "!invite" else stage.say(*command.split(":"))
    stage.until(state)
    if quiet and state in _WAITING:
        stage.until_quiet()
    elif quiet and state == "exercise.repeat":
        stage.until_said("repeat.count").wait(2.5)
    return stage


_WAITING = ("who", "safety.ask", "safety.advice", "exercise.position", "exercise.change")
_WAITING += ("menu.ask", "menu.count", "menu.age", "menu.material", "menu.resume", "invited")
_WAITING += ("exercise.feedback", "exercise.rest", "paused", "pain.offer", "pain.sign")
_WAITING += ("pain.ask", "pain.where", "pain.spread")
_WAITING += ("hello.hear", "hello.volume", "hello.word")
_HEAR = [("hello.hear", ["hear_you"])]
_VOLUME = [*_HEAR, ("hello.volume", ["next"])]
_ASK = [("safety.ask", [])]
_MENU = [("safety.ask", ["yes"])]
_COUNT = [*_MENU, ("menu.ask", ["all"])]
_POSITION = [*_COUNT, ("menu.count", ["number:2"])]
_REPEAT = [*_POSITION, ("exercise.position", ["next"])]
_PAIN = [*_POSITION, ("exercise.position", ["pain"])]
_SIDES = [
    *(*_MENU, ("menu.ask", ["exercise:vierfuessler"])),
    *(("menu.count", ["number:2"]), ("exercise.position", ["next"])),
]
_WAYS: dict[str, list[tuple[str, list[str]]]] = {
    "invited": [("standby", ["!invite"])],
    "hello.intro": [],
    "hello.hear": [],
    "hello.volume": _HEAR,
    "hello.word": _VOLUME,
    "hello.done": [*_VOLUME, ("hello.word", ["wake"])],
    "welcome": [],
    "who": [],
    "safety.ask": _ASK,
    "safety.red_flags": [("safety.ask", ["red_flags"])],
    "safety.advice": [("safety.ask", ["no"])],
    "menu.ask": _MENU,
    "menu.count": _COUNT,
    "menu.age": [*_MENU, ("menu.ask", ["programme:intervalltraining"])],
    "menu.material": [*_MENU, ("menu.ask", ["programme:widerstand"])],
    "menu.resume": _MENU,
    "exercise.introduce": _POSITION,
    "exercise.position": _POSITION,
    "exercise.repeat": _REPEAT,
    "exercise.change": _SIDES,
    "exercise.feedback": _REPEAT,
    "exercise.rest": [*_REPEAT, ("exercise.feedback", ["feeling:good"])],
    "paused": [*_POSITION, ("exercise.position", ["pause"])],
    "pain.leave": _PAIN,
    "pain.ask": _PAIN,
    "pain.where": [*_PAIN, ("pain.ask", ["yes"])],
    "pain.spread": [*_PAIN, ("pain.ask", ["yes"]), ("pain.where", ["body_part:back"])],
    "pain.offer": [
        *(*_PAIN, ("pain.ask", ["yes"]), ("pain.where", ["body_part:back"])),
        ("pain.spread", ["no"]),
    ],
    "pain.sign": [*_POSITION, ("exercise.position", ["pain::chest"])],
    "summary": [*_SIDES, ("exercise.feedback", ["feeling:good"])],
    "goodbye": [("welcome", ["quit"])],
    "standby": [("safety.ask", ["pause"])],
    "finished": [("welcome", ["quit"])],
}
_BROKEN_OFF = HistoryEntry("", EVENING - timedelta(hours=2), PlanAt(("bruecke", "roll-up"), 1))
_OPTIONS: dict[str, dict[str, Any]] = {
    "invited": {"stays": True},
    **{state: {"first_time": True} for state in STATES if state.startswith("hello.")},
    "who": {"people": ("Anna", "Bernd")},
    "menu.resume": {"entries": [_BROKEN_OFF]},
}
