"""Words of a person's own lines that nobody has heard the chosen voice say.

Every word of the shipped lines was checked with the built-in voice (docs/voice.md). With a natural
voice none was, until `make bench-voice` has listened to it and keeps the words that came through.
"""

import re
from collections.abc import Collection
from pathlib import Path

from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.files import write_whole
from skill.paths import user_dir

_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"\{\w+\}")


def words_of(lines: Collection[str]) -> set[str]:
    """Return the words of some lines, in small letters, without placeholders."""
    texts = (_PLACEHOLDER.sub(" ", line) for line in lines)
    return {word.lower() for text in texts for word in _WORD.findall(text)}


def lines_of(content: Content) -> set[str]:
    """Return all lines of some dialogs."""
    return {line for _, _, line in spoken_lines(content)}


def unheard(own: Content, shipped: Content, checked: Collection[str]) -> dict[str, list[str]]:
    """Return the lines that only ``own`` has, each with its words that are not ``checked``."""
    lines = sorted(lines_of(own) - lines_of(shipped))
    found = {line: sorted(words_of([line]) - set(checked)) for line in lines}
    return {line: words for line, words in found.items() if words}


def checked_words(voice: str) -> set[str]:
    """Return the words that came through when somebody listened to this natural voice."""
    try:
        return set(_kept(voice).read_text(encoding="utf-8").split())
    except OSError:  # nobody has
        return set()


def keep_checked(voice: str, words: Collection[str]) -> Path:
    """Add words to those that came through with this voice; return the file. OSError if not."""
    path = _kept(voice)
    write_whole(path, "\n".join(sorted(checked_words(voice) | set(words))) + "\n")
    return path


def _kept(voice: str) -> Path:
    return user_dir("data") / "checked-words" / f"{Path(voice).stem}.txt"
