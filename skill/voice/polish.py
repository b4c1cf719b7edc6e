"""What every rendered line goes through: silence off both ends, and an even loudness."""

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence

LOUDNESS_DB = -22.0
"""RMS of the sounding parts of a line, in dB of full scale.

espeak-ng's short words lie between -17 and -24 dB, with peaks up to 18.5 dB above: at -22 dB the
peaks of every line stay below the ceiling, so that nothing has to be limited.
"""

CEILING_DB = -3.0
"""No line's peak is above this, so that breath and sign tones fit on top."""

_ONSET_DB = -40.0
"""A line begins and ends where its waveform passes this level below its own peak."""

_SOUNDING_DB = -30.0
"""Frames this far below the loudest are pauses and don't count for the loudness."""

_FRAME_SAMPLES = VOICE_RATE_HZ // 50
_LEAD_SAMPLES = VOICE_RATE_HZ * 2 // 1000
_TAIL_SAMPLES = VOICE_RATE_HZ * 10 // 1000


def polish(pcm: Pcm) -> Pcm:
    """Return a rendering (22,050 Hz) trimmed and levelled; nothing if it is all silence."""
    return level(trim(pcm))


def trim(pcm: Pcm) -> Pcm:
    """Cut the silence off both ends, keeping 2 ms before the onset and 10 ms after the end.

    espeak-ng puts 0 to 60 ms before a line and 400 to 470 ms after it. What is kept around the
    sound is faded, so that no click is left where a voice has no true silence.
    """
    loudness = np.abs(pcm.astype(np.int32))
    peak = int(loudness.max(initial=0))
    if not peak:
        return silence(0)
    sounding = np.flatnonzero(loudness > peak * _factor(_ONSET_DB))
    onset, end = int(sounding[0]), int(sounding[-1]) + 1
    lead = min(onset, _LEAD_SAMPLES)
    tail = min(len(pcm) - end, _TAIL_SAMPLES)
    kept = pcm[onset - lead : end + tail].astype(np.float32)
    kept[:lead] *= np.linspace(0, 1, lead, endpoint=False, dtype=np.float32)
    kept[len(kept) - tail :] *= np.linspace(1, 0, tail, dtype=np.float32)
    return np.rint(kept).astype(np.int16)


def level(pcm: Pcm) -> Pcm:
    """Bring a line to the common loudness, as far as its peak stays below the ceiling."""
    if not pcm.any():
        return pcm
    samples = pcm.astype(np.float32) / np.float32(32_768)
    gain = min(
        _factor(LOUDNESS_DB) / _sounding_rms(samples),
        _factor(CEILING_DB) / float(np.abs(samples).max()),
    )
    levelled: Pcm = np.rint(samples * (gain * 32_768)).astype(np.int16)
    return levelled


def _sounding_rms(samples: NDArray[np.float32]) -> float:
    whole = -(-len(samples) // _FRAME_SAMPLES) * _FRAME_SAMPLES
    frames = np.pad(samples, (0, whole - len(samples))).reshape(-1, _FRAME_SAMPLES)
    power = np.mean(frames**2, axis=1)
    return float(np.sqrt(power[power >= power.max() * _factor(_SOUNDING_DB) ** 2].mean()))


def _factor(decibels: float) -> float:
    return float(10 ** (decibels / 20))
