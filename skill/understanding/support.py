"""Whether the sound supports what the words say: recognisers make words of talk and noise too."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from skill.messages.heard import SpokenWord
from skill.understanding.rules import UnderstandingRules
from skill.understanding.safety import Spotted, pause_seconds

CONTENT: Final = "content"
"""Why a word hurts the command that it stands beside: it was really said."""

_GARBAGE = ("[other]", "[unk]")


@dataclass(frozen=True)
class Support:
    """Asks levels, voices, pauses and confidence; written text, without sound, is always right.

    ``listed`` are the phrases that commands go by, ``around`` the words that may stand anywhere.
    """

    listed: Collection[str]
    around: Collection[str]
    rules: UnderstandingRules

    def safety(self, one: Spotted, words: Sequence[SpokenWord]) -> bool:
        """Return whether a safety sentence stands out enough from what surrounds it.

        Among many other words it is talk, or the recogniser's mistake: one word is easily found
        in them. The names of the command ("stopp") may have a few others before or behind them, a
        sentence of several words some more. A single word that is no name ("gestoppt") may have
        one, and its confidence must be ``sure_safety``. An utterance that is a safety sentence
        and nothing else is obeyed whatever this says (`Understanding.meaning`).
        """
        if not _has_sound(words):
            return True
        others = [word.text for word in (*words[: one.first], *words[one.last :])]
        weight = sum(2 if text in _GARBAGE else 1 for text in others if text not in self.around)
        own = [word for word in words[one.first : one.last] if word.text not in self.around]
        if len(own) > 1:
            return weight <= self.rules.most_beside_sentence
        sure = min(word.confidence for word in words[one.first : one.last])
        name = " ".join(word.text for word in own)
        if name not in self.listed:
            return weight <= 1 and sure >= self.rules.sure_safety
        at_the_edge = all(word.text in self.around for word in words[: one.first]) or all(
            word.text in self.around for word in words[one.last :]
        )
        if not at_the_edge:
            return weight <= 1
        return weight <= self.rules.most_beside_name

    def sentence(self, words: Sequence[SpokenWord], asked: bool) -> bool:
        """Return whether one word that is no listed phrase may be a command of its own.

        Where nothing is ``asked``, short words of talk become those more than anything else.
        """
        if asked or len(words) > 1 or not _has_sound(words) or words[0].text in self.listed:
            return True
        long_enough = len(words[0].text) >= self.rules.least_letters
        return long_enough and words[0].confidence >= self.rules.sure

    def why(self, place: int, first: int, last: int, words: Sequence[SpokenWord]) -> str:
        """Return why a word beside the command at ``first`` to ``last`` does not hurt it."""
        word, rules = words[place], self.rules
        if self._apart(place, first, last, words):
            return "apart"
        command_dbfs = level_dbfs(words[first:last])
        if word.level_dbfs is None or command_dbfs is None:
            return CONTENT
        if word.level_dbfs <= command_dbfs - rules.softer_db:
            return "soft"
        if word.voice is not None and word.voice < rules.voice:
            return "no voice"
        seconds = word.end_seconds - word.start_seconds
        if seconds <= rules.short_seconds and word.confidence < rules.unsure:
            return "faint"
        return CONTENT

    def _apart(self, place: int, first: int, last: int, words: Sequence[SpokenWord]) -> bool:
        """Return whether a pause lies between a word and the command."""
        between = range(place + 1, first + 1) if place < first else range(last, place + 1)
        return any(pause_seconds(words, one) >= self.rules.apart_seconds for one in between)


def level_dbfs(words: Sequence[SpokenWord]) -> float | None:
    """Return the level of the loudest word; None where nobody measured."""
    levels = [word.level_dbfs for word in words if word.level_dbfs is not None]
    return max(levels) if levels else None


def _has_sound(words: Sequence[SpokenWord]) -> bool:
    return all(word.level_dbfs is not None for word in words)
