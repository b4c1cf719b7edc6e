"""How loud the coach comes back, and whether what was heard is any louder than that."""

from collections import deque
from math import ceil, floor, inf
from statistics import median, quantiles
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skill.messages.blocks import BLOCK_SECONDS, Pcm

_MOST_RISE_DB = 6.0
"""Half of the way from the echo to the person, but no more than this, a command must rise above
the expected echo. Of 3,018 spans of 0.5 s of echo alone (-20 dB, eight rooms, 50 to 400 ms late),
0.5 % rise by 5 dB and 0.3 % by 6 dB, a part of them in the first second of a sitting. Words of the
voices of the part "tune" (36) rise by 14 dB or more over it, by 5 dB or more over -10 dB."""

_LEAST_DISTANCE_DB = 5.0
"""An echo that comes nearer to the person cannot be told from them by level: over one of 0 dB words
rise by -4 to 4 dB. The canceller must do it. (With 8, two of eight rooms had none at -10 dB.)"""

_LATEST_BLOCKS = 5
"""So late at most the echo comes: 0.5 s (docs/echo.md measured 0.14 to 0.43 s)."""

_WINDOW_BLOCKS = 10
"""What was heard and what was given are compared over 1 s: the loudest of a word is in both."""

_SOUND_DBFS = -45.0
"""What is given more softly than this is a pause between words, or a breath."""

_COMPARISONS, _LEAST_COMPARISONS = 60, 5
"""The last 6 s in which the coach spoke count; half a second is enough to begin with."""

_ABOVE_NOISE_DB = 3.0
"""What the microphone hears must be so much louder with the coach than without it."""

_QUIET_BLOCKS = 100
_PERSON_TIMES = 10
_KEPT_BLOCKS = 100
_FRAMES = 5


class EchoLevel:
    """Learns by how much softer the microphone hears the coach than it was given out.

    That needs no delay: the loudest moment of a second of the one is compared with that of the
    other, and the median of many comparisons is taken, since now and then a person speaks as well.
    What a person was obeyed for is no echo and does not count: who interrupts line after line
    would become it. What is no louder with the coach than without it is no echo either: with
    headphones none is expected.
    """

    def __init__(self) -> None:
        self._own: deque[float] = deque(maxlen=_KEPT_BLOCKS)
        self._heard: deque[float] = deque(maxlen=_KEPT_BLOCKS)
        self._block = 0
        self._compared: deque[tuple[int, float]] = deque(maxlen=_COMPARISONS)
        self._until_person_is_gone = 0
        self._quiet: deque[float] = deque(maxlen=_QUIET_BLOCKS)
        self._person: deque[float] = deque(maxlen=_PERSON_TIMES)

    @property
    def coupling_db(self) -> float | None:
        """The echo's level over what was given: -inf where there is none, None while unknown."""
        return self._coupling_db(self._block + 1)

    def process(self, heard: Pcm, own: Pcm) -> None:
        """Take a block of the microphone, and what the loudspeaker was given for its time."""
        self._block += 1
        self._heard.append(_peak_dbfs(heard))
        self._own.append(_peak_dbfs(own))
        given = list(self._own)[-_WINDOW_BLOCKS - _LATEST_BLOCKS :]
        loudest = max(list(self._heard)[-_WINDOW_BLOCKS:])
        if max(given) < _SOUND_DBFS:
            self._quiet.append(loudest)
        elif (
            self._block >= self._until_person_is_gone
            and max(given[:-_LATEST_BLOCKS], default=-inf) >= _SOUND_DBFS  # its echo is there
        ):
            audible = loudest > self._noise_dbfs() + _ABOVE_NOISE_DB
            self._compared.append((self._block, loudest - max(given) if audible else -inf))

    def hears_echo(self, from_seconds_ago: float) -> bool:
        """Return whether the coach may come back at all, by what was known so long ago."""
        return self._coupling_db(self._first_block(from_seconds_ago)) != -inf

    def may_be_echo(self, from_seconds_ago: float, until_seconds_ago: float) -> bool:
        """Return whether what was heard in this span is as soft as an echo, and softer than people.

        False also where nobody can tell.
        """
        return self.is_person(from_seconds_ago, until_seconds_ago) is False

    def is_person(self, from_seconds_ago: float, until_seconds_ago: float) -> bool | None:
        """Return whether what was heard in this span is louder than an echo; None if unknown.

        A person is as loud as they were while the coach was silent; until they have spoken there,
        as loud as what the loudspeaker is given. What is judged tells nothing of the echo.
        """
        heard_dbfs, given_dbfs = self._loudest(from_seconds_ago, until_seconds_ago)
        coupling_db = self._coupling_db(self._first_block(from_seconds_ago))
        if coupling_db is None or given_dbfs < _SOUND_DBFS:
            return None
        expected_dbfs = given_dbfs + coupling_db
        person_dbfs = median(self._person) if self._person else given_dbfs
        distance_db = person_dbfs - expected_dbfs
        if distance_db < _LEAST_DISTANCE_DB:
            return None
        return heard_dbfs - expected_dbfs >= min(_MOST_RISE_DB, distance_db / 2)

    def obeyed(self, from_seconds_ago: float, until_seconds_ago: float) -> None:
        """Take note that a person spoke in this span; where the coach did not, of how loud."""
        heard_dbfs, given_dbfs = self._loudest(from_seconds_ago, until_seconds_ago)
        if given_dbfs < _SOUND_DBFS:
            self._person.append(heard_dbfs)
        first = self._first_block(from_seconds_ago)
        self._until_person_is_gone = self._first_block(until_seconds_ago) + _WINDOW_BLOCKS
        while self._compared and self._compared[-1][0] >= first:
            self._compared.pop()

    def _coupling_db(self, before_block: int) -> float | None:
        """Return the level of the echo by what was compared before a block."""
        compared = [level_db for block, level_db in self._compared if block < before_block]
        return median(compared) if len(compared) >= _LEAST_COMPARISONS else None

    def _first_block(self, seconds_ago: float) -> int:
        """Return the number of the block in which this moment lies."""
        return self._block + 1 - max(0, ceil(seconds_ago / BLOCK_SECONDS))

    def _loudest(self, from_seconds_ago: float, until_seconds_ago: float) -> tuple[float, float]:
        """Return the loudest of what was heard in a span, and of what may be heard in it."""
        first = max(1, ceil(from_seconds_ago / BLOCK_SECONDS))
        last = min(first - 1, max(0, floor(until_seconds_ago / BLOCK_SECONDS)))
        heard, own = list(self._heard), list(self._own)
        end = max(1, len(heard) - last)
        start = min(end - 1, max(0, len(heard) - first))
        return max(heard[start:end]), max(own[max(0, start - _LATEST_BLOCKS) : end])

    def _noise_dbfs(self) -> float:
        """Return the level of the moments in which the coach is silent and nobody answers."""
        return quantiles(self._quiet, n=4)[0] if len(self._quiet) > 1 else -inf


def _peak_dbfs(pcm: NDArray[np.signedinteger[Any]]) -> float:
    """Return the level of the loudest fifth of a block."""
    if pcm.size < _FRAMES:
        return -inf
    frames = np.square(pcm[: pcm.size // _FRAMES * _FRAMES].reshape(_FRAMES, -1), dtype=np.float32)
    return float(10.0 * np.log10(frames.mean(axis=1).max() / 32768.0**2 + 1e-12))
