"""What the coach is saying itself, and what of it the microphone may bring back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.ear.rules import EarRules
from skill.messages.heard import Speaking
from skill.written.spoken import words

_WORD = re.compile(r"\w+")
_MUCH_ALIKE = 80.0
"""Of 100: "hat" and "halt" are alike (86), "auf" and "aua" are not (67)."""

_PLACEHOLDER = re.compile(r"\{.*?\}")


def own_words(content: Content) -> frozenset[str]:
    """Return all words of the coach's lines, but for what is filled into placeholders."""
    texts = (_PLACEHOLDER.sub(" ", line) for _, _, line in spoken_lines(content))
    return frozenset(word for text in texts for word in words(text).split())


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

    def brings(self, phrase: str, start_seconds: float, end_seconds: float, safety: bool) -> bool:
        """Return whether the phrase heard in this span is the coach's own.

        A command is masked from the start of a line that contains it until it has been said. A
        safety command is masked only while the line says that very word.
        """
        near = self.rules.word_place_seconds
        for line in self.lines:
            for said_from, said_until in self._places(line, phrase):
                heard_too_late = start_seconds > said_until + near
                heard_too_early = end_seconds < said_from - near if safety else False
                if not heard_too_late and not heard_too_early:
                    return True
        return False

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
        seconds_per_letter = line.duration_seconds / max(1, len(text))
        for word in _WORD.finditer(text):
            begins, ends = (line_start_seconds + at * seconds_per_letter for at in word.span())
            yield word.group(), begins, ends
