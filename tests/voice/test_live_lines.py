"""A whole training with a voice as slow as on a small computer: nothing waits for it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from skill.coach.coach import Coach
from skill.coach.upcoming import first_sentences
from skill.content.lines import spoken_lines
from skill.content.loader import load_content
from skill.messages.blocks import BLOCK_SECONDS, EAR_BLOCK_SAMPLES, Pcm, silence
from skill.messages.cues import Breathe, Say, Sound
from skill.messages.events import Event, PhaseBegan, Problem, Said
from skill.messages.heard import Command, Heard, Listening
from skill.observers import Observers, Told
from skill.session import Session
from skill.voice.renderings import Renderings
from skill.voice.voice import Voice
from tests.voice.slow import QuickVoice, SlowVoice, slow_lines
from workbench.breath import Willing

CONTENT = load_content()
FIRST = first_sentences(CONTENT)
EXERCISE = "vierfuessler"
LATE_SECONDS = 0.001
CRASHES = ("Und einatmen.", "Erst einatmen.")


@dataclass(frozen=True)
class Played:
    """A line or a breath, when it should have begun, and when it did."""

    cue: Say | Breathe
    start: float
    end: float

    @property
    def late_seconds(self) -> float:
        at = self.cue.at_seconds
        return 0.0 if not at else self.start - at


class WatchedVoice(Voice):
    def __init__(self, lines: Renderings) -> None:
        super().__init__(lines)
        self.played: list[Played] = []

    def perform(self, cue: Sound) -> tuple[float, float]:
        start, end = super().perform(cue)
        if isinstance(cue, Say | Breathe):
            self.played.append(Played(cue, start, end))
        return start, end


class Hasty(Willing):
    """Wants two repetitions, to be done sooner."""

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        self._answers["menu.count"] = Command("number", "2")
        return super().process(block, listening)


@dataclass
class Training:
    """One exercise, trained to the end."""

    folder: Path
    slow: SlowVoice
    quick: QuickVoice = field(default_factory=QuickVoice)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.voice = WatchedVoice(slow_lines(self.folder, self.slow, self.quick))
        coach = Coach(CONTENT, self.voice.speech_seconds, seed=3)
        ear = Hasty(coach, Command("exercise", EXERCISE))
        session = Session(ear, coach, self.voice, Observers([Told(self.events.append)]))
        self.voice.render_ahead(FIRST, ())
        assert self.voice.ahead
        self.ahead = self.voice.ahead
        while not session.finished:
            assert session.now_seconds < 1_000
            session.process(silence(EAR_BLOCK_SAMPLES))
            self.slow.work(self.ahead, BLOCK_SECONDS)
        self.ahead.close(timeout_seconds=0.0)
        self.slow.finish()

    def texts(self) -> list[str]:
        return [one.text for one in self.events if isinstance(one, Said)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lines")


@pytest.fixture(scope="module")
def unprepared(folder: Path) -> Training:
    """A first training, with a voice that takes half as long as it speaks, and crashes."""
    return Training(folder, SlowVoice(pace=0.5, broken=CRASHES))


@pytest.fixture(scope="module")
def prepared(folder: Path, unprepared: Training) -> Training:
    """The same training, with all that can be said in it rendered before."""
    lines = slow_lines(folder, SlowVoice())
    own = (line for (_, one), _, line in spoken_lines(CONTENT) if one == EXERCISE)
    for text in (*unprepared.texts(), *own):
        lines.pcm(text)
    return Training(folder, SlowVoice(pace=0.5))


def test_nothing_slow_is_rendered_in_the_audio_path(
    unprepared: Training, prepared: Training
) -> None:
    for training in (unprepared, prepared):
        assert training.slow.rendered
        assert training.slow.threads == {"ahead"}


def test_no_line_and_no_breath_is_late(unprepared: Training, prepared: Training) -> None:
    for training in (unprepared, prepared):
        assert [one for one in training.voice.played if one.late_seconds > LATE_SECONDS] == []


def test_some_lines_are_said_by_the_stand_in_and_that_is_told(unprepared: Training) -> None:
    ahead = unprepared.ahead
    assert 0 < ahead.unready < ahead.said / 2
    (problem,) = [one.text for one in unprepared.events if isinstance(one, Problem)]
    assert problem.startswith(f"{ahead.unready} von {ahead.said} Sätzen hat die eingebaute Stimme")


def test_a_crash_costs_the_line_it_happens_at(unprepared: Training) -> None:
    tried = set(CRASHES) - set(unprepared.slow.rendered)
    assert tried == set(CRASHES)
    after = unprepared.texts().index(next(one for one in unprepared.texts() if one in CRASHES))
    assert set(unprepared.texts()[after + 1 :]) & set(unprepared.slow.rendered)


def test_prepared_every_line_is_ready(prepared: Training) -> None:
    assert (prepared.ahead.said, prepared.ahead.unready) == (len(prepared.texts()), 0)
    assert not [one for one in prepared.events if isinstance(one, Problem)]


def test_a_breath_lasts_as_long_as_its_phase(unprepared: Training) -> None:
    phases = [one for one in unprepared.events if isinstance(one, PhaseBegan) and one.breath]
    breaths = [one for one in unprepared.voice.played if isinstance(one.cue, Breathe)]
    planned = {round(one.seconds, 3): one.planned_seconds for one in phases}
    measured = {round(one.start, 3): one.end - one.start for one in breaths}
    shared = planned.keys() & measured.keys()
    assert len(shared) > 5
    assert all(measured[at] == pytest.approx(planned[at], abs=0.001) for at in shared)
