"""Takes the coach's own voice out of what the microphone hears: in time, once it has learnt how."""

import logging
from math import inf, log10
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from skill.audio.resample import Resampler, output_samples
from skill.ear.echo_delay import MOST_SAMPLES, WINDOW_SAMPLES, find_delay
from skill.ear.echo_speex import FILTER_SAMPLES
from skill.messages.blocks import EAR_BLOCK_SAMPLES, EAR_RATE_HZ, VOICE_RATE_HZ, Pcm, silence

_log = logging.getLogger(__name__)

_AHEAD_SAMPLES = 4 * EAR_RATE_HZ // 1000
"""The reference comes 4 ms before its echo, so that an early reflection finds room as well."""

_LEAST_AHEAD_SAMPLES = 44 * EAR_RATE_HZ // 1000
"""So late at most the rate filter gives what was played; no echo returns sooner (docs/audio.md)."""

_NEAR_SAMPLES = 4 * EAR_RATE_HZ // 1000
"""A delay found so near the known one is the same: the filter itself follows it."""

_LOOK_BLOCKS = 3
"""Blocks of the coach's voice between two looks at the delay."""

_LEAST_BLOCKS = 5
"""Blocks of the coach's voice before the first look: half of the window."""

_SUFFICIENT_REDUCTION = 4.0
"""While the echo's power falls to a quarter (6 dB) there is no need to look at the delay."""

_LEARNT_BLOCKS = 10
"""So many blocks with sound must have been reduced, one after the other, before the filter counts.
A person without any echo brings about less: a word of theirs that is like one of the coach's may be
taken for its echo, and the filter then takes that one word away."""

_SOUND_POWER = 100.0**2
"""A block softer than this (-50 dBFS) tells nothing of the echo."""

_FORGET_SHARE = 0.1
"""Powers are averaged over about 1 s of blocks."""

_TAIL_PER_BLOCK = 0.25
"""A power: a room's sound falls by 6 dB in 100 ms, by 60 dB in 1 s."""


class EchoFilter(Protocol):
    """An adaptive filter that learns how the loudspeaker sounds at the microphone."""

    def process(self, heard: Pcm, reference: Pcm) -> Pcm:
        """Return ``heard`` (1,600 samples at 16 kHz) without what ``reference`` left in it.

        The reference must be in time: its sound reaches the microphone in the very sample, or up
        to the filter's length later.
        """
        ...


class EchoCanceller:
    """Keeps in time what was played and what is heard, and has the one taken out of the other.

    The delay between them is unknown, differs from device to device and jumps whenever sound is
    lost on the way. It is looked for while the coach speaks, and again whenever the
    filter does not reduce the echo. Until the filter has learnt the room once, and where the coach
    is silent, blocks pass as they are: pieces of an echo are more easily taken for words than the
    whole of it. A block that the filter made louder passes as it was, too.
    """

    def __init__(self, echo_filter: EchoFilter) -> None:
        self.delay_samples: int | None = None
        """From what was played to its echo; None until it has been found."""
        self.above_echo_db = inf
        """Level of what was left in the last block, over that of the echo taken out of it."""
        self._echo_power = 0.0
        self._has_learnt = False
        self._reduced_blocks = 0
        self._filter = echo_filter
        self._resampler = Resampler(VOICE_RATE_HZ, EAR_RATE_HZ)
        self._own = _Past(WINDOW_SAMPLES + MOST_SAMPLES)
        self._heard = _Past(WINDOW_SAMPLES)
        self._reduction = _Reduction()
        self._candidate: int | None = None
        self._blocks_to_look = _LEAST_BLOCKS

    def process(self, heard: Pcm, own: Pcm) -> Pcm:
        """Return the block heard (16 kHz) without the coach's voice, 100 ms as it was.

        ``own`` is what the loudspeaker was given for this time (22,050 Hz); see ``Listening.own``.
        """
        samples = output_samples(own.size, VOICE_RATE_HZ, EAR_RATE_HZ)
        self._own.add(self._resampler.process(own), samples)
        self._heard.add(heard, heard.size)
        self._delay_by(samples - EAR_BLOCK_SAMPLES)
        if own.any():
            self._look()
        return self._cleaned(heard)

    def _delay_by(self, samples: int) -> None:
        """Silence was added on the way to the loudspeaker, or (negative) sound was dropped."""
        if self.delay_samples is not None:
            self.delay_samples += samples
        if self._candidate is not None:
            self._candidate += samples

    def _cleaned(self, heard: Pcm) -> Pcm:
        self.above_echo_db = inf
        if self.delay_samples is None:
            return heard
        late = max(self.delay_samples - _AHEAD_SAMPLES, _LEAST_AHEAD_SAMPLES)
        reference = self._own.until(late, heard.size + FILTER_SAMPLES)
        if not reference.any():
            return heard
        filtered = self._filter.process(heard, reference[FILTER_SAMPLES:])
        cleaned = filtered if self._reduction.add(heard, filtered) else heard
        self._echo_power *= _TAIL_PER_BLOCK
        self._echo_power = max(self._echo_power, mean_power(heard.astype(np.int32) - filtered))
        self._learn(heard)
        if not self._has_learnt:
            return heard
        self.above_echo_db = 10 * log10((mean_power(cleaned) + 1.0) / (self._echo_power + 1.0))
        return cleaned

    def _learn(self, heard: Pcm) -> None:
        """Take note that a block was, or was not, reduced as an echo would be."""
        if not self._reduction.sufficient:
            self._reduced_blocks = 0
        elif mean_power(heard) > _SOUND_POWER:
            self._reduced_blocks += 1
        self._has_learnt |= self._reduced_blocks >= _LEARNT_BLOCKS

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
            self._has_learnt = False
            self._reduced_blocks = 0
        self._candidate = found


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
        heard_power, cleaned_power = mean_power(heard), mean_power(cleaned)
        self._heard += _FORGET_SHARE * (heard_power - self._heard)
        self._cleaned += _FORGET_SHARE * (cleaned_power - self._cleaned)
        return cleaned_power <= heard_power


def _near(delay: int, other: int | None) -> bool:
    return other is not None and abs(delay - other) <= _NEAR_SAMPLES


def mean_power(pcm: NDArray[np.signedinteger[Any]]) -> float:
    """Return the mean power of samples."""
    return float(np.mean(np.square(pcm, dtype=np.float32)))
