"""Keeps the ear from obeying the coach: its voice is taken out, and what is left must be louder."""

import logging
from collections import deque
from dataclasses import replace
from math import ceil, inf
from typing import Protocol

from rapidfuzz import fuzz

from skill.audio.offset import OffsetFilter
from skill.ear.echo_canceller import EchoCanceller, mean_power
from skill.ear.echo_level import EchoLevel
from skill.ear.echo_speex import SpeexFilter
from skill.ear.rules import EarRules
from skill.messages.blocks import BLOCK_SECONDS, Pcm
from skill.messages.heard import ECHO, MASKED, TALKED_OVER, Heard, Listening

_log = logging.getLogger(__name__)

_LEAST_ABOVE_ECHO_DB = -5.0
"""Of the loudest 100 ms. Chosen with the voices of the benchmark's part "tune", the echo as loud as
they: all 24 words came to -4 dB or more, all 7 commands that nobody had said to -6 dB or less."""

_LOUD_SHARE = 0.25
"""Of the power of the loudest block: blocks within 6 dB are loud. Others tell nothing: before the
echo comes and after it is gone any hiss is louder than it."""

_LONGEST_SECONDS = 3.0
"""No phrase is longer."""


_SURE = EarRules().confidence_over_voice
"""A word that the coach was just saying itself needs a confidence, too: this one of a bare ear."""

_SAME_UTTERANCE_SECONDS = 0.2
_INSISTING_SECONDS = 5.0
"""Who is not obeyed says "stopp" again so soon; an echo rarely makes the same word twice."""

_SAME_WORDS = 75.0
"""Of 100: "stopp" and "stop" are the same words, "tut weh" and "hab weh" are not."""


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

    def __init__(self, ear: Listener, canceller: EchoCanceller | None, sure: float = _SURE) -> None:
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
        self._blocks.append((mean_power(cleaned), above_echo_db))
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


def without_echo(ear: Listener, sure: float = _SURE) -> Listener:
    """Return the ear that does not obey the coach: by level alone where there is no canceller.

    ``sure`` is the confidence that its rules ask for over the coach's voice.
    """
    try:
        return EchoCancellingEar(ear, EchoCanceller(SpeexFilter()), sure)
    except ImportError as error:
        _log.info("The coach's voice is not taken out of what the microphone hears: %s", error)
        return EchoCancellingEar(ear, None, sure)


def _sentence(heard: Heard) -> str:
    """Return the words that made the command; what was heard beside them may be the coach."""
    return (heard.meaning and heard.meaning.sentence) or heard.text
