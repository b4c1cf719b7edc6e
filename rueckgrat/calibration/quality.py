"""How loud a take is, how far above the room, and whether it has to be asked for once more."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from skill.audio.waves import FRAME_SECONDS, frame_levels_dbfs
from skill.ear.level import SILENCE_DBFS
from skill.messages.blocks import EAR_RATE_HZ, Pcm

_NOISE_SHARE = 0.2
"""The noise is the level that a fifth of the 10 ms frames stay below, as in ``ear.level``."""

_LEAST_RISE_DB = 6.0
_RISE_SHARE = 0.4
"""What rises above the noise by 6 dB, or by 0.4 of the way to the peak, is speech (``ear.level``).
"""

_FULL_SCALE = 32_000
"""From here on (-0.2 dB) a sample counts as clipped: resampling leaves flat tops just below 0."""


class Fault(StrEnum):
    """What is wrong with a take, worst first."""

    SILENT = "silent"
    CLIPPED = "clipped"
    SOFT = "soft"


@dataclass(frozen=True)
class Levels:
    """Levels are RMS in dBFS, the noise at least -75.

    The speech lies between ``start_seconds`` and ``end_seconds``; ``speech_seconds`` counts
    the frames that are speech, without the pauses between them.
    """

    speech_dbfs: float
    noise_dbfs: float
    peak_dbfs: float
    speech_seconds: float
    start_seconds: float
    end_seconds: float
    clipped_samples: int

    @property
    def snr_db(self) -> float:
        """Speech above noise."""
        return self.speech_dbfs - self.noise_dbfs


@dataclass(frozen=True)
class QualityLimits:
    """When a take is no good.

    Shorter than ``least_seconds``, or its loudest 10 ms less than ``least_rise_db`` above the
    noise (steady noise alone reaches 5 dB): nothing was said. ``most_clipped_samples`` may be at
    full scale: one overshoot is inaudible. Speech below ``softest_dbfs``, or less than
    ``least_snr_db`` above the noise, is too soft: words are lost from 10 dB down.
    """

    least_seconds: float = 0.08
    least_rise_db: float = 7.0
    most_clipped_samples: int = 8
    softest_dbfs: float = -48.0
    least_snr_db: float = 10.0


def measure(pcm: Pcm, rate_hz: int = EAR_RATE_HZ) -> Levels:
    """Return the levels of a recording; one that is shorter than 10 ms is silent."""
    frames = _frames(pcm, rate_hz)
    if not frames.size:
        return Levels(SILENCE_DBFS, SILENCE_DBFS, SILENCE_DBFS, 0.0, 0.0, 0.0, 0)
    noise = _noise_dbfs(frames)
    speech = np.flatnonzero(_rises(frames, noise))
    loud = np.abs(pcm.astype(np.int32)) >= _FULL_SCALE
    return Levels(
        speech_dbfs=_mean_dbfs(frames[speech]) if speech.size else noise,
        noise_dbfs=noise,
        peak_dbfs=float(frames.max()),
        speech_seconds=speech.size * FRAME_SECONDS,
        start_seconds=float(speech[0]) * FRAME_SECONDS if speech.size else 0.0,
        end_seconds=float(speech[-1] + 1) * FRAME_SECONDS if speech.size else 0.0,
        clipped_samples=int(np.count_nonzero(loud)),
    )


def fault(levels: Levels, limits: QualityLimits | None = None) -> Fault | None:
    """Return what is wrong with a take of speech; None: nothing."""
    limits = limits or QualityLimits()
    rise_db = levels.peak_dbfs - levels.noise_dbfs
    if levels.speech_seconds < limits.least_seconds or rise_db < limits.least_rise_db:
        return Fault.SILENT
    if levels.clipped_samples > limits.most_clipped_samples:
        return Fault.CLIPPED
    if levels.speech_dbfs < limits.softest_dbfs or levels.snr_db < limits.least_snr_db:
        return Fault.SOFT
    return None


def speech_frames(pcm: Pcm, rate_hz: int = EAR_RATE_HZ) -> NDArray[np.bool_]:
    """Return for each 10 ms of a recording whether it is speech, or any other sound."""
    frames = _frames(pcm, rate_hz)
    return _rises(frames, _noise_dbfs(frames)) if frames.size else np.zeros(0, dtype=np.bool_)


def _frames(pcm: Pcm, rate_hz: int) -> NDArray[np.float64]:
    """Return the level of each 10 ms, without a constant offset: the ear takes it out as well."""
    offset = np.int32(np.rint(pcm.mean())) if pcm.size else np.int32(0)
    return frame_levels_dbfs(pcm - offset, rate_hz)


def _noise_dbfs(frames: NDArray[np.float64]) -> float:
    return max(float(np.quantile(frames, _NOISE_SHARE)), SILENCE_DBFS)


def _rises(frames: NDArray[np.float64], noise: float) -> NDArray[np.bool_]:
    rise = max(_LEAST_RISE_DB, _RISE_SHARE * (float(frames.max()) - noise))
    return np.asarray(frames > noise + rise)


def _mean_dbfs(levels: np.ndarray) -> float:
    """Return the level of the mean power."""
    return 10.0 * float(np.log10(np.mean(10.0 ** (levels / 10.0))))
