"""The phone inventory, and the way from espeak-ng's mnemonics into it."""

from __future__ import annotations

from collections.abc import Sequence

SILENCE = "SIL"
PHONES: tuple[str, ...] = (
    SILENCE,
    *("i:", "I", "y:", "y", "e:", "E:", "E", "Y:", "W", "A:", "a", "o:", "O", "u:", "U", "@", "3"),
    *("aI1", "aI2", "aU1", "aU2", "OY1", "OY2"),
    *("p", "b", "t", "d", "k", "g", "ts", "f", "v", "s", "z", "S", "C", "x", "h", "j"),
    *("m", "n", "N", "l", "r"),
)
"""Phones in the order of the network's outputs. Diphthongs are two phones in a row, so that their
movement counts."""

BACKGROUNDS = ("noise", "breath", "music", "talk")
"""What may sound where nobody speaks to the trainer; ``talk`` is babble, far voices, the coach."""
OUTPUTS: tuple[str, ...] = (*PHONES, *BACKGROUNDS)
"""All outputs of the network. To the decoder the backgrounds are silence, as silence itself."""
OUTPUT_INDEX = {name: index for index, name in enumerate(OUTPUTS)}
SILENT_OUTPUTS = (0, *range(len(PHONES), len(OUTPUTS)))

PHONE_INDEX = {phone: index for index, phone in enumerate(PHONES)}
VOWELS = frozenset(PHONES[1 : PHONES.index("OY2") + 1])

# espeak-ng mnemonics that are not already one of PHONES. The English ones occur in loan words.
_FROM_ESPEAK: dict[str, tuple[str, ...]] = {
    "aI": ("aI1", "aI2"),
    "aU": ("aU1", "aU2"),
    "OY": ("OY1", "OY2"),
    "OI": ("OY1", "OY2"),
    "aI@": ("aI1", "aI2", "@"),
    "aU@": ("aU1", "aU2", "@"),
    "A": ("A:",),
    "aa": ("A:",),
    "A@": ("A:",),
    "A~": ("a", "N"),
    "O~": ("O", "N"),
    "E~": ("E", "N"),
    "W~": ("W", "N"),
    "a#": ("a",),
    "V": ("a",),
    "0": ("O",),
    "O:": ("o:",),
    "O@": ("o:", "3"),
    "O2": ("O",),
    "o@": ("o:", "3"),
    "oU": ("o:",),
    "o": ("o:",),
    "E2": ("E",),
    "EI": ("e:",),
    "eI": ("e:",),
    "e": ("e:",),
    "e@": ("E", "3"),
    "i": ("i:",),
    "i@": ("i:", "3"),
    "i@3": ("i:", "3"),
    "I2": ("I",),
    "U@": ("U", "3"),
    "UR": ("U", "3"),
    "u": ("u:",),
    "3:": ("W", "3"),
    "@2": ("@",),
    "@5": ("@",),
    "@-": ("@",),
    "@L": ("@", "l"),
    "R": ("r",),
    ";": ("j",),
    "w": ("v",),
    "D": ("z",),
    "T": ("s",),
    "Z": ("S",),
    "tS": ("t", "S"),
    "dZ": ("t", "S"),
    "pF": ("p", "f"),
    "t2": ("t",),
    "t#": ("t",),
    "d#": ("t",),
    "l^": ("l",),
    "n^": ("n", "j"),
    "B": ("b",),
    "**": ("r",),
}
_SILENT = frozenset({"", ":", "!", "|", "?", "(en)", "(de)", "(fr)", "-", "_"})
"""Glottal stops ("!" and "|") are not modelled: speakers drop them freely."""


def from_espeak(mnemonics: Sequence[str]) -> list[tuple[str, ...]]:
    """Translate espeak-ng mnemonics, one tuple of phones for each (empty for a silent one).

    An "r" that no vowel follows becomes the vowel "3", as speakers of standard German have it.
    Raises ``KeyError`` for a mnemonic of another language that has no German neighbour.
    """
    plain = [mnemonic.strip("',%=") for mnemonic in mnemonics]
    translated = [_translate(mnemonic) for mnemonic in plain]
    for position, phones in enumerate(translated):
        if phones == ("r",) and _is_coda(translated, position):
            translated[position] = ("3",)
    return translated


def _translate(mnemonic: str) -> tuple[str, ...]:
    if mnemonic in _SILENT:
        return ()
    return (mnemonic,) if mnemonic in PHONE_INDEX else _FROM_ESPEAK[mnemonic]


def _is_coda(translated: Sequence[tuple[str, ...]], position: int) -> bool:
    """Tell whether the "r" at ``position`` follows a vowel and precedes none."""
    before = translated[position - 1][-1:] if position else ()
    after = next((phones[:1] for phones in translated[position + 1 :] if phones), ())
    return bool(before) and before[0] in VOWELS and not (after and after[0] in VOWELS)
