"""From the session's blocks to what a speaker asks for, with as little delay as is safe."""

import threading
from collections import deque

import numpy as np

from skill.audio.resample import Resampler
from skill.messages.blocks import BLOCK_SECONDS, VOICE_RATE_HZ, Pcm, silence


class Reserve:
    """Decides how much sound to keep in hand between two clocks.

    Microphone and speaker each run on a clock of their own, and blocks come unevenly. What is
    still in hand just before the next block arrives is the reserve: too little and the sound
    breaks off, too much and every answer comes late. It is corrected where nobody hears it, in
    silence; only beyond ``most_seconds`` within speech.
    """

    aim_seconds = 0.04
    start_seconds = 0.08
    """To begin with: the aim, and 0.04 s by which the rate filter lets the reserve swing."""
    least_seconds = 0.01
    much_seconds = 0.09
    far_seconds = 0.3
    most_seconds = 2.0
    watch_blocks = 50

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=self.watch_blocks)

    def correction_seconds(self, in_hand_seconds: float, silent: bool) -> float:
        """Return the silence to add before the next block, or (negative) the sound to drop.

        Called once per block; ``silent`` says that the block holds no sound.
        """
        self._seen.append(in_hand_seconds)
        reserve = min(self._seen)
        if in_hand_seconds > (self.far_seconds if silent else self.most_seconds):
            reserve = in_hand_seconds
        elif not silent or not self._is_wrong(reserve):
            return 0.0
        self._seen.clear()
        return self.aim_seconds - reserve

    def _is_wrong(self, reserve_seconds: float) -> bool:
        """Tell whether to correct: a shortage at once, a surplus only after long watching."""
        watched = len(self._seen) == self.watch_blocks
        return reserve_seconds < self.least_seconds or (
            watched and reserve_seconds > self.much_seconds
        )

    def restart(self) -> None:
        """Forget what was seen: playing begins anew."""
        self._seen.clear()


class Playback:
    """The queue between the session and the speaker: mono blocks in, interleaved bytes out.

    One thread calls ``add`` and ``end``, another ``give``. Running dry (``underruns``) costs one
    clean gap: the next block waits until the reserve is there again.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._rate_hz = rate_hz
        self._channels = channels
        self._frame_bytes = 2 * channels
        self._resampler = Resampler(VOICE_RATE_HZ, rate_hz)
        self._reserve = Reserve()
        self._lock = threading.Lock()
        self._queue = bytearray()
        self._dry = True
        self._ending = False
        self._missed_frames = 0
        self.underruns = 0
        self.inserted_seconds = 0.0
        self.dropped_seconds = 0.0

    @property
    def in_hand_seconds(self) -> float:
        """How much sound waits in the queue."""
        return len(self._queue) / self._frame_bytes / self._rate_hz

    def add(self, block: Pcm) -> Pcm:
        """Queue one block (22,050 Hz); return what the speaker gets in its place.

        That is the block, or what is left of it, behind all the silence put in since the block
        before: end to end these are exactly what is played, only later.
        """
        correction = self._correction_seconds(block)
        gap = silence(0)
        before_seconds = self._take_missed_seconds()
        if correction > 0:
            gap = silence(round(correction * self._rate_hz))
            self.inserted_seconds += correction
            before_seconds += correction
        elif correction < 0:
            dropped = min(-correction, BLOCK_SECONDS)
            block = block[round(dropped * VOICE_RATE_HZ) :]
            self.dropped_seconds += dropped
        self._append(gap, self._resampler.process(block))
        return np.concatenate([silence(round(before_seconds * VOICE_RATE_HZ)), block])

    def end(self) -> None:
        """Queue what the filter still holds; running dry is no fault from now on."""
        self._ending = True
        self._append(self._resampler.flush())

    def give(self, frames: int) -> bytes:
        """Return the next ``frames`` for the speaker, ended with silence when there are too few."""
        wanted = frames * self._frame_bytes
        with self._lock:
            ready = bytes(self._queue[:wanted])
            del self._queue[:wanted]
            self._missed_frames += (wanted - len(ready)) // self._frame_bytes
            if len(ready) < wanted and not self._dry:
                self._dry = True
                self.underruns += not self._ending
        return ready.ljust(wanted, b"\0")

    def _take_missed_seconds(self) -> float:
        """Return how much silence was given for want of sound, since it was asked last."""
        with self._lock:
            missed, self._missed_frames = self._missed_frames, 0
        return missed / self._rate_hz

    def _correction_seconds(self, block: Pcm) -> float:
        if self._dry:
            self._reserve.restart()
            return self._reserve.start_seconds
        return self._reserve.correction_seconds(self.in_hand_seconds, not block.any())

    def _append(self, *parts: Pcm) -> None:
        frames = np.repeat(np.concatenate(parts), self._channels).tobytes()
        with self._lock:
            self._queue += frames
            self._dry = False
