"""Lines that are ready before they are said: a thread renders them, the most urgent first."""

import logging
import threading
from collections import deque
from collections.abc import Iterable

from skill.messages.blocks import VOICE_RATE_HZ, Pcm
from skill.voice.renderings import Renderings

HELD_SECONDS = 120.0
"""So much of what may be said next is read from disk into memory, where 16 MB hold six minutes."""

_log = logging.getLogger(__name__)


class Ahead:
    """Has the lines of a live session ready, so that nothing slow is rendered while it speaks.

    A line that is not ready when it is to be said is said by the stand-in of its voice, which takes
    10 to 40 ms where it has yet to be rendered; a voice without one is as quick as that itself. The
    thread begins when something is wanted, and ends when all of that is ready. What an engine
    fails at is not tried again.
    """

    def __init__(self, lines: Renderings) -> None:
        self.said = 0
        """Lines that were said."""
        self.unready = 0
        """Those of them that were not ready in time."""
        self._lines = lines
        self._told = (0, 0)
        self._next: deque[tuple[Renderings, str]] = deque()
        self._later: deque[str] = deque()
        self._some_day: tuple[str, ...] = ()
        self._failed: set[tuple[Renderings, str]] = set()
        self._held_seconds = 0.0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def use(self, lines: Renderings) -> None:
        """Speak, and render, with another voice from now on."""
        with self._lock:
            self._lines = lines
            self._next.clear()
            self._later = deque(self._some_day)
            self._begin()

    def make_ready(self, texts: Iterable[str], later: Iterable[str] = ()) -> None:
        """Return when something can be said for each of these lines at once; go on with others.

        What is not rendered yet, the stand-in says at first; the voice itself comes ``later``.
        """
        now = list(dict.fromkeys(texts))
        for text in now:
            if self._lines.ready(text) is None:
                self._try(self._lines.stand_in or self._lines, text)
        with self._lock:
            self._some_day = tuple(dict.fromkeys((*now, *later)))
            self._later = deque(self._some_day)
            self._begin()

    def want(self, texts: Iterable[str]) -> None:
        """Have these lines ready as soon as may be, the first first, instead of those before."""
        wanted, stand_in = list(dict.fromkeys(texts)), self._lines.stand_in
        with self._lock:
            self._next = deque((stand_in, text) for text in wanted if stand_in)
            self._next.extend((self._lines, text) for text in wanted)
            self._held_seconds = 0.0
            self._begin()

    def close(self, timeout_seconds: float | None = None) -> None:
        """Want nothing more; return when the line that is being rendered is done."""
        with self._lock:
            self._next.clear()
            self._later.clear()
            thread = self._thread
        if thread:
            thread.join(timeout_seconds)

    def pcm(self, text: str) -> Pcm:
        """Return the line as it can be said now; VoiceError if it can't be spoken at all."""
        pcm = self._lines.ready(text)
        self.said += 1
        if pcm is not None:
            return pcm
        self.unready += 1
        return (self._lines.stand_in or self._lines).pcm(text)

    def seconds(self, text: str) -> float:
        """Return how long the line is; an estimate while its voice has yet to render it."""
        known, stand_in = self._lines.known_seconds(text), self._lines.stand_in
        if known is not None:
            return known
        if stand_in is None:
            return self._lines.seconds(text)
        return max(self._lines.estimated_seconds(text), stand_in.known_seconds(text) or 0.0)

    def shortfall(self) -> str:
        """Return, once, a German sentence about lines that the stand-in said; empty without any."""
        said, unready = self.said - self._told[0], self.unready - self._told[1]
        self._told = (self.said, self.unready)
        if not unready or self._lines.stand_in is None:
            return ""
        return (
            f"{'Einen' if unready == 1 else unready} von {said} Sätzen hat die eingebaute Stimme"
            " gesprochen, weil deine noch nicht so weit war. „rueckgrat voice prepare“ bereitet"
            " alle vor."
        )

    def _begin(self) -> None:
        if self._thread is None and (self._next or self._later):
            self._thread = threading.Thread(target=self._work, name="ahead", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            self._try(*job)

    def _next_job(self) -> tuple[Renderings, str] | None:
        """Return the next line that is to be rendered; None, and no thread, when all are ready."""
        while True:
            with self._lock:
                if self._next:
                    (lines, text), is_next = self._next.popleft(), True
                elif self._later:
                    lines, text, is_next = self._lines, self._later.popleft(), False
                else:
                    self._thread = None
                    return None
                voice = self._lines
            if not self._is_ready(lines, voice, text, is_next):
                return lines, text

    def _is_ready(self, lines: Renderings, voice: Renderings, text: str, is_next: bool) -> bool:
        if (lines, text) in self._failed or (lines is not voice and voice.is_kept(text)):
            return True
        if not is_next or self._held_seconds > HELD_SECONDS:
            return lines.is_kept(text)
        pcm = lines.ready(text)
        self._held_seconds += 0.0 if pcm is None else len(pcm) / VOICE_RATE_HZ
        return pcm is not None

    def _try(self, lines: Renderings, text: str) -> None:
        try:
            lines.pcm(text)
        except Exception as error:  # any engine's; what can't be said is told when it should be
            self._failed.add((lines, text))
            _log.debug("A line could not be rendered ahead: %s", error)
