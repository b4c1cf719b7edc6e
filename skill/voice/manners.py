"""Whose voice it is that speaks, how fast and how high: the lines of each, opened when needed."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from skill.errors import VoiceError
from skill.messages.cues import USUAL_RATE, Pitch, SetManner
from skill.voice.renderings import Renderings
from skill.voice.synthesis import FASTEST_WORDS_PER_MINUTE, SLOWEST_WORDS_PER_MINUTE

KEPT = 3
"""So many manners keep their lines in memory (16 MB each)."""


class Manners:
    """The voices of a household.

    ``open_lines`` opens a voice by name, words per minute and pitch. ``usual`` is the voice of all
    who have none of their own in ``voices``, by the names of people.
    """

    def __init__(
        self,
        open_lines: Callable[[str, int, Pitch], Renderings],
        usual: str,
        words_per_minute: int,
        voices: Mapping[str, str],
    ) -> None:
        self._open = lru_cache(maxsize=KEPT)(open_lines)
        self._usual = usual
        self._words_per_minute = words_per_minute
        self._voices = dict(voices)

    def lines(self, manner: SetManner) -> Renderings:
        """Return the lines as they are spoken in this manner.

        VoiceError if the voice can't be opened. One of a person's own is not tried again: the
        next time it is the usual one.
        """
        voice = self._voices.get(manner.person, self._usual)
        speed = words_per_minute(self._words_per_minute, manner.rate)
        try:
            return self._open(voice, speed, manner.pitch)
        except VoiceError:
            self._voices = {who: one for who, one in self._voices.items() if one != voice}
            raise


def words_per_minute(usual: int, rate: int) -> int:
    """Return the speed of a manner for somebody who likes this speed as the usual one."""
    speed = round(usual * rate / USUAL_RATE)
    return min(max(speed, SLOWEST_WORDS_PER_MINUTE), FASTEST_WORDS_PER_MINUTE)
