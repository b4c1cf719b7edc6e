"""Takes the coach's own voice out of what the microphone hears, before the ear listens."""

import logging
from typing import Protocol

import numpy as np

from skill.audio.resample import Resampler
from skill.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, VOICE_RATE_HZ, Pcm, silence
from skill.ear.echo_delay import MOST_SAMPLES, WINDOW_SAMPLES, find_delay
from skill.ear.echo_residual import ResidualSuppressor
from skill.ear.echo_speex import FILTER_SAMPLES, SpeexFilter
from skill.heard import Heard, Listening

_log = logging.getLogger(__name__)

_AHEAD_SAMPLES = 4 * EAR_RATE_HZ // 1000
"""The reference comes 4 ms before its echo, so that an early reflection finds room as well."""

_LEAST_AHEAD_SAMPLES = 44 * EAR_RATE_HZ // 1000
"""So late at most the rate filter gives what was played; no echo returns sooner (docs/audio.md)."""

_NEAR_SAMPLES = 4 * EAR_RATE_HZ // 1000
"""A delay found so near the known one is the same: the filter itself follows it."""

_LOOK_BLOCKS = 5
"""Blocks of the coach's voice between two looks at the delay."""

_LEAST_BLOCKS = 10
"""Blocks of the coach's voice before the first look: half of the window."""

_SUFFICIENT_REDUCTION = 4.0
"""While the echo's power falls to a quarter (6 dB) there is no need to look at the delay."""

_FORGET_SHARE = 0.1
"""Powers are averaged over about 1 s of blocks."""


class EchoFilter(Protocol):
    """An adaptive filter that learns how the loudspeaker sounds at the microphone."""

    def process(self, heard: Pcm, reference: Pcm) -> Pcm:
        """Return ``heard`` (1,600 samples at 16 kHz) without what ``reference`` left in it.

        The reference must be in time: its sound reaches the microphone in the very sample, or up
        to the filter's length later.
        """
        ...


class Listener(Protocol):
    """What hears the cleaned block; any ``skill.session.EarLike``."""

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take one block (1,600 samples at 16 kHz); return what was decided in it."""
        ...


class EchoCancellingEar:
    """An ear that no longer hears the coach; satisfies ``skill.session.EarLike``."""

    def __init__(self, ear: Listener, canceller: "EchoCanceller") -> None:
        self._ear = ear
        self._canceller = canceller

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take one block and what the loudspeaker was given for it; listen to what is left."""
        return self._ear.process(self._canceller.process(block, listening.own), listening)


class EchoCanceller:
    """Keeps in time what was played and what is heard, and has the one taken out of the other.

    The delay between them is unknown, differs from device to device and jumps whenever sound is
    lost or inserted on the way. It is looked for while the coach speaks, and again whenever the
    filter does not reduce the echo. Until it is known, and where the coach is silent, blocks pass
    as they are.
    """

    def __init__(self, echo_filter: EchoFilter) -> None:
        self.delay_samples: int | None = None
        """From what was played to its echo; None until it has been found."""
        self._filter = echo_filter
        self._suppressor = ResidualSuppressor()
        self._resampler = Resampler(VOICE_RATE_HZ, EAR_RATE_HZ)
        self._own = _Past(WINDOW_SAMPLES + MOST_SAMPLES)
        self._heard = _Past(WINDOW_SAMPLES)
        self._reduction = _Reduction()
        self._candidate: int | None = None
        self._blocks_to_look = _LEAST_BLOCKS

    def process(self, heard: Pcm, own: Pcm) -> Pcm:
        """Return the block heard (16 kHz) without the coach's voice; 10 ms late while it sounds.

        ``own`` is what the loudspeaker was given for this time (22,050 Hz); see ``Listening.own``.
        """
        self._own.add(self._resampler.process(own), EAR_BLOCK_SAMPLES)
        self._heard.add(heard, heard.size)
        if own.any():
            self._look()
        return self._cleaned(heard)

    def _cleaned(self, heard: Pcm) -> Pcm:
        if self.delay_samples is None:
            return heard
        late = max(self.delay_samples - _AHEAD_SAMPLES, _LEAST_AHEAD_SAMPLES)
        reference = self._own.until(late, heard.size + FILTER_SAMPLES)
        if not reference.any():
            return heard
        filtered = self._filter.process(heard, reference[FILTER_SAMPLES:])
        if not self._reduction.add(heard, filtered):
            filtered = heard
        return self._suppressor.process(heard, filtered)

    def _look(self) -> None:
        """Look for the delay now and then, if there is a need."""
        self._blocks_to_look -= 1
        if self._blocks_to_look > 0 or self._reduction.sufficient:
            return
        self._blocks_to_look = _LOOK_BLOCKS
        found = find_delay(
            self._heard.until(0, WINDOW_SAMPLES), self._own.until(0, WINDOW_SAMPLES + MOST_SAMPLES)
        )
        if found is None or _near(found, self.delay_samples):
            return
        # Once is enough to begin with; a known delay is given up only for one found twice.
        if self.delay_samples is None or _near(found, self._candidate):
            _log.debug("The coach is heard after %.0f ms.", 1000 * found / EAR_RATE_HZ)
            self.delay_samples = found
        self._candidate = found


def without_echo(ear: Listener) -> Listener:
    """Return the ear behind an echo canceller; the ear itself where none is installed."""
    try:
        return EchoCancellingEar(ear, EchoCanceller(SpeexFilter()))
    except ImportError as error:
        _log.info("The coach's voice is not taken out of what the microphone hears: %s", error)
        return ear


class _Past:
    """The last samples of a stream on the ear's clock; before its beginning was silence."""

    def __init__(self, samples: int) -> None:
        self._samples = silence(samples)
        self._missing = 0

    def add(self, pcm: Pcm, clock_samples: int) -> None:
        """Take what has come while the clock moved on; it may be less, and come later."""
        self._samples = np.concatenate([self._samples, pcm])[-self._samples.size :]
        self._missing += clock_samples - pcm.size

    def until(self, late_samples: int, samples: int) -> Pcm:
        """Return ``samples`` up to the time that lies ``late_samples`` before now."""
        end = self._samples.size + self._missing - late_samples
        held = self._samples[max(0, end - samples) : end]
        return np.pad(held, (0, max(0, samples - held.size)))


class _Reduction:
    """Whether the filter takes anything away: powers of the last second, before and after."""

    def __init__(self) -> None:
        self._heard = 0.0
        self._cleaned = 0.0

    @property
    def sufficient(self) -> bool:
        """Return whether the echo has become so much weaker that filter and delay must be right."""
        return self._heard > _SUFFICIENT_REDUCTION * self._cleaned

    def add(self, heard: Pcm, cleaned: Pcm) -> bool:
        """Take a block before and after; return whether it has not become louder."""
        heard_power, cleaned_power = _power(heard), _power(cleaned)
        self._heard += _FORGET_SHARE * (heard_power - self._heard)
        self._cleaned += _FORGET_SHARE * (cleaned_power - self._cleaned)
        return cleaned_power <= heard_power


def _near(delay: int, other: int | None) -> bool:
    return other is not None and abs(delay - other) <= _NEAR_SAMPLES


def _power(pcm: Pcm) -> float:
    return float(np.mean(np.square(pcm, dtype=np.float32)))
