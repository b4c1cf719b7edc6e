"""What the coach is saying itself, and what of it the microphone may bring back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.ear.rules import EarRules
from skill.messages.heard import Speaking
from skill.written.spoken import words

_WORD = re.compile(r"\w+")
_MUCH_ALIKE = 80.0
"""Of 100: "hat" and "halt" are alike (86), "auf" and "aua" are not (67)."""

_PAUSE = re.compile(r"[,;:](?= )")
_LETTERS_OF_A_PAUSE = 3
"""Of 700 commands in lines, 98 % then end within -0.25 and 0.25 s of where they are looked for."""

_PLACEHOLDER = re.compile(r"\{.*?\}")


def own_words(content: Content) -> frozenset[str]:
    """Return all words of the coach's lines, but for what is filled into placeholders."""
    texts = (_PLACEHOLDER.sub(" ", line) for _, _, line in spoken_lines(content))
    return frozenset(word for text in texts for word in words(text).split())


class Own(Enum):
    """How what was heard lies to the coach's own word: over it, as its echo does, or behind it."""

    OVER = "over"
    BEHIND = "behind"


@dataclass(frozen=True)
class OwnVoice:
    """The lines that sound at ``now_seconds`` or did a moment ago."""

    lines: tuple[Speaking, ...]
    now_seconds: float
    rules: EarRules

    @property
    def sounding(self) -> bool:
        """Return whether a line, or its echo, may be heard in this block."""
        return any(
            line.position_seconds < line.duration_seconds + self.rules.echo_seconds
            for line in self.lines
        )

    def brings(self, phrase: str, start_seconds: float, end_seconds: float) -> "Own | None":
        """Return whether the phrase heard in this span may be the coach's own; None if not.

        A line masks its own words only while it says them, and as long as their echo takes.
        """
        near = self.rules.word_place_seconds
        places = [one for line in self.lines for one in self._places(line, phrase)]
        over = [
            start_seconds <= said_until
            for said_from, said_until in places
            if end_seconds >= said_from - near and start_seconds <= said_until + near
        ]
        if not over:
            return None
        return Own.OVER if any(over) else Own.BEHIND

    def resembles(self, phrase: str, start_seconds: float, end_seconds: float) -> bool:
        """Return whether a line says, in this span, words that sound much like these.

        "hat" comes back through a loudspeaker as "halt".
        """
        near = self.rules.word_place_seconds
        return any(
            start_seconds <= said_until + near
            and end_seconds >= said_from - near
            and fuzz.ratio(word, phrase) >= _MUCH_ALIKE
            for line in self.lines
            for word, said_from, said_until in self._spoken(line)
        )

    def _places(self, line: Speaking, phrase: str) -> Iterator[tuple[float, float]]:
        """Yield when the line says the phrase."""
        spoken = list(self._spoken(line))
        wanted = phrase.lower().split()
        for first in range(len(spoken) - len(wanted) + 1):
            group = spoken[first : first + len(wanted)]
            if [word for word, _, _ in group] == wanted:
                yield group[0][1], group[-1][2]

    def _spoken(self, line: Speaking) -> Iterator[tuple[str, float, float]]:
        """Yield each word of a line, and from when to when it is said, by its place in it."""
        text = line.text.lower()
        line_start_seconds = self.now_seconds - line.position_seconds
        seconds_per_letter = line.duration_seconds / max(1, _letters(text))
        for word in _WORD.finditer(text):
            begins, ends = (
                line_start_seconds + _letters(text[:at]) * seconds_per_letter for at in word.span()
            )
            yield word.group(), begins, ends


def _letters(text: str) -> int:
    """Return for how many letters the voice takes time: a comma is a pause."""
    return len(text) + _LETTERS_OF_A_PAUSE * len(_PAUSE.findall(text))
