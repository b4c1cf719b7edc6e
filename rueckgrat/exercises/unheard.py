"""Words of a person's own lines that nobody has heard the chosen voice say.

Every word of the shipped lines was checked with the built-in voice (docs/voice.md). With a natural
voice none was, until `make bench-voice` has listened to it and keeps the words that came through.
Who has written down how a word is to be read has listened to it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.files import write_whole
from skill.paths import user_dir
from skill.voice.choice import VoiceChoice

_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Unheard:
    """Lines with words that nobody has heard a voice say; the rarest words come first."""

    lines: tuple[str, ...]
    words: tuple[str, ...]


def words_of(lines: Collection[str]) -> set[str]:
    """Return the words of some lines, in small letters, without placeholders."""
    texts = (_PLACEHOLDER.sub(" ", line) for line in lines)
    return {word.lower() for text in texts for word in _WORD.findall(text)}


def lines_of(content: Content) -> frozenset[str]:
    """Return all lines of some dialogs."""
    return frozenset(line for _, _, line in spoken_lines(content))


def unheard(lines: Collection[str], checked: Collection[str]) -> dict[str, list[str]]:
    """Return those of the lines that have words which are not ``checked``, with these."""
    found = {line: sorted(words_of([line]) - set(checked)) for line in sorted(lines)}
    return {line: words for line, words in found.items() if words}


def unheard_of(
    lines: Collection[str], voice: VoiceChoice, content: Content, shipped: Content
) -> Unheard:
    """Return which of a person's lines nobody has heard this voice say, word by word.

    ``content`` is all of theirs on top of what is ``shipped``, whose words come last.
    """
    spelt = content.natural_respellings if voice.natural else content.respellings
    usual = words_of(lines_of(shipped))
    checked = checked_words(voice) | words_of(spelt)
    found = unheard(lines, checked if voice.natural else checked | usual)
    words = {word for words in found.values() for word in words}
    rare_first = sorted(words, key=lambda word: (word in usual, word))
    by_rarest = sorted(found, key=lambda line: (set(found[line]) <= usual, "{" in line, line))
    return Unheard(tuple(by_rarest), tuple(rare_first))


def checked_words(voice: VoiceChoice) -> set[str]:
    """Return the words that came through when somebody listened to this voice."""
    try:
        return set(_kept(voice).read_text(encoding="utf-8").split())
    except OSError:  # nobody has
        return set()


def keep_checked(voice: VoiceChoice, words: Collection[str]) -> Path:
    """Add words to those that came through with this voice; return the file. OSError if not."""
    path = _kept(voice)
    write_whole(path, "\n".join(sorted(checked_words(voice) | set(words))) + "\n")
    return path


def _kept(voice: VoiceChoice) -> Path:
    name = voice.natural.stem if voice.natural else voice.name.replace("/", "-")
    speaker = f"-{voice.speaker}" if voice.speaker else ""
    return user_dir("data") / "checked-words" / f"{name}{speaker}.txt"
