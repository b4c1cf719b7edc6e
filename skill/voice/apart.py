"""A synthesiser in a process of its own, so that its memory and its work are not the session's."""

import contextlib
import os
import pickle
import select
import subprocess
import sys
import threading
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from skill.errors import VoiceError, reason
from skill.messages.blocks import Pcm
from skill.voice.synthesis import Synthesiser

IDLE_SECONDS = 60.0
"""How long the process waits for the next line before it ends and gives its memory back."""

LONGEST_SECONDS = 300.0
"""What takes longer than this hangs: the slowest voice needs 100 s for the longest line on a Pi."""

NICE = 10
"""Lower priority: whatever the session wants to do comes first."""

_GIVEN_TO_THE_KERNEL = "500"
"""If memory runs out this process goes, not the session (``oom_score_adj``, -1000 to 1000)."""


class SpeechProcess:
    """One process that renders lines, one at a time, with whatever synthesiser comes with them.

    It begins with the first line. It ends when nothing is asked for ``idle_seconds``, and when this
    process does, in whatever way; the next line begins another. May be called from any thread.
    """

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._running: tuple[subprocess.Popen[bytes], Connection] | None = None
        self._one_at_a_time = threading.Lock()

    def render(self, synthesiser: Synthesiser, text: str) -> Pcm:
        """Return the line at 22,050 Hz; VoiceError, also if the process dies of it."""
        request = pickle.dumps((synthesiser, text))
        with self._one_at_a_time:
            answer, status = self._ask(request)
            if status == 0:  # it ended, idle, in the very moment
                answer, status = self._ask(request)
        if isinstance(answer, VoiceError):
            raise answer
        if answer is None:
            raise VoiceError(
                f"Beim Sprechen von „{text}“ ist die natürliche Stimme abgestürzt.",
                "Passiert das öfter, dann nimm eine kleinere: „rueckgrat voice list“.",
                code="voice-crashed",
                status=status,
            )
        pcm: Pcm = answer
        return pcm

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        if self._running is None or self._running[0].poll() is not None:
            return None
        return self._running[0].pid

    def _ask(self, request: bytes) -> tuple[Any, int | None]:
        """Return the answer, or None and the status that the process ended with."""
        if self.pid is None:
            self._running = self._begin()
        assert self._running
        process, connection = self._running
        with contextlib.suppress(EOFError, OSError):
            connection.send_bytes(request)
            if connection.poll(LONGEST_SECONDS):
                return connection.recv(), None
            process.kill()
        connection.close()
        self._running = None
        return None, process.wait()

    def _begin(self) -> tuple[subprocess.Popen[bytes], Connection]:
        try:
            return self._started()
        except OSError as error:
            raise VoiceError(
                f"Die natürliche Stimme startet nicht ({reason(error)}).",
                "Beende andere Programme, oder nimm die eingebaute Stimme.",
                code="voice-not-started",
            ) from error

    def _started(self) -> tuple[subprocess.Popen[bytes], Connection]:
        ours, theirs = Pipe()
        serve_there = f"import {__name__} as apart; apart.serve({theirs.fileno()}, "
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"{serve_there}{self._idle_seconds})"],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is the session's
            )
        return process, ours


_process = SpeechProcess()
"""The one of all natural voices, of which it keeps only the last one in memory."""


class Apart:
    """A synthesiser that renders in another process; itself satisfies ``Synthesiser``.

    ``synthesiser`` is sent there with each line, so it must be small and must not hold its model.
    """

    def __init__(self, synthesiser: Synthesiser, process: SpeechProcess = _process) -> None:
        self._synthesiser = synthesiser
        self._process = process
        self.identity = synthesiser.identity

    def elsewhere(self) -> "Apart":
        """Return the same in yet another process, to render several lines at once."""
        return Apart(self._synthesiser, SpeechProcess())

    def render(self, text: str) -> Pcm:
        """Return ``text`` spoken, at 22,050 Hz; a VoiceError if it can't be, or of a crash."""
        return self._process.render(self._synthesiser, text)


def serve(descriptor: int, idle_seconds: float) -> None:
    """Be the other process: answer requests until there are none for a while."""
    with contextlib.suppress(OSError):  # a service may be forbidden both
        os.nice(NICE)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_GIVEN_TO_THE_KERNEL)
    threading.Thread(target=_end_with, args=[descriptor], daemon=True).start()
    connection = Connection(descriptor)
    while connection.poll(idle_seconds):
        synthesiser, text = pickle.loads(connection.recv_bytes())
        try:
            answer = synthesiser.render(text)
        except VoiceError as error:
            answer = error
        connection.send(answer)


def _end_with(descriptor: int) -> None:
    """End at once when the session is gone: a line begun may take minutes on a slow machine."""
    other_end = select.poll()
    other_end.register(descriptor, 0)  # a hang-up is always told
    other_end.poll()
    os._exit(1)
