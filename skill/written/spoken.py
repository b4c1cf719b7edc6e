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
"""What a phase of 17 s and more may begin with: two short sentences."""

CUE_LETTERS_PER_SECOND = 7
"""With this, a cue takes about half of its phase, and there is quiet to do what it says."""

_PHRASE = re.compile(r"[a-zäöüß]+(?: [a-zäöüß]+)*")
_BREATH = re.compile(r"\b(?:aus|durch|ein|weiter)?at(?:m|em)|\bAus,", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…]) ")
_UNSPEAKABLE = re.compile(r"[^\w\s.,:;!?…'\"„“”‚‘’–{}()-]|_")


def check_phrase(text: str) -> str:
    """Accept words of small German letters with single spaces: all that a recogniser knows."""
    if not _PHRASE.fullmatch(text):
        raise RuleError(
            f"ist nichts, was ich hören kann: „{text}“",
            "Nimm nur kleine Buchstaben und einzelne Leerzeichen, und schreib Zahlen in Worten.",
        )
    return text


def check_spoken(text: str) -> str:
    """Accept a line that a voice can say in one go, as it stands."""
    if placeholders(check_template(text)):
        raise RuleError(
            "enthält einen Platzhalter in geschweiften Klammern", "Schreib die Wörter selbst hin."
        )
    return text


def check_template(text: str) -> str:
    """Accept a line that a voice can say in one go once its placeholders are filled in."""
    if not text.strip():
        raise RuleError("ist leer", "Schreib hin, was gesagt werden soll.")
    if text != " ".join(text.split()):
        raise RuleError(
            "enthält einen Zeilenumbruch oder zwei Leerzeichen hintereinander",
            "Schreib alles in eine Zeile.",
        )
    if len(text) > LONGEST_LINE_LETTERS:
        raise RuleError(
            f"ist {len(text)} Zeichen lang",
            f"Nimm höchstens {LONGEST_LINE_LETTERS}, oder mach zwei Sätze daraus.",
        )
    if " - " in text:
        raise RuleError(
            "enthält einen Strich, der allein steht",
            "Setz ein Komma, oder schreib die Einträge einer Liste untereinander.",
        )
    sign = _UNSPEAKABLE.search(text)
    if sign:
        raise RuleError(f"enthält „{sign[0]}“, und das kann niemand sagen", "Schreib es in Worten.")
    placeholders(text)
    return text


def check_cue(text: str, phase_seconds: float = 0.0) -> str:
    """Accept a line that fits into a movement; one that takes long has room for more letters."""
    room = min(int(phase_seconds * CUE_LETTERS_PER_SECOND), LONGEST_LONG_CUE_LETTERS)
    limit = max(LONGEST_CUE_LETTERS, room)
    if len(text) > limit:
        raise RuleError(
            f"ist {len(text)} Zeichen lang, zu lang für eine Bewegung: „{text}“",
            f"Nimm höchstens {limit}.",
        )
    return check_spoken(text)


def speaks_of_breath(line: str) -> bool:
    """Return whether a line tells somebody to breathe, or that the breath goes on."""
    return _BREATH.search(line) is not None


def placeholders(line: str) -> frozenset[str]:
    """Return the names in braces that the coach fills in."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(line) if name is not None]
    except ValueError as error:
        raise RuleError(
            "enthält eine geschweifte Klammer ohne ihr Gegenstück",
            "Schreib einen Platzhalter so: {name}.",
        ) from error
    for name in fields:
        if not name.isidentifier():
            raise RuleError(
                f"enthält den Platzhalter „{{{name}}}“",
                "Schreib einen Namen ohne Leerzeichen in die Klammern.",
            )
    return frozenset(fields)


def sentences(text: str) -> list[str]:
    """Return a line sentence by sentence, as it is said: an interruption repeats only the last."""
    return _SENTENCE_END.split(text)


def words(line: str) -> str:
    """Return a line as it sounds: small letters, no punctuation, single spaces."""
    return " ".join(re.findall(r"[^\W_]+", line.lower()))


def contains_phrase(line: str, phrase: str) -> bool:
    """Return whether whole words of ``line`` are ``phrase``."""
    return f" {phrase} " in f" {words(line)} "
