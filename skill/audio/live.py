"""A session with a real microphone and a real speaker.

The microphone sets the pace: every block it delivers is answered with a block for the speaker.
While either device is gone no block is taken, so the session waits where it is; but for what it
has to say about a microphone that is gone, as long as the speaker works.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from skill.audio.background import BackgroundTask
from skill.audio.devices import Role, SoundCard, choose
from skill.audio.portaudio import PortAudio
from skill.audio.recovery import BackOff, LastWords
from skill.audio.streams import TICK_SECONDS, LiveReport, LiveStreams
from skill.errors import AudioError, NoSoundLibraryError
from skill.messages.blocks import EAR_BLOCK_SAMPLES, Pcm, silence

_log = logging.getLogger(__name__)

_CLOSING_SECONDS = 2.0

_IN_HAND_SECONDS = 0.15
"""How much sound the speaker has in hand while no microphone sets the pace: a block and more."""

LOST = {
    frozenset({Role.MICROPHONE}): (
        "Ich höre das Mikrofon nicht mehr. Wir warten, bis es wieder da ist."
    ),
    frozenset({Role.SPEAKER}): "Der Lautsprecher ist weg. Wir warten, bis er wieder da ist.",
    frozenset(Role): "Mikrofon und Lautsprecher fehlen. Wir warten, bis beides da ist.",
}
BACK = "Mikrofon und Lautsprecher sind da."


class SessionLike(Protocol):
    """What is run: a block heard in, a block to be played out."""

    @property
    def finished(self) -> bool:
        """Whether the session is over."""
        ...

    def process(self, heard: Pcm, played: Pcm | None = None) -> Pcm:
        """Take a block heard (1,600 samples at 16 kHz), return its answer (2,205 at 22,050 Hz).

        ``played`` is what the speaker was given for the last answer, where that differs from it.
        """
        ...

    def lost(self, audible: bool) -> bool:
        """Take note that a device is gone; return whether there is something to say of it."""
        ...

    def back(self) -> None:
        """Take note that both devices deliver again."""
        ...


def run_live(
    session: SessionLike,
    microphone: str | None,
    speaker: str | None,
    on_status: Callable[[str], None],
    stop: threading.Event | None = None,
    card: SoundCard | None = None,
    waits: bool = False,
    on_waiting: Callable[[str], None] = lambda _: None,
    clock: Callable[[], float] = time.monotonic,
) -> LiveReport:
    """Run ``session`` until it has finished (and its last word has been played) or ``stop`` is set.

    ``microphone`` and ``speaker`` are parts of device names, None is the system's default.
    ``on_status`` receives a German sentence when a device goes or comes back. Raises AudioError
    when there is no microphone or speaker to begin with, unless it ``waits`` for them;
    ``on_waiting`` is told why, in German, after each attempt in vain. The devices are closed
    however this ends, Ctrl-C included. ``clock`` tells for how long they have been silent, in
    seconds.
    """
    stop = stop or threading.Event()

    def on_lost(roles: frozenset[Role]) -> bool:
        on_status(LOST[roles])
        return session.lost(audible=Role.SPEAKER not in roles)

    def on_back() -> None:
        on_status(BACK)
        session.back()

    link = Link(card or PortAudio(), microphone, speaker, on_lost, on_back, clock, on_waiting)
    with contextlib.closing(link):
        if not waits:
            link.open()
        played = None
        while not session.finished and not stop.is_set():
            block = link.next_block()
            if block is not None:
                played = link.play(session.process(block, played))
        if session.finished:
            link.drain()
    return link.report


class Link:
    """Microphone and speaker, opened together and kept open.

    If one of them dies both are closed, for the sound system reads its list of devices only when
    it starts; they are opened again, by name, as soon as both are back. Opening and closing are
    background tasks: with a sound server that hangs they may never return.

    ``on_lost`` is told which devices are gone, once for each time, and returns whether something
    is to be said about it; ``on_back`` is called when both deliver again, ``on_waiting`` with the
    reason after each attempt in vain.
    """

    def __init__(
        self,
        card: SoundCard,
        microphone: str | None,
        speaker: str | None,
        on_lost: Callable[[frozenset[Role]], bool],
        on_back: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
        on_waiting: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._card = card
        self._names = {Role.MICROPHONE: microphone, Role.SPEAKER: speaker}
        self._on_lost = on_lost
        self._on_back = on_back
        self._on_waiting = on_waiting
        self._clock = clock
        self._back_off = BackOff()
        self._streams: LiveStreams | None = None
        self._task: BackgroundTask | None = None
        self._waiting = False
        self._complaint = ""
        self._last_words: LastWords | None = None
        self.report = LiveReport()

    def open(self) -> None:
        """Open both devices at once; AudioError when one is missing. Else they are waited for."""
        self._task = BackgroundTask(self._open)
        self._task.wait()
        if self._task.error:
            raise self._task.error

    def next_block(self) -> Pcm | None:
        """Return the next block heard; None when there is none yet, or a device is gone.

        While there are last words to be said, silence is what is heard.
        """
        if self._streams is None or self._is_busy():
            self._try_again()
            return None
        if self._last_words:
            return self._next_silence(self._streams, self._last_words)
        lost = self._streams.lost()
        if lost:
            self._lose(lost)
            return None
        block = self._streams.next_block()
        if block is not None:
            self.report.blocks += 1
            self._end_waiting()
        return block

    def play(self, block: Pcm) -> Pcm:
        """Queue a block for the speaker; without a speaker it is dropped.

        Returns what the speaker gets in its place: see ``Playback.add``.
        """
        if self._last_words:
            self._last_words.add(block)
        return self._streams.playback.add(block) if self._streams else block

    def drain(self) -> None:
        """Wait until everything queued has been heard."""
        if self._streams:
            self._streams.drain()

    def close(self) -> None:
        """Close both devices; if that takes too long, leave them to the end of the program."""
        if self._comes_to_rest():
            self._let_go()
        if not self._comes_to_rest():
            _log.warning("Das Soundsystem hängt und lässt sich nicht schließen.")
            self._card.abandon()

    def _is_busy(self) -> bool:
        return self._task is not None and self._task.running

    def _comes_to_rest(self) -> bool:
        """Wait a while for the background task that is running; tell whether it has ended."""
        return self._task is None or self._task.wait(_CLOSING_SECONDS)

    def _open(self) -> None:
        devices = self._card.devices()
        chosen = {role: choose(devices, role, name) for role, name in self._names.items()}
        microphone = self._card.open_microphone(chosen[Role.MICROPHONE])
        try:
            speaker = self._card.open_speaker(chosen[Role.SPEAKER])
        except AudioError:
            microphone.close()
            raise
        streams = LiveStreams(microphone, speaker, self._clock)
        streams.start(self._card)
        self._streams = streams
        self._complaint = ""
        self.report.microphone = chosen[Role.MICROPHONE].name
        self.report.speaker = chosen[Role.SPEAKER].name

    def _lose(self, roles: frozenset[Role]) -> None:
        _log.info("No longer working: %s.", ", ".join(sorted(roles)))
        if self._wait_for(roles) and Role.SPEAKER not in roles:
            self._last_words = LastWords()
        else:
            self._let_go()

    def _wait_for(self, roles: frozenset[Role]) -> bool:
        """Tell what is gone, once; return whether something is to be said about it."""
        if self._waiting:
            return False
        self._waiting = True
        return self._on_lost(roles)

    def _next_silence(self, streams: LiveStreams, last_words: LastWords) -> Pcm | None:
        """Return silence to go on with; None while the speaker has enough, or when all is said."""
        if last_words.over or Role.SPEAKER in streams.lost():
            self._let_go()
        elif streams.playback.in_hand_seconds > _IN_HAND_SECONDS:
            time.sleep(TICK_SECONDS / 5)
        else:
            return silence(EAR_BLOCK_SAMPLES)
        return None

    def _let_go(self) -> None:
        self._last_words = None
        self._back_off.reset(self._clock())
        streams, self._streams = self._streams, None
        if streams:
            streams.add_to(self.report)
            self._task = BackgroundTask(streams.close)

    def _try_again(self) -> None:
        if not self._is_busy() and self._task and self._task.error:
            error, self._task = self._task.error, None
            self._fail(error)
        if self._is_busy() or not self._back_off.due(self._clock()):
            time.sleep(TICK_SECONDS)
        else:
            self._task = BackgroundTask(self._reopen)

    def _reopen(self) -> None:
        self._card.refresh()
        self._open()

    def _fail(self, error: Exception) -> None:
        """Plan the next try; report the reason when it is another one than before."""
        if isinstance(error, NoSoundLibraryError):
            raise error
        self._back_off.failed(self._clock())
        self._wait_for(frozenset(Role))
        if str(error) != self._complaint:
            self._complaint = str(error)
            _log.warning("Ich warte auf Mikrofon und Lautsprecher. %s", error)
        self._on_waiting(str(error))

    def _end_waiting(self) -> None:
        """Report that both devices are back: not when they are open, but when sound arrives."""
        if self._waiting:
            self._waiting = False
            self.report.reconnections += self.report.blocks > 1
            self._on_back()
