"""The room between loudspeaker and microphone: noise, and the echo of the coach's own voice."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rueckgrat.replay.dialog import Echo
from rueckgrat.replay.track import Track
from skill.audio.resample import Resampler
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, VOICE_RATE_HZ, Pcm

_FRAME_SAMPLES = EAR_RATE_HZ // 50
_SPEECH_RANGE_DB = 30.0
"""Frames this far below a recording's loudest one are pauses, not speech."""


_DIRECT: NDArray[np.float64] = np.ones(1)


class Room:
    """Turns what the user says into what the microphone hears.

    ``noise`` (16 kHz) is looped from the first sample on; see ``at_snr`` for its level.
    ``response`` (16 kHz) is what becomes of a click on its way from the loudspeaker to the
    microphone, once the echo's delay is over: by default a click as loud; see ``reverberation``.
    """

    def __init__(
        self,
        noise: Pcm | None = None,
        echo: Echo | None = None,
        response: NDArray[np.float64] = _DIRECT,
    ) -> None:
        self._noise = noise
        self._noise_position = 0
        self._response = response * (gain(echo.level) if echo else 0.0)
        self._resampler = Resampler(VOICE_RATE_HZ, EAR_RATE_HZ)
        self._echo = Track()
        # The first block played sounds while the second one is heard.
        self._echo_end = EAR_BLOCK_SAMPLES + round((echo.delay if echo else 0) * EAR_RATE_HZ)

    def hear(self, user: Pcm) -> Pcm:
        """Return the next microphone block (1,600 samples) for what the user says in it."""
        mixed = user.astype(np.float64)
        if self._noise is not None:
            mixed += self._next_noise(self._noise)
        mixed += self._echo.take(EAR_BLOCK_SAMPLES)
        return _to_int16(mixed)

    def play(self, coach: Pcm) -> None:
        """Take the block (2,205 samples at 22,050 Hz) that begins to sound now."""
        if self._response.any():
            heard = self._resampler.process(coach)
            self._echo.put(self._echo_end, _to_int16(convolved(heard, self._response)))
            self._echo_end += heard.size

    def _next_noise(self, noise: Pcm) -> Pcm:
        positions = np.arange(self._noise_position, self._noise_position + EAR_BLOCK_SAMPLES)
        self._noise_position += EAR_BLOCK_SAMPLES
        return np.asarray(noise[positions % noise.size])


def gain(decibels: float) -> float:
    """Return the factor of a level."""
    return float(10.0 ** (decibels / 20.0))


def reverberation(seconds: float, seed: int = 1) -> NDArray[np.float64]:
    """Return the response (16 kHz) of a room in which sound falls by 60 dB in so many seconds.

    The direct sound, and behind it noise as strong in all that dies away evenly (Moorer 1979): a
    loudspeaker about as far away as in a living room. Both together are as loud as a click of 1.
    """
    if not seconds:
        return _DIRECT
    times = np.arange(1, round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ
    tail = np.random.default_rng(seed).normal(size=times.size) * 10.0 ** (-3.0 * times / seconds)
    tail /= max(1e-9, float(np.sqrt(np.sum(tail**2))))
    response = np.concatenate([[1.0], tail])
    return response / float(np.sqrt(np.sum(response**2)))


def convolved(samples: Pcm, response: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the response makes of the samples, to the end of its tail."""
    if not samples.size:
        return np.zeros(0)
    length = samples.size + response.size - 1
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(response, length)
    return np.asarray(np.fft.irfft(spectrum, length))


def at_snr(noise: Pcm, speech: Iterable[Pcm], snr_db: float) -> Pcm:
    """Return ``noise`` at ``snr_db`` below the mean level of ``speech``.

    Levels are root mean squares; pauses within the recordings don't count as speech. Without
    any speech the noise stays as it is.
    """
    powers = np.concatenate([np.zeros(0), *map(_speech_powers, speech)])
    loudness = np.mean(noise.astype(np.float64) ** 2)
    if not powers.size or not loudness:
        return noise
    factor = float(np.sqrt(powers.mean() / loudness)) * gain(-snr_db)
    return _to_int16(noise * factor)


def _to_int16(samples: NDArray[np.floating[Any]]) -> Pcm:
    pcm: Pcm = np.clip(np.rint(samples), -32_768, 32_767).astype(np.int16)
    return pcm


def _speech_powers(pcm: Pcm) -> NDArray[np.float64]:
    frames = pcm[: pcm.size // _FRAME_SAMPLES * _FRAME_SAMPLES].reshape(-1, _FRAME_SAMPLES)
    powers = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return np.asarray(powers[powers > powers.max(initial=0.0) * gain(-2 * _SPEECH_RANGE_DB)])
