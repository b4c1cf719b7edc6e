"""What every rendered line goes through: silence off both ends, and an even loudness."""

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import VOICE_RATE_HZ, Pcm, silence
from skill.voice.loudness import SPEECH_LUFS, factor, loudness

CEILING_DB = -3.0
"""No line's peak is above this, in dB of full scale, so that breath and sign tones fit on top."""

_ROUNDS = 3
"""What was limited is a little quieter than it was to be: it is raised and limited once more."""

_ONSET_DB = -40.0
"""A line begins and ends where its waveform passes this level below its own peak."""

_FRAME_SAMPLES = VOICE_RATE_HZ // 1_000
_REACH_FRAMES = 5
"""The limiter begins to give way 5 ms before a peak, and is back 5 ms after it."""

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
    heights = np.abs(pcm.astype(np.int32))
    peak = int(heights.max(initial=0))
    if not peak:
        return silence(0)
    sounding = np.flatnonzero(heights > peak * factor(_ONSET_DB))
    onset, end = int(sounding[0]), int(sounding[-1]) + 1
    lead = min(onset, _LEAD_SAMPLES)
    tail = min(len(pcm) - end, _TAIL_SAMPLES)
    kept = pcm[onset - lead : end + tail].astype(np.float32)
    kept[:lead] *= np.linspace(0, 1, lead, endpoint=False, dtype=np.float32)
    kept[len(kept) - tail :] *= np.linspace(1, 0, tail, dtype=np.float32)
    return np.rint(kept).astype(np.int16)


def level(pcm: Pcm) -> Pcm:
    """Bring a line to the common loudness; peaks that are too high for it are held down gently."""
    samples, ceiling = pcm / 32_768, factor(CEILING_DB)
    for _ in range(_ROUNDS):
        missing = SPEECH_LUFS - loudness(samples)
        if not np.isfinite(missing):
            return pcm
        raised = samples * factor(missing)
        samples = limited(raised, ceiling)
        if samples is raised:
            break
    levelled: Pcm = np.rint(samples * 32_768).astype(np.int16)
    return levelled


def limited(samples: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """Return the samples with no peak above the ceiling: turned down before it, and up behind it.

    The gain moves in a straight line from one millisecond to the next, so nothing is bent.
    """
    if np.abs(samples).max(initial=0.0) <= ceiling:
        return samples
    frames = -(-len(samples) // _FRAME_SAMPLES)
    padded = np.pad(samples, (0, frames * _FRAME_SAMPLES - len(samples)))
    peaks = np.abs(padded).reshape(frames, _FRAME_SAMPLES).max(axis=1)
    needed = ceiling / np.maximum(peaks, ceiling)
    around = np.lib.stride_tricks.sliding_window_view
    reach = 2 * _REACH_FRAMES + 1
    # Before and behind a frame all that is averaged is no more than that frame may have.
    least = around(np.pad(needed, reach, mode="edge"), reach + 1).min(axis=1)
    gains = around(least, reach).mean(axis=1)
    edges = np.arange(len(gains)) * _FRAME_SAMPLES
    gain: NDArray[np.float64] = np.interp(np.arange(len(samples)), edges, gains)
    return samples * gain
