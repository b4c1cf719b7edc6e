"""An open microphone and an open speaker, and the queues between them and the session."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from skill.audio.capture import BlockAssembler
from skill.audio.devices import MicrophoneStream, Role, SoundCard, SpeakerStream, Watch
from skill.audio.playback import Playback
from skill.audio.recovery import Watchdog
from skill.errors import AudioError
from skill.messages.blocks import BLOCK_SECONDS, Pcm

TICK_SECONDS = 0.1
"""How long to wait for a device before looking after everything else."""


@dataclass
class LiveReport:
    """How the sound went: counts, and seconds of sound.

    ``late_blocks`` waited for the session longer than a block lasts; ``lost_blocks`` were dropped
    because it had fallen behind by 2 s. Latencies are those of the devices, as the system
    reports them.
    """

    microphone: str = ""
    speaker: str = ""
    blocks: int = 0
    late_blocks: int = 0
    lost_blocks: int = 0
    input_overflows: int = 0
    output_underruns: int = 0
    inserted_seconds: float = 0.0
    dropped_seconds: float = 0.0
    reconnections: int = 0
    input_latency_seconds: float = 0.0
    output_latency_seconds: float = 0.0


class LiveStreams:
    """Both open streams, and the queues between them and the session."""

    def __init__(
        self, microphone: MicrophoneStream, speaker: SpeakerStream, clock: Callable[[], float]
    ) -> None:
        self._microphone = microphone
        self._speaker = speaker
        self._clock = clock
        self._heard: SimpleQueue[tuple[bytes, bool]] = SimpleQueue()
        self._assembler = BlockAssembler(microphone.rate_hz, microphone.channels)
        self._watchdogs = {role: Watchdog(clock()) for role in Role}
        self._overflows = 0
        self._late_blocks = 0
        self._watch: Watch | None = None
        self.playback = Playback(speaker.rate_hz, speaker.channels)

    def start(self, card: SoundCard) -> None:
        """Let sound flow; AudioError (and both closed) when a device refuses, or is a dummy."""
        try:
            self._speaker.start(self._give)
            self._microphone.start(self._take)
            self._watch = card.watch()
            for role in sorted(self._watch.strayed()):
                raise AudioError(
                    f"{role.the} fehlt.",
                    "Steck das Gerät ein: Das Soundsystem bietet nur einen Ersatz an.",
                    code=f"no-{role}",
                )
        except AudioError:
            self.close()
            raise

    def next_block(self) -> Pcm | None:
        """Return the next block, waiting for a moment; None when a device stays silent.

        While the speaker takes nothing, no block is taken: nobody would hear the answer.
        """
        if self._watchdogs[Role.SPEAKER].is_late(self._clock()):
            time.sleep(TICK_SECONDS / 5)
            return None
        self._collect()
        block = self._assembler.take()
        if block is not None:
            self._late_blocks += len(self._assembler) > 0
        return block

    def lost(self) -> frozenset[Role]:
        """Return the devices that have been silent for too long, or lead elsewhere now.

        Once one is silent, the other counts as lost sooner: often they are in the same box.
        """
        now = self._clock()
        astray = self._watch.strayed() if self._watch else frozenset()
        if not any(watchdog.is_lost(now) for watchdog in self._watchdogs.values()):
            return astray
        return astray | {
            role for role, watchdog in self._watchdogs.items() if watchdog.is_late(now)
        }

    def drain(self) -> None:
        """Wait until everything queued has been heard, or the speaker is gone."""
        self.playback.end()
        while self.playback.in_hand_seconds and not self._watchdogs[Role.SPEAKER].is_lost(
            self._clock()
        ):
            time.sleep(TICK_SECONDS / 5)
        time.sleep(self._speaker.latency_seconds + BLOCK_SECONDS / 2)

    def close(self) -> None:
        """Close both devices."""
        if self._watch:
            self._watch.close()
        self._microphone.close()
        self._speaker.close()

    def add_to(self, report: LiveReport) -> None:
        """Add what was counted here to the report of the whole session."""
        report.late_blocks += self._late_blocks
        report.lost_blocks += self._assembler.lost_blocks
        report.input_overflows += self._overflows
        report.output_underruns += self.playback.underruns
        report.inserted_seconds += self.playback.inserted_seconds
        report.dropped_seconds += self.playback.dropped_seconds
        report.input_latency_seconds = self._microphone.latency_seconds
        report.output_latency_seconds = self._speaker.latency_seconds

    def _give(self, frames: int) -> bytes:
        self._watchdogs[Role.SPEAKER].feed(self._clock())
        return self.playback.give(frames)

    def _take(self, frames: bytes, overflowed: bool) -> None:
        self._watchdogs[Role.MICROPHONE].feed(self._clock())
        self._heard.put((frames, overflowed))

    def _collect(self) -> None:
        """Take everything that was heard; wait for it only when no block is ready."""
        while not (self._heard.empty() and len(self._assembler)):
            try:
                frames, overflowed = self._heard.get(timeout=TICK_SECONDS)
            except Empty:
                return
            self._overflows += overflowed
            self._assembler.add(frames)
