"""How the words of a speech model sound, from the files that its recipe wrote beside its graph."""

from collections.abc import Mapping
from pathlib import Path

from rueckgrat.adaptation.acoustic_model import foreign
from skill.written.text import NotTextError, read_text

PRONUNCIATIONS = Path("graph") / "pronunciations.txt"
"""A line for each way to say a word: the word, and the ids of its phones, by their place in it."""

_BOUNDARIES = Path("graph") / "phones" / "word_boundary.int"
_NO_PART_OF_WORDS = "nonword"

Sound = tuple[int, ...]
"""What one phone may be, in the network's outputs."""


class Pronunciations:
    """What each word of a model may sound like; ForeignModelError for a model that does not say."""

    def __init__(self, model_dir: Path, outputs_of: Mapping[int, Sound]) -> None:
        try:
            spelt = read_text(model_dir / PRONUNCIATIONS).splitlines()
            places = dict(map(str.split, read_text(model_dir / _BOUNDARIES).splitlines()))
            self._words: dict[str, list[list[Sound]]] = {}
            for line in spelt:
                word, *phones = line.split()
                sounds = [outputs_of[int(phone)] for phone in phones]
                self._words.setdefault(word, []).append(sounds)
        except (OSError, NotTextError, ValueError, KeyError) as error:
            raise foreign(model_dir.name) from error
        silent = (int(phone) for phone, place in places.items() if place == _NO_PART_OF_WORDS)
        self.silence: Sound = tuple(sorted({one for phone in silent for one in outputs_of[phone]}))
        if not self.silence:
            raise foreign(model_dir.name)

    def of(self, text: str) -> list[list[list[Sound]]] | None:
        """Return for each word the ways to say it, as sounds; None where a word is not known."""
        words = text.lower().split()
        known = all(word in self._words for word in words)
        return [self._words[word] for word in words] if known else None
