"""Pronunciations: words and sentences as sequences of the model's phones."""

from __future__ import annotations

from functools import cache

from .espeak import espeak
from .phones import from_espeak
from .words import FIRST_NAMES, lines

Pronunciation = tuple[str, ...]

RESPELLINGS: dict[str, tuple[str, ...]] = {
    "roll": ("roll", "rohl"),
    "up": ("app",),
    "rollup": ("roll app", "rohl app"),
    "ups": ("apps",),
    "okay": ("okeh",),
    "ok": ("okeh",),
    "training": ("träning", "trehning"),
    "trainer": ("träner", "trehner"),
    "rückentraining": ("rückenträning",),
    "intervalltraining": ("intervallträning", "intervalltrehning"),
    "widerstandstraining": ("widerstandsträning", "widerstandstrehning"),
    "krafttraining": ("kraft träning", "kraft trehning"),
    "ausdauertraining": ("ausdauer träning", "ausdauer trehning"),
    "trainiere": ("trainiere", "trehniere"),
    "trainieren": ("trainieren", "trehnieren"),
    "stop": ("stopp",),
    "start": ("staat", "start"),
    "starten": ("staaten", "starten"),
    "tschüss": ("tschüss", "tschühs"),
    "pilates": ("pilahtes",),
    "fitness": ("fittness",),
    "team": ("tiem",),
    "joggen": ("dschoggen",),
    "job": ("dschopp",),
    "baby": ("behbi",),
    "beweglich": ("bewehglich",),
    "beweglichkeit": ("bewehglichkeit",),
    "werden": ("wehrden", "werden"),
    "vierfüßler": ("vierfühsler",),
    "moin": ("meun",),
    "qi": ("tschi",),
    "semispinalis": ("semispinahlis",),
    "tiefenmuskulatur": ("tiefen muskulatur",),
    "atme": ("ahtme",),
    "atmen": ("ahtmen",),
    "ausatmen": ("ausahtmen",),
    "einatmen": ("einahtmen",),
    "warnzeichen": ("warn zeichen",),
    "beinheben": ("bein heben",),
    "einmal": ("ein mahl",),
    "nochmal": ("noch mahl",),
    "wiederholen": ("wieder hohlen",),
    "wiederhole": ("wieder hohle",),
}
"""How a word sounds, spelt as German: espeak-ng reads the loan words and some compounds wrongly.

For first names see ``first_names.txt``.
"""


def _regional() -> dict[str, tuple[Pronunciation, ...]]:
    found: dict[str, tuple[Pronunciation, ...]] = {}
    for line in lines("dialects.txt"):
        word, *phones = line.split()
        found[word] = (*found.get(word, ()), tuple(phones))
    return found


REGIONAL = _regional()
"""How words are said in the regions (``dialects.txt``)."""

_ASSIMILATED = {"p": "m", "b": "m", "k": "N", "g": "N"}
"""The nasal of a swallowed "-en" moves to where the consonant before it is made: "siebm"."""


@cache
def pronunciations(word: str, *, careful: bool = False) -> tuple[Pronunciation, ...]:
    """Return the ways to say one word, the standard one first; empty if it is not German.

    ``careful`` adds the everyday and regional variants of command words: "-en" without its vowel,
    "-ig" as "-ik" or "-isch", "stopp" with s-t. For decoys they would only make the graph larger.
    """
    found: list[Pronunciation] = []
    for spelling in RESPELLINGS.get(word) or FIRST_NAMES.get(word) or (word,):
        try:
            phones = [p for w in espeak().phonemes(spelling) for p in word_phones(w)]
        except KeyError:
            continue
        found.append(tuple(phones))
    if careful:
        found += [variant for phones in found for variant in _everyday(word, phones)]
        found += REGIONAL.get(word, ())
    return tuple(dict.fromkeys(phones for phones in found if phones))


def word_phones(mnemonics: list[str]) -> Pronunciation:
    """Translate one word's espeak-ng mnemonics."""
    return tuple(phone for phones in from_espeak(mnemonics) for phone in phones)


def sentence(text: str, language: str = "de") -> list[tuple[Pronunciation, ...]]:
    """Return, for every word of a sentence, the ways to say it (numbers are read out).

    Another language comes out in the nearest German phones. Raises ``KeyError`` for a sound that
    has no German neighbour.
    """
    voice = espeak()
    voice.select(language)
    mnemonics_of_words = voice.phonemes(text)
    voice.select("de")
    spoken = []
    for mnemonics in mnemonics_of_words:
        phones = word_phones(mnemonics)
        if phones:
            spoken.append((phones, *_everyday("", phones)))
    return spoken


def _everyday(word: str, phones: Pronunciation) -> list[Pronunciation]:
    """Return what people make of a word in a hurry."""
    variants = []
    if len(phones) > 3 and phones[-2:] == ("@", "n") and phones[-3] not in ("m", "n", "N"):
        variants.append((*phones[:-2], _ASSIMILATED.get(phones[-3], "n")))
    if word.endswith("ig") and phones[-1] == "C":
        variants += [(*phones[:-1], "k"), (*phones[:-1], "S")]
    return variants
