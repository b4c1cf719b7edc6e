"""The loop test: the trainer plays a sentence and hears itself."""

from dataclasses import dataclass
from statistics import median
from threading import Event

import numpy as np
from numpy.typing import NDArray

from skill.audio.devices import SoundCard
from skill.audio.live import run_live
from skill.audio.resample import output_samples, resample
from skill.audio.waves import frame_levels_dbfs
from skill.ear.echo_delay import MOST_SAMPLES, WINDOW_SAMPLES, find_delay
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_BLOCK_SAMPLES,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)

_BEFORE_BLOCKS, _AFTER_BLOCKS = 12, 15
"""Silence around the sentence: for the noise of the room, and for an echo that comes late."""

_START_BLOCKS = 5
"""A microphone that has just been opened may begin with a click, or with zeros."""

_LOOK_BLOCKS = 2
_SAME_SAMPLES = 4 * EAR_RATE_HZ // 1000
"""Delays found so near each other are the same, as in ``ear.echo_canceller``."""

_LEAST_LOOKS = 2
_WITHIN_DB = 20.0
"""Frames of the sentence so near its loudest one are played; the others are pauses."""

_LOWEST_DBFS = -120.0
_FULL_SCALE = 32_000


@dataclass(frozen=True)
class Loop:
    """What became of the sentence. ``delay_seconds``: from session to session; None: not heard.

    Levels are RMS in dBFS: of the sentence as played, of its echo, of the room before it.
    """

    delay_seconds: float | None
    played_dbfs: float
    echo_dbfs: float
    noise_dbfs: float
    clipped_samples: int
    silent: bool
    """Nothing at all came from the microphone."""

    @property
    def echo_over_played_db(self) -> float:
        """How much louder (or, negative, softer) the echo is than what is played."""
        return self.echo_dbfs - self.played_dbfs


def chirp() -> Pcm:
    """Return a rising tone of 1.5 s at 22,050 Hz, 300 to 4,000 Hz: for where there is no voice."""
    seconds = np.arange(round(1.5 * VOICE_RATE_HZ)) / VOICE_RATE_HZ
    phase = 2 * np.pi * (300 * seconds + (4_000 - 300) / 3.0 * seconds**2)
    fade = np.minimum(1.0, np.minimum(seconds, seconds[::-1]) / 0.02)
    return np.asarray(np.rint(6_000 * fade * np.sin(phase)).astype(np.int16))


class Echoed:
    """Plays a sentence and keeps what is heard; satisfies ``SessionLike`` of ``audio.live``."""

    def __init__(self, said: Pcm) -> None:
        blocks = -(-said.size // VOICE_BLOCK_SAMPLES)
        padded = np.pad(said, (0, blocks * VOICE_BLOCK_SAMPLES - said.size))
        quiet = silence(VOICE_BLOCK_SAMPLES)
        self._to_play = [
            *[quiet] * _BEFORE_BLOCKS,
            *padded.reshape(blocks, -1),
            *[quiet] * _AFTER_BLOCKS,
        ]
        self._own = quiet
        self.heard: list[Pcm] = []
        self.played: list[Pcm] = []

    @property
    def finished(self) -> bool:
        """True when all has been played and heard."""
        return len(self.heard) >= len(self._to_play)

    def lost(self, audible: bool) -> bool:  # noqa: ARG002
        """See ``Session.lost``: whoever runs the loop sees to its end."""
        return False

    def back(self) -> None:
        """See ``Session.back``."""

    def process(self, block: Pcm, played: Pcm | None = None) -> Pcm:
        """See ``Session.process``."""
        self.played.append(self._own if played is None else played)
        self._own = self._to_play[len(self.heard)]
        self.heard.append(block)
        return self._own


def run_loop(
    card: SoundCard, microphone: str | None, speaker: str | None, said: Pcm, stop: Event
) -> Loop:
    """Play ``said`` (22,050 Hz) and listen. AudioError when a device cannot be opened.

    Ends early when ``stop`` is set, or a device vanishes.
    """
    echoed = Echoed(said)
    run_live(echoed, microphone, speaker, lambda _lost: stop.set(), stop=stop, card=card)
    return measure_loop(echoed.heard, echoed.played)


def measure_loop(heard: list[Pcm], played: list[Pcm]) -> Loop:
    """Find what was played in what was heard, block for block as ``Session.process`` takes them.

    Blocks played (22,050 Hz) are longer or shorter where silence was added or sound dropped: end
    to end they are what the loudspeaker was given, so the echo stays where it is on that clock.
    """
    if not heard:
        return Loop(None, _LOWEST_DBFS, _LOWEST_DBFS, _LOWEST_DBFS, 0, silent=True)
    ear = np.concatenate(heard)
    own = resample(np.concatenate(played), VOICE_RATE_HZ, EAR_RATE_HZ)
    ends = [
        output_samples(int(end), VOICE_RATE_HZ, EAR_RATE_HZ)
        for end in np.cumsum([block.size for block in played])
    ]
    delay_samples, lead_samples = _find(ear, own, ends)
    quiet = slice(_START_BLOCKS * EAR_BLOCK_SAMPLES, _BEFORE_BLOCKS * EAR_BLOCK_SAMPLES)
    noise_dbfs = _level_dbfs(ear[quiet])
    own_frames = frame_levels_dbfs(own, EAR_RATE_HZ)
    loud = own_frames > max(own_frames.max(initial=_LOWEST_DBFS) - _WITHIN_DB, -100.0)
    echo_dbfs = noise_dbfs
    if delay_samples is not None:
        there = frame_levels_dbfs(_shifted(ear, lead_samples, own.size), EAR_RATE_HZ)
        power = _mean_power(there[: loud.size][loud[: there.size]]) - 10 ** (noise_dbfs / 10)
        echo_dbfs = float(10 * np.log10(max(power, 10 ** (_LOWEST_DBFS / 10))))
    return Loop(
        None if delay_samples is None else delay_samples / EAR_RATE_HZ,
        float(10 * np.log10(max(_mean_power(own_frames[loud]), 10 ** (_LOWEST_DBFS / 10)))),
        echo_dbfs,
        noise_dbfs,
        int(np.count_nonzero(np.abs(ear.astype(np.int32)) >= _FULL_SCALE)),
        silent=bool(ear.min() == ear.max()),
    )


def _find(ear: Pcm, own: Pcm, ends: list[int]) -> tuple[int | None, int]:
    """Return the delay, and by how much the echo lies behind on the two streams' own clocks.

    A delay counts when two searches have found it: one alone may be chance.
    """
    delays, leads = [], []
    for block in range(_BEFORE_BLOCKS, len(ends), _LOOK_BLOCKS):
        heard_until, own_until = (block + 1) * EAR_BLOCK_SAMPLES, ends[block]
        window = _until(own, own_until, WINDOW_SAMPLES + MOST_SAMPLES)
        if not window.any():
            continue
        delay = find_delay(_until(ear, heard_until, WINDOW_SAMPLES), window)
        if delay is not None:
            delays.append(delay)
            leads.append(delay + heard_until - own_until)
    if not leads:
        return None, 0
    lead = round(median(leads))
    same = [one for one, at in zip(delays, leads, strict=True) if abs(at - lead) <= _SAME_SAMPLES]
    return (round(median(same)), lead) if len(same) >= _LEAST_LOOKS else (None, 0)


def _until(pcm: Pcm, end: int, samples: int) -> Pcm:
    """Return the ``samples`` before ``end``; before the beginning was silence, and after it."""
    held = pcm[max(0, end - samples) : end]
    held = np.pad(held, (0, max(0, min(end, samples) - held.size)))
    return np.pad(held, (samples - held.size, 0))


def _shifted(pcm: Pcm, late_samples: int, samples: int) -> Pcm:
    """Return ``pcm`` as it was ``late_samples`` earlier, ``samples`` long."""
    moved = pcm[late_samples:] if late_samples >= 0 else np.pad(pcm, (-late_samples, 0))
    return np.pad(moved, (0, max(0, samples - moved.size)))[:samples]


def _level_dbfs(pcm: Pcm) -> float:
    frames = frame_levels_dbfs(pcm, EAR_RATE_HZ)
    return float(10 * np.log10(max(_mean_power(frames), 10 ** (_LOWEST_DBFS / 10))))


def _mean_power(levels_dbfs: NDArray[np.float64]) -> float:
    return float(np.mean(10 ** (levels_dbfs / 10))) if levels_dbfs.size else 0.0


def seconds_of(said: Pcm) -> float:
    """Return how long the test with this sentence takes."""
    return (_BEFORE_BLOCKS + _AFTER_BLOCKS + 1) * BLOCK_SECONDS + said.size / VOICE_RATE_HZ
