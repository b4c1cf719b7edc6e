"""A session with a real microphone and a real speaker.

The microphone sets the pace: every block it delivers is answered with a block for the speaker.
While either device is gone no block is taken, so the session waits where it is.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from skill.audio.devices import Role, SoundCard, choose
from skill.audio.errand import Errand
from skill.audio.lines import TICK_SECONDS, Lines, LiveReport
from skill.audio.portaudio import PortAudio
from skill.audio.recovery import BackOff
from skill.blocks import Pcm
from skill.errors import AudioError
from skill.session import Session

_log = logging.getLogger(__name__)

_CLOSING_SECONDS = 2.0

LOST = {
    Role.MICROPHONE: "Ich höre das Mikrofon nicht mehr. Wir warten, bis es wieder da ist.",
    Role.SPEAKER: "Der Lautsprecher ist weg. Wir warten, bis er wieder da ist.",
}
BACK = "Mikrofon und Lautsprecher sind da. Weiter geht’s."


def run_live(
    session: Session,
    microphone: str | None,
    speaker: str | None,
    on_status: Callable[[str], None],
    on_block: Callable[[Pcm, Pcm], None] | None = None,
    stop: threading.Event | None = None,
    card: SoundCard | None = None,
) -> LiveReport:
    """Run ``session`` until it has finished (and its last word has been played) or ``stop`` is set.

    ``microphone`` and ``speaker`` are parts of device names, None is the system's default.
    ``on_status`` receives a German sentence when a device goes or comes back; ``on_block`` every
    block heard (16 kHz) and its answer (22,050 Hz). Raises AudioError when there is no microphone
    or speaker to begin with. The devices are closed however this ends, Ctrl-C included.
    """
    stop = stop or threading.Event()
    link = Link(card or PortAudio(), microphone, speaker, on_status)
    with contextlib.closing(link):
        link.open()
        played = None
        while not session.finished and not stop.is_set():
            block = link.next_block()
            if block is not None:
                answer = session.process(block, played)
                played = link.play(answer)
                if on_block:
                    on_block(block, answer)
        if session.finished:
            link.drain()
    return link.report


class Link:
    """Microphone and speaker, opened together and kept open.

    If one of them dies both are closed, for the sound system reads its list of devices only when
    it starts; they are opened again, by name, as soon as both are back. Opening and closing are
    errands: with a sound server that hangs they may never return.
    """

    def __init__(
        self,
        card: SoundCard,
        microphone: str | None,
        speaker: str | None,
        on_status: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._card = card
        self._names = {Role.MICROPHONE: microphone, Role.SPEAKER: speaker}
        self._on_status = on_status
        self._clock = clock
        self._back_off = BackOff()
        self._lines: Lines | None = None
        self._errand: Errand | None = None
        self._waiting = False
        self.report = LiveReport()

    def open(self) -> None:
        """Open both devices; AudioError when one is missing."""
        self._errand = Errand(self._open)
        self._errand.wait()
        if self._errand.error:
            raise self._errand.error

    def next_block(self) -> Pcm | None:
        """Return the next block heard; None when there is none yet, or a device is gone."""
        if self._lines is None or self._is_busy():
            self._try_again()
            return None
        block = self._lines.next_block()
        if block is not None:
            self.report.blocks += 1
            self._end_waiting()
        lost = self._lines.lost()
        if lost:
            self._lose(lost)
        return block

    def play(self, block: Pcm) -> Pcm:
        """Queue a block for the speaker; without a speaker it is gone.

        Returns what the speaker gets in its place: see ``Playback.add``.
        """
        return self._lines.playback.add(block) if self._lines else block

    def drain(self) -> None:
        """Wait until everything queued has been heard."""
        if self._lines:
            self._lines.drain()

    def close(self) -> None:
        """Close both devices, or leave them to their fate if that takes too long."""
        if self._comes_to_rest():
            self._let_go()
        if not self._comes_to_rest():
            _log.warning("The sound system hangs and cannot be closed.")
            self._card.abandon()

    def _is_busy(self) -> bool:
        return self._errand is not None and self._errand.running

    def _comes_to_rest(self) -> bool:
        """Wait a while for the errand that is under way; tell whether it has ended."""
        return self._errand is None or self._errand.wait(_CLOSING_SECONDS)

    def _open(self) -> None:
        devices = self._card.devices()
        chosen = {role: choose(devices, role, name) for role, name in self._names.items()}
        microphone = self._card.open_microphone(chosen[Role.MICROPHONE])
        try:
            speaker = self._card.open_speaker(chosen[Role.SPEAKER])
        except AudioError:
            microphone.close()
            raise
        lines = Lines(microphone, speaker, self._clock)
        lines.start()
        self._lines = lines
        self.report.microphone = chosen[Role.MICROPHONE].name
        self.report.speaker = chosen[Role.SPEAKER].name

    def _lose(self, role: Role) -> None:
        _log.info("The %s no longer works.", role)
        self._let_go()
        self._back_off.reset(self._clock())
        if not self._waiting:
            self._waiting = True
            self._on_status(LOST[role])

    def _let_go(self) -> None:
        lines, self._lines = self._lines, None
        if lines:
            lines.add_to(self.report)
            self._errand = Errand(lines.close)

    def _try_again(self) -> None:
        if self._is_busy() or not self._back_off.due(self._clock()):
            time.sleep(TICK_SECONDS)
        else:
            self._errand = Errand(self._reopen)

    def _reopen(self) -> None:
        try:
            self._card.refresh()
            self._open()
        except Exception as error:  # whatever it is, trying again is all there is to do
            _log.info("Still waiting for the sound devices: %s", error)
            self._back_off.failed(self._clock())

    def _end_waiting(self) -> None:
        """A device that can be opened is back only when it delivers."""
        if self._waiting:
            self._waiting = False
            self.report.reconnections += 1
            self._on_status(BACK)
