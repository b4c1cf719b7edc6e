"""Rendering ahead while nobody trains: in a process of its own, behind everything else.

Reading all dialogs takes a second or two, and every line some work after its voice: not in the
process that listens.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Protocol

from rueckgrat.voices.in_use import is_natural
from rueckgrat.voices.prepare import (
    batches,
    prepare,
    the_only_preparation,
    useful_workers,
    workers_for,
)
from skill.content.own import content_for
from skill.errors import SkillError
from skill.messages.blocks import Exchange
from skill.messages.events import Event, StateEntered
from skill.observers import Observer
from skill.settings import Settings, load_in_spite_of_the_file

PATIENCE_SECONDS = 60.0
"""How long nobody may have trained before it begins."""

IDLE_STATE = "standby"

BUSY_SECONDS = 600.0
"""How long it waits where somebody else prepares already, or memory is short."""

NICE = 10

_BUSY = 75
"""The code that the process ends with then: ``EX_TEMPFAIL`` of ``sysexits.h``."""


class Process(Protocol):
    """A program that runs, or has ended; ``subprocess.Popen`` is one."""

    def poll(self) -> int | None:
        """Return the code that it has ended with, None while it runs."""
        ...

    def terminate(self) -> None:
        """End it."""
        ...

    def wait(self) -> int:
        """Return the code that it ends with."""
        ...


class PrepareAtIdle(Observer):
    """Lets ``start`` begin a process when nobody trains, and ends it when somebody does.

    What that has done so far is kept, and the next one goes on from there. Once one has ended by
    itself, done or in vain, none is started any more.
    """

    title = "Das Vorbereiten der Stimme"

    def __init__(self, start: Callable[[], Process]) -> None:
        self._start = start
        self._process: Process | None = None
        self._due: float | None = None
        self._is_over = False

    def add(self, event: Event) -> None:
        """Note whether somebody trains from now on."""
        if isinstance(event, StateEntered):
            if event.state == IDLE_STATE:
                self._due = event.seconds + PATIENCE_SECONDS
            else:
                self._due = None
                self.close()

    def after_block(self, block: Exchange) -> None:
        """Begin when nobody has trained for a while; see whether all is done."""
        if self._is_over or self._due is None:
            return
        if self._process is None:
            if block.seconds >= self._due:
                self._process = self._start()
        elif (code := self._process.poll()) is not None:
            self._process = None
            self._due = block.seconds + BUSY_SECONDS
            self._is_over = code != _BUSY

    def close(self) -> None:
        """End what runs; a line that has been begun is lost."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._process = None


@contextlib.contextmanager
def preparing_at_idle(settings: Settings) -> Iterator[list[Observer]]:
    """Yield the observer that has natural voices prepared; none where none is used."""
    if not any(map(is_natural, settings.voices_in_use)):
        yield []
        return
    with contextlib.closing(PrepareAtIdle(_start)) as observer:
        yield [observer]


def run() -> None:
    """Be that process: render all lines of the natural voices in use, one at a time."""
    settings, _ = load_in_spite_of_the_file()
    content = content_for(settings.dialog_folders)
    with the_only_preparation() as alone:
        if not alone or not useful_workers():
            raise SystemExit(_BUSY)
        for batch in batches(settings, content):
            if not is_natural(batch.voice):
                continue
            with contextlib.suppress(SkillError):  # told where somebody asks for it
                for _ in prepare(workers_for(batch, settings, content), batch.texts):
                    pass


def step_back() -> None:
    """Let everything else on this machine go before."""
    with contextlib.suppress(OSError):  # a service may be forbidden to
        os.setpriority(os.PRIO_PROCESS, 0, NICE)


def _start() -> Process:
    program = f"import {__name__} as background; background.step_back(); background.run()"
    return subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # Ctrl-C is the trainer's
    )
