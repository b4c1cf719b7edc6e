"""Takes the coach's own voice out of what the microphone hears, before the ear listens."""

import logging
from collections import deque
from dataclasses import replace
from math import ceil, inf, log10
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from skill.audio.offset import OffsetFilter
from skill.audio.resample import Resampler, output_samples
from skill.ear.echo_delay import MOST_SAMPLES, WINDOW_SAMPLES, find_delay
from skill.ear.echo_level import EchoLevel
from skill.ear.echo_speex import FILTER_SAMPLES, SpeexFilter
from skill.ear.rules import EarRules
from skill.messages.blocks import (
    BLOCK_SECONDS,
    EAR_BLOCK_SAMPLES,
    EAR_RATE_HZ,
    VOICE_RATE_HZ,
    Pcm,
    silence,
)
from skill.messages.heard import ECHO, MASKED, TALKED_OVER, Heard, Listening

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


_LEAST_ABOVE_ECHO_DB = -5.0
"""Of the loudest 100 ms. Chosen with the voices of the benchmark's part "tune", the echo as loud as
they: all 24 words came to -4 dB or more, all 7 commands that nobody had said to -6 dB or less."""

_LOUD_SHARE = 0.25
"""Of the power of the loudest block: blocks within 6 dB are loud. Others tell nothing: before the
echo comes and after it is gone any hiss is louder than it."""

_TAIL_PER_BLOCK = 0.25
"""A power: a room's sound falls by 6 dB in 100 ms, by 60 dB in 1 s."""

_LONGEST_SECONDS = 3.0
"""No phrase is longer."""


_SURE = EarRules().confidence_over_voice
"""A word that the coach was just saying itself needs a confidence, too: this one of a bare ear."""

_SAME_UTTERANCE_SECONDS = 0.2
_INSISTING_SECONDS = 5.0
"""Who is not obeyed says "stopp" again so soon; an echo rarely makes the same word twice."""

_SAME_WORDS = 75.0
"""Of 100: "stopp" and "stop" are the same words, "tut weh" and "hab weh" are not."""


class EchoFilter(Protocol):
    """An adaptive filter that learns how the loudspeaker sounds at the microphone."""

    def process(self, heard: Pcm, reference: Pcm) -> Pcm:
        """Return ``heard`` (1,600 samples at 16 kHz) without what ``reference`` left in it.

        The reference must be in time: its sound reaches the microphone in the very sample, or up
        to the filter's length later.
        """
        ...


class Listener(Protocol):
    """What hears the cleaned block; any ``skill.parts.EarLike``."""

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take one block (1,600 samples at 16 kHz); return what was decided in it."""
        ...


class EchoCancellingEar:
    """An ear that no longer hears the coach; satisfies ``skill.parts.EarLike``.

    What a filter leaves of the echo is soft, but a recogniser makes words of soft sounds as well.
    So a command heard over the coach must, at its loudest, come near the echo that was taken out;
    and where the echo is weak, rise above it, be there a filter or not.
    Where the level is a person's, they are obeyed even behind the coach's own word (or, where no
    echo is heard at all, over it).
    A person far away, with the loudspeaker beside the microphone, may never be that loud: who says
    the same again within a few seconds is obeyed, however softly.
    """

    def __init__(
        self, ear: Listener, canceller: "EchoCanceller | None", sure: float = _SURE
    ) -> None:
        self._ear = ear
        self._sure = sure
        self._canceller = canceller
        self._level = EchoLevel()
        self._offset = OffsetFilter()
        self._now_seconds = 0.0
        self._blocks: deque[tuple[float, float]] = deque(
            maxlen=round(_LONGEST_SECONDS / BLOCK_SECONDS)
        )
        self._doubted: Heard | None = None

    def process(self, block: Pcm, listening: Listening) -> list[Heard]:
        """Take one block and what the loudspeaker was given for it; listen to what is left."""
        block = self._offset.process(block)
        cleaned, above_echo_db = block, inf
        if self._canceller:
            cleaned = self._canceller.process(block, listening.own)
            above_echo_db = self._canceller.above_echo_db
        self._now_seconds += BLOCK_SECONDS
        self._blocks.append((_power(cleaned), above_echo_db))
        self._level.process(block, listening.own)
        heard = self._ear.process(cleaned, listening)
        own = [self._unmasked(one) for one in heard]
        return [one if one.reason == ECHO or self._judge(one) else _as_echo(one) for one in own]

    def _unmasked(self, heard: Heard) -> Heard:
        """Return what was masked for its words as what it is by its level."""
        if heard.reason not in (MASKED, TALKED_OVER) or not heard.meaning:
            return heard
        span = self._now_seconds - heard.start_seconds, self._now_seconds - heard.end_seconds
        match self._level.is_person(*span):
            case None:
                return heard
            case False:
                return replace(heard, reason=MASKED)
        is_free = heard.reason == TALKED_OVER or not self._level.hears_echo(span[0])
        if is_free and heard.confidence >= self._sure:
            return replace(heard, command=heard.meaning.command, reason="")
        return replace(heard, reason=TALKED_OVER)

    def _judge(self, heard: Heard) -> bool:
        """Take note of what was heard; return whether it is a person's, and no echo."""
        span = self._now_seconds - heard.start_seconds, self._now_seconds - heard.end_seconds
        is_echo = heard.command is not None and self._level.may_be_echo(*span)
        if is_echo:
            _log.debug("no louder than the echo of the coach, so taken for it: %s", heard)
        obeyed = not is_echo and self._stands_out(heard)
        if not obeyed:
            obeyed = self._is_said_again(heard)
            self._doubted = heard
        if obeyed and heard.command:
            self._level.obeyed(*span)
        return obeyed

    def _is_said_again(self, heard: Heard) -> bool:
        """Return whether these words were taken for echo a moment ago, in an earlier utterance."""
        doubted = self._doubted
        if doubted is None or heard.command is None or heard.command != doubted.command:
            return False
        since_seconds = heard.start_seconds - doubted.end_seconds
        if not _SAME_UTTERANCE_SECONDS < since_seconds < _INSISTING_SECONDS:
            return False
        return fuzz.ratio(_sentence(heard), _sentence(doubted)) >= _SAME_WORDS

    def _stands_out(self, heard: Heard) -> bool:
        """Return whether a loud block of what was heard comes near the echo in it, or had none."""
        count = max(1, ceil((self._now_seconds - heard.start_seconds) / BLOCK_SECONDS))
        blocks = list(self._blocks)[-count:]
        least_power = _LOUD_SHARE * max(power for power, _ in blocks)
        loudest_db = max(above_db for power, above_db in blocks if power >= least_power)
        if loudest_db >= _LEAST_ABOVE_ECHO_DB:
            return True
        _log.debug("%.0f dB over the echo, so taken for a part of it: %s", loudest_db, heard)
        return False


def _as_echo(heard: Heard) -> Heard:
    """Return the same as the coach's own voice, of which nothing follows."""
    return replace(heard, command=None, reason=ECHO, maybe=None)


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
        self._echo_power = max(self._echo_power, _power(heard.astype(np.int32) - filtered))
        self._learn(heard)
        if not self._has_learnt:
            return heard
        self.above_echo_db = 10 * log10((_power(cleaned) + 1.0) / (self._echo_power + 1.0))
        return cleaned

    def _learn(self, heard: Pcm) -> None:
        """Take note that a block was, or was not, reduced as an echo would be."""
        if not self._reduction.sufficient:
            self._reduced_blocks = 0
        elif _power(heard) > _SOUND_POWER:
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


def without_echo(ear: Listener, sure: float = _SURE) -> Listener:
    """Return the ear that does not obey the coach: by level alone where there is no canceller.

    ``sure`` is the confidence that its rules ask for over the coach's voice.
    """
    try:
        return EchoCancellingEar(ear, EchoCanceller(SpeexFilter()), sure)
    except ImportError as error:
        _log.info("The coach's voice is not taken out of what the microphone hears: %s", error)
        return EchoCancellingEar(ear, None, sure)


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


def _sentence(heard: Heard) -> str:
    """Return the words that made the command; what was heard beside them may be the coach."""
    return (heard.meaning and heard.meaning.sentence) or heard.text


def _near(delay: int, other: int | None) -> bool:
    return other is not None and abs(delay - other) <= _NEAR_SAMPLES


def _power(pcm: NDArray[np.signedinteger[Any]]) -> float:
    return float(np.mean(np.square(pcm, dtype=np.float32)))
