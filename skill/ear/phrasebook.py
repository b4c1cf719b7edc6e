"""Phrases and what they mean, and the recogniser's grammar made of them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from skill.content.schema import CommandRow, safety_of, vocabulary_of
from skill.heard import Command

UNKNOWN_WORD = "[unk]"
"""The word that stands for any other word, in models that have been trained to use it."""

OTHER_WORD = "[other]"
"""The same, more readily: the built-in model has it for grammars that hold decoys, as ours do."""

_EXPECTED_TIMES = 3
"""How often a phrase that is being asked for stands in the grammar."""


class Phrasebook:
    """Looks up whole utterances. Never the nearest command: a phrase matches or it does not."""

    def __init__(self, commands: Mapping[str, CommandRow]) -> None:
        self._commands = {
            _plain(phrase): command for phrase, command in vocabulary_of(commands).items()
        }
        self._safety = safety_of(commands)

    @property
    def phrases(self) -> Collection[str]:
        """All phrases, in lower case."""
        return self._commands.keys()

    def match(self, text: str) -> Command | None:
        """Return what this whole utterance means; None when it is no phrase."""
        return self._commands.get(_plain(text))

    def safety_span(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return where the last, longest safety phrase stands among the words: first, last + 1."""
        for end in range(len(words), 0, -1):
            for first in range(end):
                command = self._commands.get(" ".join(words[first:end]))
                if command and self.is_safety(command):
                    return first, end
        return None

    def is_safety(self, command: Command) -> bool:
        """Return whether the command passes all gates of convenience."""
        return command.name in self._safety

    def goes_on(self, text: str, live: Collection[str]) -> bool:
        """Return whether a longer live phrase, meaning something else, begins with this one."""
        command = self.match(text)
        beginning = _plain(text) + " "
        return any(
            phrase.startswith(beginning) and other != command and other.name in live
            for phrase, other in self._commands.items()
        )

    def unfinished(self, text: str, live: Collection[str]) -> bool:
        """Return whether this is no phrase yet, but the first words of a live one."""
        beginning = _plain(text) + " "
        return self.match(text) is None and any(
            phrase.startswith(beginning) and command.name in live
            for phrase, command in self._commands.items()
        )


def make_grammar(
    phrases: Iterable[str],
    decoys: Iterable[str],
    knows: Callable[[str], bool],
    expected: Iterable[str] = (),
) -> list[str]:
    """Return the phrases to recognise: commands, decoys, ``[other]``, as far as the model goes.

    A phrase with an unknown word is left out as a whole; Vosk would drop the word alone and keep
    the rest. Vosk counts phrases into a bigram model: those ``expected`` come several times.
    """
    garbage = OTHER_WORD if knows(OTHER_WORD) else UNKNOWN_WORD
    candidates = (*map(_plain, phrases), *map(_plain, decoys), garbage)
    more = [_plain(phrase) for phrase in expected] * (_EXPECTED_TIMES - 1)
    return [
        phrase
        for phrase in (*dict.fromkeys(candidates), *more)
        if phrase and all(knows(word) for word in phrase.split())
    ]


def without_unknown(grammar: Iterable[str]) -> list[str]:
    """Return the grammar without ``[other]`` and ``[unk]``."""
    return [phrase for phrase in grammar if phrase not in (OTHER_WORD, UNKNOWN_WORD)]


def unknown_words(
    commands: Mapping[str, CommandRow], knows: Callable[[str], bool]
) -> dict[str, list[str]]:
    """Return, for each command that has some, the words that the model cannot recognise."""
    unknown = {
        name: list(
            dict.fromkeys(
                word
                for phrase in (*row.phrases, *row.slots)
                for word in _plain(phrase).split()
                if not knows(word)
            )
        )
        for name, row in commands.items()
    }
    return {name: words for name, words in unknown.items() if words}


def _plain(text: str) -> str:
    """Return the text in lower case with single spaces.

    Not ``casefold``: that turns ß into ss, and the model knows "dreißig" only.
    """
    return " ".join(text.lower().split())
