"""The little German grammar that spoken sentences need: numbers in words, plurals, lists."""

import re
from collections.abc import Sequence

from skill.content.exercise import Exercise

_UNITS = (
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn"),
    *("sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_TENS = (
    *("", "", "zwanzig", "dreißig", "vierzig", "fünfzig"),
    *("sechzig", "siebzig", "achtzig", "neunzig"),
)


def number_word(number: int) -> str:
    """Return a number as it is counted aloud: ``"eins"``, ``"einundzwanzig"``.

    Numbers from 100 on are returned in digits; the voice reads them well enough.
    """
    if not 0 <= number < 100:
        return str(number)
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    if unit == 0:
        return _TENS[tens]
    return f"{'ein' if unit == 1 else _UNITS[unit]}und{_TENS[tens]}"


def counted(number: int, singular: str, plural: str) -> str:
    """Return a feminine noun with its number: ``"eine Übung"``, ``"drei Übungen"``."""
    return f"{more_word(number)} {singular if number == 1 else plural}"


def repetitions(number: int) -> str:
    """Return ``"eine Wiederholung"``, ``"drei Wiederholungen"``."""
    return counted(number, "Wiederholung", "Wiederholungen")


def more_word(number: int) -> str:
    """Return how many more of something feminine: ``"eine"``, ``"drei"``."""
    return "eine" if number == 1 else number_word(number)


_ORDINALS = ("nullter", "erster", "zweiter", "dritter", "vierter", "fünfter", "sechster", "siebter")


def ordinal(number: int) -> str:
    """Return ``"zweiter"``: from 0 to 7, for days of a week."""
    return _ORDINALS[number]


def version_words(version: str) -> str:
    """Return a version as it is said: ``"null Punkt eins"`` for 0.1.0, ``"eins"`` for 1.0."""
    release = [int(part) for part in re.findall(r"\d+", version)[:3]]
    while len(release) > 1 and release[-1] == 0:
        release.pop()
    return " Punkt ".join(map(number_word, release))


def times(number: int) -> str:
    """Return ``"einmal"``, ``"dreimal"``."""
    return f"{'ein' if number == 1 else number_word(number)}mal"


def amount(number: int, exercise: Exercise) -> str:
    """Return so many of what an exercise counts: ``"eine Wiederholung"``, ``"drei Runden"``."""
    return counted(number, exercise.unit.one, exercise.unit.many)


def listed(things: Sequence[str], conjunction: str = "und") -> str:
    """Return ``"a, b und c"``."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {conjunction} {things[-1]}"


def sentence_case(text: str) -> str:
    """Return the text with a capital first letter and all else as it was."""
    return text[:1].upper() + text[1:]
