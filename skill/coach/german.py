"""The little German grammar that spoken sentences need: numbers in words, plurals, lists."""

from collections.abc import Sequence

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
    return f"eine {singular}" if number == 1 else f"{number_word(number)} {plural}"


def repetitions(number: int) -> str:
    """Return ``"eine Wiederholung"``, ``"drei Wiederholungen"``."""
    return counted(number, "Wiederholung", "Wiederholungen")


def listed(things: Sequence[str]) -> str:
    """Return ``"a, b und c"``."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} und {things[-1]}"


def sentence_case(text: str) -> str:
    """Return the text with a capital first letter and all else as it was."""
    return text[:1].upper() + text[1:]
