import os
import signal
import time

import pytest

from rueckgrat.voices import background
from rueckgrat.voices.background import (
    BUSY_SECONDS,
    PATIENCE_SECONDS,
    PrepareAtIdle,
    preparing_at_idle,
)
from rueckgrat.voices.prepare import kept_dir, the_only_preparation
from skill.messages.blocks import EAR_BLOCK_SAMPLES, VOICE_BLOCK_SAMPLES, Exchange, silence
from skill.messages.events import StateEntered
from skill.settings import Settings, save_setting
from tests.voice.naturals import JOE


class Program:
    """Stands for a process."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.ended = False

    def poll(self) -> int | None:
        return self.code

    def terminate(self) -> None:
        self.code, self.ended = -signal.SIGTERM, True

    def wait(self) -> int:
        assert self.code is not None
        return self.code


class Idle:
    """An observer, and the programs that it has started."""

    def __init__(self) -> None:
        self.started: list[Program] = []
        self.observer = PrepareAtIdle(self._start)

    def _start(self) -> Program:
        self.started.append(Program())
        return self.started[-1]

    def enter(self, state: str, seconds: float) -> None:
        self.observer.add(StateEntered(seconds, state))

    def hear(self, seconds: float) -> None:
        heard, played = silence(EAR_BLOCK_SAMPLES), silence(VOICE_BLOCK_SAMPLES)
        self.observer.after_block(Exchange(seconds, heard, played))


@pytest.fixture
def idle() -> Idle:
    return Idle()


def test_it_begins_when_nobody_has_trained_for_a_while(idle: Idle) -> None:
    idle.hear(1_000)
    idle.enter("standby", 1_000)
    idle.hear(1_000 + PATIENCE_SECONDS - 1)
    assert idle.started == []
    idle.hear(1_000 + PATIENCE_SECONDS)
    idle.hear(2_000)
    assert len(idle.started) == 1


def test_it_ends_when_somebody_trains_and_begins_anew_afterwards(idle: Idle) -> None:
    idle.enter("standby", 0)
    idle.hear(100)
    idle.enter("welcome", 110)
    assert idle.started[0].ended
    idle.hear(500)
    assert len(idle.started) == 1, "not while somebody trains"
    idle.enter("standby", 600)
    idle.hear(700)
    assert len(idle.started) == 2


def test_what_is_done_is_not_done_again(idle: Idle) -> None:
    idle.enter("standby", 0)
    idle.hear(100)
    idle.started[0].code = 0
    idle.hear(101)
    idle.enter("welcome", 110)
    idle.enter("standby", 200)
    idle.hear(1_000)
    assert len(idle.started) == 1


def test_where_somebody_else_prepares_it_tries_again_later(idle: Idle) -> None:
    idle.enter("standby", 0)
    idle.hear(100)
    idle.started[0].code = 75
    idle.hear(101)
    idle.hear(101 + BUSY_SECONDS - 1)
    assert len(idle.started) == 1
    idle.hear(101 + BUSY_SECONDS)
    assert len(idle.started) == 2


def test_the_process_says_when_somebody_else_prepares() -> None:
    with the_only_preparation(), pytest.raises(SystemExit) as caught:
        background.run()
    assert caught.value.code == 75


def test_it_ends_with_the_trainer(idle: Idle) -> None:
    idle.enter("standby", 0)
    idle.hear(100)
    idle.observer.close()
    assert idle.started[0].ended
    idle.observer.close()


def test_a_voice_of_espeak_needs_none_of_it() -> None:
    with preparing_at_idle(Settings()) as observers:
        assert observers == []
    with preparing_at_idle(Settings(voice=f"{JOE}!")) as observers:
        assert [type(one) for one in observers] == [PrepareAtIdle]


@pytest.mark.slow
def test_the_real_process_prepares_and_steps_back() -> None:
    save_setting("voice", f"{JOE}!")
    process = background._start()
    try:
        deadline = time.monotonic() + 120
        while not list(kept_dir().glob("*")) and time.monotonic() < deadline:
            assert process.poll() is None
            time.sleep(0.1)
        assert list(kept_dir().glob("*")), "a line was rendered"
        pid = process.pid  # type: ignore[attr-defined]
        assert os.getpriority(os.PRIO_PROCESS, pid) >= background.NICE
    finally:
        process.terminate()
        process.wait()
