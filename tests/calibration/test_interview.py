"""The interview through the real session loop, with words that are noise bursts."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from rueckgrat.calibration.interview import Interview, RecordedTake
from rueckgrat.calibration.interview_ear import InterviewEar
from rueckgrat.calibration.prompts import Prompt, PromptKind, plan
from rueckgrat.calibration.quality import Fault
from rueckgrat.calibration.script import InterviewScript
from rueckgrat.observers.record import Record
from rueckgrat.replay.runner import play
from skill.messages.blocks import EAR_RATE_HZ, Pcm
from skill.messages.events import Said
from skill.messages.heard import Command, Decision, Heard, Listening
from skill.observers import Observers
from skill.session import Session
from tests.calibration.person import REACTION_SECONDS, Person
from tests.replay.fakes import HummingVoice

WORD: Pcm = np.random.default_rng(3).normal(0, 8_000, EAR_RATE_HZ // 2).astype(np.int16)
LIMIT_SECONDS = 400.0


@dataclass
class YesNoEar:
    """Hears ``answer`` half a second into the first thing said that is loud."""

    answer: str
    loud: int = 0
    fed: int = 0

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        assert listening.live == {"yes", "no"}
        self.fed += 1
        self.loud += np.abs(block).max() > 500
        if self.loud != 5:
            return []
        return [Heard(Command(self.answer), self.answer, 1.0, 0, 0, 0, Decision.FINAL)]


@dataclass
class Run:
    script: InterviewScript
    person: Person
    todo: list[Prompt] | None = None
    consented: bool = True
    answer: str = "yes"
    takes: list[RecordedTake] = field(default_factory=list)
    consents: int = 0

    def __post_init__(self) -> None:
        self.todo = list(plan(self.script)) if self.todo is None else self.todo
        self.interview = Interview(
            self.script, self.todo, self.consented, self._consent, self.takes.append
        )
        self.ear = YesNoEar(self.answer)
        record = Record()
        ear = InterviewEar(self.ear, self.interview)
        session = Session(ear, self.interview, HummingVoice(), Observers([record]))
        self.take = play(session, record, self.person, limit_seconds=LIMIT_SECONDS)
        self.said = [e.line.split(".")[1] for e in self.take.events if isinstance(e, Said)]

    def _consent(self) -> None:
        assert not self.takes
        self.consents += 1


def person(**changes: object) -> Person:
    return Person(say=lambda _: WORD, **changes)  # type: ignore[arg-type]


def test_everything_is_asked_for_once_when_all_goes_well(small: InterviewScript) -> None:
    run = Run(small, person())
    assert run.take.finished
    assert run.interview.complete
    assert [take.prompt for take in run.takes] == list(plan(small))
    assert {take.fault for take in run.takes} == {None}
    assert run.said == [
        *("hello", "what", "private", "room", "first_round", *["prompt"] * 3),
        *("sentences", *["prompt"] * 2, "next_round", *["prompt"] * 3),
        *("last_round", *["prompt"] * 2, "thanks"),
    ]


def test_takes_hold_the_word_and_nothing_of_the_tone(small: InterviewScript) -> None:
    for take in Run(small, person()).takes[1:]:
        loud = np.flatnonzero(np.abs(take.pcm) > 500) / EAR_RATE_HZ
        assert loud[0] == pytest.approx(REACTION_SECONDS - 0.8, abs=0.11)
        assert loud[-1] - loud[0] == pytest.approx(0.5, abs=0.02)
        assert take.pcm.size / EAR_RATE_HZ - loud[-1] == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("gain_db", "hint"),
    [(None, "again_silent"), (30.0, "again_clipped"), (-36.0, "again_soft")],
)
def test_a_bad_take_is_asked_for_once_more_with_a_hint(
    small: InterviewScript, gain_db: float | None, hint: str
) -> None:
    run = Run(small, person(gains_db={1: gain_db}))
    place = run.said.index(hint)
    assert run.said[place - 1 : place + 2] == ["prompt", hint, "prompt"]
    assert run.person.prompts[1] == run.person.prompts[2] == "Weiter."
    assert [take.fault for take in run.takes] == [None] * len(plan(small))


def test_what_stays_bad_is_kept_with_its_fault(small: InterviewScript) -> None:
    run = Run(small, person(gains_db={0: 30.0, 1: 30.0}))
    assert run.said.count("again_clipped") == 1
    assert run.takes[1].fault is Fault.CLIPPED


def test_of_two_bad_takes_the_better_one_is_kept(small: InterviewScript) -> None:
    run = Run(small, person(gains_db={0: -36.0, 1: None}))
    assert run.takes[1].fault is Fault.SOFT


def test_what_stays_silent_is_left_for_another_day(small: InterviewScript) -> None:
    run = Run(small, person(gains_db={0: None, 1: None}))
    left = [prompt for prompt in plan(small) if prompt not in [t.prompt for t in run.takes]]
    assert left == [Prompt(PromptKind.WORD, "stopp", 1)]
    assert run.take.finished
    assert run.said[-1] == "thanks"


def test_who_has_gone_is_not_called_for_ever(small: InterviewScript) -> None:
    run = Run(small, person(leaves_after=2))
    assert run.said[-1] == "gone"
    assert not run.interview.complete
    assert len(run.person.prompts) == 2 + 3 * 2
    assert [take.prompt.text for take in run.takes] == ["", "stopp", "weiter"]


def test_it_goes_on_where_it_was_broken_off(small: InterviewScript) -> None:
    todo = list(plan(small))[-3:]
    run = Run(small, person(), todo=todo)
    assert [take.prompt for take in run.takes] == todo
    assert run.said[:3] == ["go_on", "next_round", "prompt"]


def test_consent_comes_first_and_once(small: InterviewScript) -> None:
    run = Run(small, person(), consented=False)
    assert run.said[:5] == ["hello", "what", "private", "consent", "room"]
    assert run.consents == 1
    assert len(run.takes) == len(plan(small))
    fed_seconds = run.ear.fed / 10
    assert fed_seconds < 12, "the ear proper listens for the consent only"


def test_a_no_ends_it_and_keeps_nothing(small: InterviewScript) -> None:
    run = Run(small, person(), consented=False, answer="no")
    assert run.said == ["hello", "what", "private", "consent", "refused"]
    assert run.take.finished
    assert (run.consents, run.takes) == (0, [])


def test_no_answer_is_no_consent(small: InterviewScript) -> None:
    run = Run(small, person(answer=""), consented=False)
    assert run.said[3:] == ["consent", "consent_again", "unanswered"]
    assert run.take.finished
    assert (run.consents, run.takes) == (0, [])


def test_an_answer_may_be_typed(small: InterviewScript) -> None:
    class Unheard:
        def process(self, block: Pcm, listening: Listening) -> list[Heard]:
            return []

    consents: list[bool] = []
    interview = Interview(small, plan(small), False, lambda: consents.append(True), lambda _: None)
    ear = InterviewEar(Unheard(), interview)
    ear.typed.put("yes")
    session = Session(ear, interview, HummingVoice())
    session.process(np.zeros(1_600, dtype=np.int16))
    assert consents == [True]


def test_a_full_disk_ends_it_and_is_not_swallowed(small: InterviewScript) -> None:
    def full(_: RecordedTake) -> None:
        raise OSError("no space left")

    interview = Interview(small, plan(small), True, list, full)
    record = Record()
    session = Session(
        InterviewEar(YesNoEar(""), interview), interview, HummingVoice(), Observers([record])
    )
    with pytest.raises(OSError, match="no space"):
        play(session, record, person(), limit_seconds=LIMIT_SECONDS)
