"""What to do about microphone and room, from the levels of the takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rueckgrat.calibration.quality import Levels, QualityLimits

_CLIPPED_SHARE = 0.1
_LOUDEST_DBFS = -14.0
"""Speech of this mean level has peaks near full scale (speech peaks lie 12 to 18 dB above it)."""
_SOFTEST_DBFS = -40.0
_LEAST_SNR_DB = 15.0
_LOUDEST_NOISE_DBFS = -45.0


@dataclass(frozen=True)
class Overview:
    """The takes of speech at a glance: medians in dBFS, ``clipped`` of ``takes``."""

    speech_dbfs: float
    noise_dbfs: float
    clipped: int
    takes: int

    @property
    def snr_db(self) -> float:
        """Speech above noise."""
        return self.speech_dbfs - self.noise_dbfs


def overview(levels: Sequence[Levels], limits: QualityLimits | None = None) -> Overview:
    """Return the overview of takes of speech, of which there must be at least one."""
    most = (limits or QualityLimits()).most_clipped_samples
    return Overview(
        median(one.speech_dbfs for one in levels),
        median(one.noise_dbfs for one in levels),
        sum(one.clipped_samples > most for one in levels),
        len(levels),
    )


def advice(seen: Overview) -> list[str]:
    """Return names of fields of ``script.MicrophoneAdvice``, the most important first."""
    found = []
    if seen.clipped > _CLIPPED_SHARE * seen.takes:
        found.append("clipped")
    elif seen.speech_dbfs > _LOUDEST_DBFS:
        found.append("loud")
    if seen.snr_db < _LEAST_SNR_DB:
        found.append("noisy" if seen.noise_dbfs > _LOUDEST_NOISE_DBFS else "soft_in_noise")
    elif seen.speech_dbfs < _SOFTEST_DBFS:
        found.append("soft")
    return found or ["good"]
