"""What can be heard and what can be said: the rules for a single phrase or line.

Every check returns its text, or raises ``RuleError``.
"""

import re
from string import Formatter

from skill.written.mistakes import RuleError

LONGEST_LINE_LETTERS = 320
"""19 s of speech: espeak-ng at its 175 words a minute says 17 letters of a long line a second."""

LONGEST_CUE_LETTERS = 36
"""Under 3 s, the length of a short movement: espeak-ng says 13 letters of a short line a second."""

LONGEST_LONG_CUE_LETTERS = 120
"""What a phase of 20 s and more may begin with: two short sentences."""

CUE_LETTERS_PER_SECOND = 6
"""With this, a cue takes about half of its phase, and there is quiet to do what it says."""

_PHRASE = re.compile(r"[a-zäöüß]+(?: [a-zäöüß]+)*")
_UNSPEAKABLE = re.compile(r"[^\w\s.,:;!?…'\"„“”‚‘’–{}()-]|_")


def check_phrase(text: str) -> str:
    """Accept words of small German letters with single spaces: all that a recogniser knows."""
    if not _PHRASE.fullmatch(text):
        raise RuleError(
            f'is not a phrase to be heard: "{text}"',
            "Write small letters and single spaces only, numbers in words.",
        )
    return text


def check_spoken(text: str) -> str:
    """Accept a line that a voice can say in one go, as it stands."""
    if placeholders(check_template(text)):
        raise RuleError("holds a placeholder in braces", "Write the words themselves.")
    return text


def check_template(text: str) -> str:
    """Accept a line that a voice can say in one go once its placeholders are filled in."""
    if not text.strip():
        raise RuleError("is empty", "Write what is to be said.")
    if text != " ".join(text.split()):
        raise RuleError(
            "holds a line break or two spaces in a row", "Write it as one line of text."
        )
    if len(text) > LONGEST_LINE_LETTERS:
        raise RuleError(
            f"is {len(text)} characters long",
            f"Use at most {LONGEST_LINE_LETTERS}, or make two lines of it.",
        )
    if " - " in text:
        raise RuleError(
            "holds a hyphen that stands alone",
            "Put a comma, or begin the entries of a list below each other.",
        )
    sign = _UNSPEAKABLE.search(text)
    if sign:
        raise RuleError(f'holds "{sign[0]}", which nobody can say', "Write it in words.")
    placeholders(text)
    return text


def check_cue(text: str, phase_seconds: float = 0.0) -> str:
    """Accept a line that fits into a movement; one that takes long has room for more letters."""
    room = min(int(phase_seconds * CUE_LETTERS_PER_SECOND), LONGEST_LONG_CUE_LETTERS)
    limit = max(LONGEST_CUE_LETTERS, room)
    if len(text) > limit:
        raise RuleError(
            f'is {len(text)} characters long, too long to be said during a movement: "{text}"',
            f"Use at most {limit}.",
        )
    return check_spoken(text)


def placeholders(line: str) -> frozenset[str]:
    """Return the names in braces that the coach fills in."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(line) if name is not None]
    except ValueError as error:
        raise RuleError(
            "has a brace without its partner", "Write a placeholder as {name}."
        ) from error
    for name in fields:
        if not name.isidentifier():
            raise RuleError(
                f'has the placeholder "{{{name}}}"', "Put one name without spaces into the braces."
            )
    return frozenset(fields)


def words(line: str) -> str:
    """Return a line as it sounds: small letters, no punctuation, single spaces."""
    return " ".join(re.findall(r"[^\W_]+", line.lower()))


def contains_phrase(line: str, phrase: str) -> bool:
    """Return whether whole words of ``line`` are ``phrase``."""
    return f" {phrase} " in f" {words(line)} "
