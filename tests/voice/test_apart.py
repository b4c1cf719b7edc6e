"""A synthesiser in a process of its own: what it says, and all the ways in which it may die."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from skill.errors import VoiceError
from skill.messages.blocks import Pcm
from skill.voice import apart
from skill.voice.apart import Apart, SpeechProcess

CHECKOUT = Path(__file__).parents[2]


class Odd:
    """Says how it feels there, or doesn't."""

    identity = "odd"

    def render(self, text: str) -> Pcm:
        if text == "sleep":
            time.sleep(60)
        if text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "stumble":
            raise ZeroDivisionError
        if text == "refuse":
            raise VoiceError("Das sage ich nicht.", "Frag anders.", code="no", word="that")
        return np.array([os.getpid() % 30_000, os.nice(0)], np.int16)


@pytest.fixture
def process() -> SpeechProcess:
    return SpeechProcess(idle_seconds=20)


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_lines_are_rendered_in_one_other_process_of_low_priority(process: SpeechProcess) -> None:
    voice = Apart(Odd(), process)
    assert voice.identity == "odd"
    assert process.pid is None, "before the first line there is none"
    first, second = voice.render("Eins."), voice.render("Zwei.")
    assert process.pid
    assert process.pid != os.getpid()
    assert list(first) == list(second) == [process.pid % 30_000, os.nice(0) + apart.NICE]


def test_a_refusal_arrives_as_it_was(process: SpeechProcess) -> None:
    with pytest.raises(VoiceError) as told:
        Apart(Odd(), process).render("refuse")
    error = told.value
    assert (error.problem, error.mend, error.code) == ("Das sage ich nicht.", "Frag anders.", "no")
    assert error.fields == {"word": "that"}


@pytest.mark.parametrize("how", ["die", "stumble"])
def test_a_crash_costs_one_line(process: SpeechProcess, how: str) -> None:
    voice = Apart(Odd(), process)
    voice.render("Eins.")
    with pytest.raises(VoiceError, match="abgestürzt") as told:
        voice.render(how)
    assert told.value.mend
    assert voice.render("Zwei.").size == 2


def test_killed_in_the_middle_of_a_line_the_next_one_is_spoken(process: SpeechProcess) -> None:
    voice, told = Apart(Odd(), process), []

    def speak() -> None:
        try:
            voice.render("sleep")
        except VoiceError as error:
            told.append(error.code)

    asking = threading.Thread(target=speak)
    asking.start()
    wait_until(lambda: process.pid is not None)
    os.kill(process.pid or 0, signal.SIGKILL)
    asking.join(20)
    assert told == ["voice-crashed"]
    assert voice.render("Zwei.").size == 2


def test_what_hangs_is_ended(process: SpeechProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Apart(Odd(), process)
    voice.render("Eins.")
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 0.1)
    with pytest.raises(VoiceError, match="abgestürzt"):
        voice.render("sleep")
    assert process.pid is None


def test_it_ends_when_idle_and_begins_again() -> None:
    process = SpeechProcess(idle_seconds=0.2)
    voice = Apart(Odd(), process)
    voice.render("Eins.")
    first = process.pid
    wait_until(lambda: process.pid is None)
    voice.render("Zwei.")
    assert process.pid not in (None, first)


def test_a_line_asked_for_while_it_ends_is_spoken() -> None:
    process = SpeechProcess(idle_seconds=0.05)
    voice = Apart(Odd(), process)
    for number in range(4):
        assert voice.render(f"Nummer {number}.").size == 2
        time.sleep(0.05)


def test_without_memory_for_it_that_is_told(
    process: SpeechProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    voice = Apart(Odd(), process)
    with monkeypatch.context() as full:
        full.setattr(subprocess, "Popen", refuse)
        with pytest.raises(VoiceError, match="der Arbeitsspeicher reicht nicht"):
            voice.render("Eins.")
    assert voice.render("Eins.").size == 2


def test_many_threads_may_ask_at_once(process: SpeechProcess) -> None:
    voice, sizes = Apart(Odd(), process), []
    threads = [
        threading.Thread(target=lambda: sizes.append(voice.render("Eins.").size)) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sizes == [2] * 5


PARENT = """
import os, threading, time
from skill.voice.apart import SpeechProcess
from tests.voice.test_apart import Odd
process = SpeechProcess()
process.render(Odd(), "Eins.")
print(process.pid, flush=True)
process.render(Odd(), "sleep")
"""


def test_no_orphan_is_left_when_the_session_is_killed_in_the_middle_of_a_line() -> None:
    session = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert session.stdout
    pid = int(session.stdout.readline())
    assert is_running(pid)
    session.kill()
    session.communicate()
    wait_until(lambda: not is_running(pid))


def test_it_is_not_interrupted_with_the_session(process: SpeechProcess) -> None:
    Apart(Odd(), process).render("Eins.")
    assert process.pid
    assert os.getpgid(process.pid) != os.getpgid(0), "Ctrl-C goes to the session's group only"
