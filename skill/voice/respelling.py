"""Written words to words that the synthesiser pronounces right."""

import re
from collections.abc import Mapping


class Respeller:
    """Replaces whole words (or phrases) by how they must be read.

    An entry counts as written, upper and lower case included, because "Weg" and "weg" are two
    words; one that begins in lower case also counts with a capital, as at the start of a
    sentence. A hyphen ends a word: "Pilates" is found in "Pilates-Kurs", not in "Pilateskurs".
    Longer entries go first, and what was replaced is not looked at again.
    """

    def __init__(self, respellings: Mapping[str, str]) -> None:
        self._spoken = {
            _capital(written): _capital(spoken) for written, spoken in respellings.items()
        }
        self._spoken |= respellings
        longest_first = sorted(self._spoken, key=len, reverse=True)
        words = "|".join(re.escape(written) for written in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None

    def __call__(self, text: str) -> str:
        """Return ``text`` as the synthesiser must read it."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._spoken[match[0]], text)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
