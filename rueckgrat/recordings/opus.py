"""A session as Opus in Ogg: what a browser plays, in a twentieth of the space of a WAV."""

import contextlib
import logging
import tempfile
from pathlib import Path
from typing import IO

import numpy as np
import soundfile

from skill.audio.resample import Resampler
from skill.errors import reason
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ, Pcm, silence

_log = logging.getLogger(__name__)

OPUS_RATE_HZ = 24_000
"""The rate of Opus that holds all that the coach's 22,050 Hz can."""

_BITS_PER_SECOND = 40_000
"""For both channels; in a training 38,000 come out, 17 MB an hour. Below, Opus takes another way
that costs three times as much time (measured: 32,000)."""

_LEAST_OF_CHANNEL, _MOST_OF_CHANNEL = 6_000, 256_000
"""What libsndfile makes of the levels 1 and 0 (``ogg_opus.c``)."""


class OpusRecording:
    """A session as stereo Opus at 24 kHz: left what was heard, right what was played.

    A played block sounds from the moment it is returned, as in ``SessionRecording``. The file has
    no name, so nothing is left behind by a program that is killed. It costs 0.6 ms for a block of
    100 ms (measured on one core of a server). A disk that fills up, or a libsndfile without Opus,
    ends it with a warning: then there is no sound.
    """

    def __init__(self, folder: Path) -> None:
        self._from_ear = Resampler(EAR_RATE_HZ, OPUS_RATE_HZ)
        self._from_voice = Resampler(VOICE_RATE_HZ, OPUS_RATE_HZ)
        self._left: Pcm = silence(0)
        self._right: Pcm = silence(OPUS_RATE_HZ // 10)
        self._raw: IO[bytes] | None = None
        self._file: soundfile.SoundFile | None = None
        per_channel = _BITS_PER_SECOND / 2
        level = (_MOST_OF_CHANNEL - per_channel) / (_MOST_OF_CHANNEL - _LEAST_OF_CHANNEL)
        try:
            self._raw = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
            self._file = soundfile.SoundFile(
                self._raw.fileno(),
                "w",
                OPUS_RATE_HZ,
                2,
                format="OGG",
                subtype="OPUS",
                compression_level=level,
                closefd=False,
            )
        except (OSError, RuntimeError) as error:
            self._give_up(error)

    def write(self, heard: Pcm, played: Pcm) -> None:
        """Add the block heard (16 kHz) and the block played in answer (22,050 Hz)."""
        self._left = np.concatenate([self._left, self._from_ear.process(heard)])
        self._right = np.concatenate([self._right, self._from_voice.process(played)])
        ready = min(self._left.size, self._right.size)
        self._put(self._left[:ready], self._right[:ready])
        self._left, self._right = self._left[ready:], self._right[ready:]

    def close(self) -> IO[bytes] | None:
        """End the recording; return its file from the beginning, or None if there is none."""
        left = np.concatenate([self._left, self._from_ear.flush()])
        right = np.concatenate([self._right, self._from_voice.flush()])
        length = max(left.size, right.size)
        self._put(*(np.pad(one, (0, length - one.size)) for one in (left, right)))
        try:
            if self._file:
                self._file.close()
        except (OSError, RuntimeError) as error:
            self._give_up(error)
        if self._raw:
            self._raw.seek(0)
        return self._raw

    def _put(self, left: Pcm, right: Pcm) -> None:
        try:
            if self._file and left.size:
                self._file.write(np.stack([left, right], axis=1))
        except (OSError, RuntimeError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        _log.warning("Den Ton von session.html kann ich nicht schreiben (%s).", reason(error))
        for file in (self._file, self._raw):
            with contextlib.suppress(OSError, RuntimeError):
                if file:
                    file.close()
        self._file = self._raw = None
