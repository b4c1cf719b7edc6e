"""The only module that knows pyaec: Speex' echo canceller behind ``EchoFilter``."""

import numpy as np

from skill.messages.blocks import EAR_RATE_HZ, Pcm, silence

FRAME_SAMPLES = 160
"""10 ms, a tenth of a block: longer frames cost less and learn the room more slowly."""

FILTER_SAMPLES = 8_192
"""512 ms of the room's response. Half of it does for a living room; in halls (0.9 to 1.3 s until
the sound has fallen by 60 dB) this takes out 6 dB more and costs half as much again."""


class SpeexFilter:
    """An adaptive filter (Speex' MDF, from libspeexdsp, through pyaec).

    Nothing else of Speex is used: no noise suppression and no gain control, which bend the voice
    that the recogniser was trained on. What comes out has lost 12 dB below 250 Hz: pyaec does not
    tell libspeexdsp the sample rate, whose high-pass is then set for half of it. Raises
    ImportError where pyaec is not installed, or has no library for this machine.
    """

    def __init__(self) -> None:
        try:
            from pyaec import Aec
        except (AttributeError, OSError) as error:  # its library cannot be loaded
            raise ImportError(f"pyaec does not work here: {error}") from error
        self._aec = Aec(FRAME_SAMPLES, FILTER_SAMPLES, EAR_RATE_HZ, enable_preprocess=False)

    def process(self, heard: Pcm, reference: Pcm) -> Pcm:
        """See ``EchoFilter.process``; whole frames of 160 samples."""
        cleaned = silence(heard.size)
        for start in range(0, heard.size, FRAME_SAMPLES):
            frame = slice(start, start + FRAME_SAMPLES)
            cleaned[frame] = self._aec.cancel_echo(heard[frame].tolist(), reference[frame].tolist())
        return np.asarray(cleaned)
