"""The recogniser's grammar: everything that can be said, and what competes with it."""

from collections.abc import Callable, Collection, Iterable

from skill.content.schema import Content
from skill.content.templates import template_words

UNKNOWN_WORD = "[unk]"
"""The word that stands for any other word, in models that have been trained to use it."""

OTHER_WORD = "[other]"
"""The same, more readily: the built-in model has it for grammars that hold decoys, as ours do."""

_EXPECTED_TIMES = 8
"""How often a listed phrase stands in the grammar, beside one example of each other sentence.

With 3, "gut" was heard as "tut": dozens of sentences about pain begin with that.
"""


_BEFORE = "und"
"""Stands in the grammar for whatever is said before the part of a sentence."""


def sayable(content: Content) -> list[str]:
    """Return what can be said, as few sentences: listed phrases, examples of all templates.

    Safety sentences are found within others, and so many of them begin in the middle ("rücken
    sticht"). Those stand behind ``_BEFORE`` here, or "brücke" would become "rücken".
    """
    shared = (word for rule in content.rules.values() for word in template_words(rule))
    common = frozenset((*content.fillers, *content.carriers, *shared))
    beginnings = {phrase.split()[0] for phrase in content.vocabulary} | common
    said = []
    for example in content.sentences.examples(common):
        sense, words = example.sense, example.words
        is_part = sense.command.name in content.safety_commands and not sense.opening
        if is_part and words[0] not in beginnings:
            words = (_BEFORE, *words)
        said.append(" ".join(words))
    return list(dict.fromkeys([*content.vocabulary, *said]))


def beside(content: Content, near: Collection[str] = ()) -> list[str]:
    """Return what is said around commands or instead of them: fillers, carriers, decoys.

    Words that are ``near`` to a command that is being asked for are left out; where they belong to
    a sentence, ``sayable`` holds them all the same.
    """
    turning = (*content.negations, *content.absences)
    words = (*content.fillers, *content.carriers, *turning, *content.decoys)
    return [word for word in dict.fromkeys(words) if word not in near]


def make_grammar(
    phrases: Iterable[str],
    others: Iterable[str],
    knows: Callable[[str], bool],
    expected: Iterable[str] = (),
) -> list[str]:
    """Return the phrases to recognise: commands, others, ``[other]``, as far as the model goes.

    A phrase with an unknown word is left out as a whole; Vosk would drop the word alone and keep
    the rest. Vosk counts phrases into a bigram model: those ``expected`` come several times.
    """
    garbage = OTHER_WORD if knows(OTHER_WORD) else UNKNOWN_WORD
    more = list(expected) * (_EXPECTED_TIMES - 1)
    return [
        phrase
        for phrase in (*dict.fromkeys((*phrases, *others, garbage)), *more)
        if phrase and all(knows(word) for word in phrase.split())
    ]


def without_unknown(grammar: Iterable[str]) -> list[str]:
    """Return the grammar without ``[other]`` and ``[unk]``."""
    return [phrase for phrase in grammar if phrase not in (OTHER_WORD, UNKNOWN_WORD)]


def unknown_words(content: Content, knows: Callable[[str], bool]) -> dict[str, list[str]]:
    """Return, for each command that has some, the words that the model cannot recognise."""
    found = {
        name: [word for word in sorted(words) if not knows(word)]
        for name, words in content.sentences.words().items()
    }
    return {name: unknown for name, unknown in found.items() if unknown}
