"""A whole training followed from outside: by a counter that comes late, without any sound."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from skill.coach import Coach
from skill.content.loader import load_content
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Pcm, silence
from skill.messages.cues import Breathe, Hush, Say, Sound
from skill.messages.events import (
    BreathSounded,
    Event,
    ExerciseBegan,
    ExerciseEnded,
    PhaseBegan,
    Problem,
    RepetitionBegan,
    RepetitionDone,
    TempoSet,
)
from skill.messages.heard import Command, Heard, Speaking
from skill.observers import Observer, Observers, Told
from skill.session import Session
from tests.coach.stage import speech_seconds

CONTENT = load_content()
BLOCK = silence(EAR_BLOCK_SAMPLES)
BRIDGE = CONTENT.exercise("bruecke")


class Counter(Observer):
    """Counts repetitions, and shows where they are: all that a display on the wall needs."""

    def __init__(self, session: Session) -> None:
        now = session.snapshot()
        began = now.repetition
        self.made = began.repetition - 1 if began else 0
        self.of = began.repetitions if began else 0
        self.line = f"{now.exercise.name}: {self.made}/{self.of}" if now.exercise else ""

    def add(self, event: Event) -> None:
        match event:
            case ExerciseBegan():
                self.made, self.of = 0, event.repetitions
            case RepetitionDone():
                self.made, self.of = event.repetition, event.repetitions
                self.line = f"{event.exercise}: {self.made}/{self.of}"


class NoEar:
    def process(self, *_: object) -> list[Heard]:
        return []


@dataclass
class SilentVoice:
    """Says lines without a sound, one after the other, each in its time."""

    now: float = 0.0
    lines: list[tuple[float, int]] = field(default_factory=list)

    def perform(self, cue: Sound) -> tuple[float, float]:
        start = max(self.now + 0.1, getattr(cue, "at_seconds", None) or 0.0)
        match cue:
            case Hush():
                self.lines = []
            case Say():
                start = max([start, *(end for end, _ in self.lines)])
                self.lines.append((start + speech_seconds(cue.text), cue.cue_id))
                return start, self.lines[-1][0]
            case Breathe():
                return start, start + cue.seconds
        return start, start

    def finished_cues(self) -> list[int]:
        over = [cue_id for end, cue_id in self.lines if end <= self.now]
        self.lines = [line for line in self.lines if line[0] > self.now]
        return over

    def speaking(self) -> tuple[Speaking, ...]:
        return ()

    def expect(self, upcoming: Callable[[], Iterable[str]]) -> None:
        pass

    def shortfall(self) -> str:
        return ""

    def next_block(self) -> Pcm:
        self.now += 0.1
        return silence(VOICE_BLOCK_SAMPLES)


class Hall:
    """A session with the real coach, and all that it tells."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        coach = Coach(CONTENT, speech_seconds)
        observers = Observers([Told(self.events.append)])
        self.session = Session(NoEar(), coach, SilentVoice(), observers)

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.session.process(BLOCK)

    def until(self, kind: type, times: int = 1, limit_seconds: float = 400.0) -> None:
        wanted = len(self.of(kind)) + times
        for _ in range(round(limit_seconds * 10)):
            if len(self.of(kind)) >= wanted:
                return
            self.session.process(BLOCK)
        raise AssertionError(f"no {kind.__name__} in {self.session.snapshot()}")

    def of(self, kind: type) -> list:
        return [event for event in self.events if isinstance(event, kind)]

    def go_to_bridge(self) -> None:
        """Press what leads into the set, question by question."""
        for _ in range(12):
            if self.session.state.startswith("exercise."):
                break
            self.wait(25.0)
            ask = self.session.state
            self.session.press("yes" if ask.startswith("safety") else "exercise(bruecke)")
            self.wait(0.2)
        for _ in range(600):
            if self.session.state == "exercise.repeat":
                return
            self.session.press("next")
            self.wait(1.0)
        raise AssertionError(self.session.state)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.go_to_bridge()
    return hall


def test_a_counter_that_comes_late_counts_on(hall: Hall) -> None:
    hall.until(RepetitionDone, times=2)
    hall.until(PhaseBegan)
    counter = Counter(hall.session)
    assert counter.line == f"{BRIDGE.title}: 2/{BRIDGE.repetitions.start}"
    hall.session.follow(counter)
    hall.until(RepetitionDone)
    assert counter.line == f"bruecke: 3/{BRIDGE.repetitions.start}"


def test_the_plan_is_told_and_every_phase_with_its_breath(hall: Hall) -> None:
    (began,) = hall.of(ExerciseBegan)
    seconds = sum(phase.seconds for phase in BRIDGE.phases) * BRIDGE.repetitions.start
    assert (began.exercise, began.name, began.position, began.of) == (
        *("bruecke", BRIDGE.title),
        *(1, 1),
    )
    assert began.planned_seconds == pytest.approx(seconds)
    hall.until(RepetitionDone)
    phases = hall.of(PhaseBegan)
    assert [(one.name, one.kind) for one in phases] == [(p.name, p.kind) for p in BRIDGE.phases]
    assert [one.phase for one in phases] == list(range(1, len(phases) + 1))
    breaths = {one.seconds: one for one in hall.of(BreathSounded)}
    for one in phases:
        if one.breath in ("in", "out"):
            breath = breaths[one.seconds]
            assert breath.direction == one.breath
            assert breath.end_seconds - breath.seconds == pytest.approx(one.planned_seconds)
    (whole,) = hall.of(RepetitionBegan)
    (done,) = hall.of(RepetitionDone)
    assert done.seconds == pytest.approx(whole.seconds + whole.planned_seconds)
    assert (whole.repetition, whole.repetitions) == (1, BRIDGE.repetitions.start)


def test_nothing_is_told_before_its_time(hall: Hall) -> None:
    seen: list[tuple[float, Event]] = []
    hall.session.follow(Told(lambda event: seen.append((hall.session.now_seconds, event))))
    hall.until(RepetitionDone, times=2)
    late = [now - event.seconds for now, event in seen if isinstance(event, PhaseBegan)]
    assert late
    assert all(-1e-3 <= one <= 0.1 + 1e-3 for one in late)


def test_a_pause_takes_back_what_was_to_come_and_is_no_end_of_the_exercise(hall: Hall) -> None:
    hall.until(PhaseBegan)
    hall.session.command(Command("pause"))
    hall.wait(0.2)
    count = len(hall.of(PhaseBegan)), len(hall.of(RepetitionDone))
    hall.wait(20.0)
    assert (len(hall.of(PhaseBegan)), len(hall.of(RepetitionDone))) == count
    snapshot = hall.session.snapshot()
    assert snapshot.state == "paused"
    assert snapshot.exercise
    assert snapshot.phase is None
    hall.session.command(Command("resume"))
    hall.until(RepetitionDone)
    assert hall.of(RepetitionDone)[-1].repetition == 1
    assert [one.repetition for one in hall.of(RepetitionBegan)] == [1, 1]


def test_an_answer_goes_on_with_the_same_repetition(hall: Hall) -> None:
    hall.until(PhaseBegan, times=2)
    hall.session.command(Command("slower"))
    hall.until(RepetitionDone)
    assert len(hall.of(RepetitionBegan)) == 1
    assert [event.tempo for event in hall.of(TempoSet)] == [1.25]
    assert hall.session.snapshot().tempo == 1.25
    assert hall.of(ExerciseBegan)[-1].planned_seconds == pytest.approx(
        hall.of(ExerciseBegan)[0].planned_seconds * 1.25
    )
    assert hall.of(PhaseBegan)[-1].phase == len(BRIDGE.phases)


def test_the_exercise_ends_when_it_is_left(hall: Hall) -> None:
    hall.session.command(Command("another"))
    hall.until(ExerciseEnded)
    snapshot = hall.session.snapshot()
    assert (snapshot.exercise, snapshot.repetition) == (None, None)


def test_each_exercise_of_a_programme_tells_its_place(hall: Hall) -> None:
    programme = CONTENT.programmes[0]
    hall.session.press("another")
    hall.wait(20.0)
    hall.session.press(f"programme({programme.id})")
    for _ in range(9):  # questions may come first
        if len(hall.of(ExerciseBegan)) > 1:
            break
        hall.wait(12.0)
        hall.session.press("next")
    hall.wait(12.0)
    hall.session.press("skip")
    hall.wait(12.0)
    first, second = hall.of(ExerciseBegan)[1:3]
    assert [one.exercise for one in hall.of(ExerciseEnded)][:2] == ["bruecke", first.exercise]
    assert (first.position, second.position, second.of) == (1, 2, first.of)
    assert (first.programme, second.programme) == (programme.id, programme.id)
    assert second.seconds > first.seconds + 5.0


def test_a_command_that_names_what_there_is_not_ends_no_session(hall: Hall) -> None:
    hall.session.press("exercise(gibt-es-nicht)")
    hall.until(RepetitionDone)
    (problem,) = hall.of(Problem)
    assert problem.text.startswith("Damit kann ich nichts anfangen: exercise(gibt-es-nicht)")
