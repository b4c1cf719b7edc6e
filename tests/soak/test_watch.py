"""The watch: it notices each broken promise, and nothing else."""

import numpy as np
import pytest

from skill.content.loader import load_content
from skill.messages.blocks import VOICE_BLOCK_SAMPLES, silence
from skill.messages.events import CommandHeard, Event, Hushed, Problem, Said, StateEntered
from skill.messages.heard import Command
from skill.paths import dialogs_dir
from workbench.soak.watch import Watch

CONTENT = load_content(dialogs_dir())
SOUND = np.ones(VOICE_BLOCK_SAMPLES, dtype=np.int16)


class Stage:
    """A watch, and hands to move it."""

    def __init__(self, state: str = "menu.ask") -> None:
        self.troubles: list[str] = []
        self.watch = Watch(CONTENT, self.troubles.append)
        self.now = 0.0
        self.events(StateEntered(0.0, state))

    def events(self, *events: Event, sound: bool = False) -> None:
        for event in events:
            self.watch.on_event(event)
        self.now += 0.1
        self.watch.after_block(self.now, SOUND if sound else silence(VOICE_BLOCK_SAMPLES))

    def wait(self, seconds: float, sound: bool = False) -> None:
        for _ in range(round(seconds * 10)):
            self.events(sound=sound)

    def heard(self, command: str) -> Event:
        return CommandHeard(self.now, self.now, self.now, "", Command.parsed(command))

    def said(self, after: float = 0.1, seconds: float = 2.0, line: str = "menu.ask") -> Event:
        start = self.now + after
        return Said(start, start + seconds, "Na?", line)

    def state(self, state: str) -> Event:
        return StateEntered(self.now, state)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_an_answered_command_is_fine(stage: Stage) -> None:
    stage.events(stage.heard("help"), stage.said())
    stage.events(stage.heard("number(3)"))  # does not count here: may be passed over
    assert not stage.troubles


@pytest.mark.parametrize("answers", [False, True])
def test_a_command_that_counts_is_answered_within_a_second(stage: Stage, answers: bool) -> None:
    late = [stage.said(after=1.2)] if answers else []
    stage.events(stage.heard("help"), *late)
    assert stage.troubles == ["no answer to help in menu.ask"]


def test_a_failing_voice_owes_no_answer(stage: Stage) -> None:
    stage.watch.voice_fails = True
    stage.events(stage.heard("help"), Problem(0.0, "Das konnte ich nicht sagen: …"))
    assert not stage.troubles


def test_a_problem_that_nobody_made_is_reported(stage: Stage) -> None:
    stage.events(Problem(0.0, "Das konnte ich mir nicht merken (voll)."))
    stage.watch.disk_is_full = True
    stage.events(Problem(0.0, "Das konnte ich mir nicht merken (voll)."))
    stage.events(Problem(0.0, "Gerade kann ich dich nicht hören (kaputt)."))
    assert len(stage.troubles) == 2
    assert "nicht hören" in stage.troubles[1]


def test_stop_leads_into_a_pause_and_silence(stage: Stage) -> None:
    stage.events(stage.heard("stop"), Hushed(stage.now), stage.state("paused"))
    stage.wait(2.0)
    assert not stage.troubles


def test_a_stop_that_leads_nowhere_is_reported(stage: Stage) -> None:
    stage.events(stage.heard("stop"), Hushed(stage.now))
    assert stage.troubles == ["stop was not obeyed: the state is menu.ask"]


def test_sound_after_a_stop_is_reported(stage: Stage) -> None:
    hush = Hushed(stage.now)
    stage.events(stage.heard("stop"), hush, stage.state("paused"), sound=True)  # the fade
    assert not stage.troubles
    stage.wait(0.5, sound=True)
    assert stage.troubles == ["it was not silent after stop"]


def test_pain_is_obeyed_even_in_standby() -> None:
    stage = Stage("standby")
    stage.events(stage.heard("pain"), Hushed(stage.now))
    assert stage.troubles == ["pain was not obeyed: the state is standby"]


def test_two_voices_at_once_are_reported(stage: Stage) -> None:
    stage.events(stage.said(seconds=2.0), stage.said(after=2.2))
    assert not stage.troubles
    stage.wait(1.0)
    stage.events(stage.said())
    assert "two voices at once" in stage.troubles[0]


def test_a_line_may_follow_one_that_was_hushed(stage: Stage) -> None:
    stage.events(stage.said(seconds=5.0), stage.said(after=6.0))
    stage.wait(1.0)
    stage.events(Hushed(stage.now), stage.said(after=0.1))
    assert not stage.troubles


def test_nobody_is_asked_twice(stage: Stage) -> None:
    there = {"line": "still_there", "seconds": 0.5}
    stage.events(stage.said(**there))
    stage.wait(2.0)
    stage.events(stage.state("menu.count"), stage.said(**there))
    assert not stage.troubles
    stage.wait(2.0)
    stage.events(stage.said(**there))
    assert stage.troubles == ["asked twice whether somebody is there, in menu.count"]


def test_a_state_that_never_ends_is_reported(stage: Stage) -> None:
    stage.wait(199.0)
    assert not stage.troubles
    stage.wait(2.0)
    assert stage.troubles[0].startswith("nothing happens")
    stage.wait(120.0)
    assert any(one.startswith("stuck in menu.ask") for one in stage.troubles)


def test_standby_may_last() -> None:
    stage = Stage("standby")
    stage.wait(1000.0)
    assert not stage.troubles
